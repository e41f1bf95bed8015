from django.template import Context, Template

PICTURE = f"/pictures/{'a' * 32}/960.webp"


def render(value):
    return Template("{% load rich_text %}{{ body|rich }}").render(Context({"body": value}))


def test_stored_text_is_shown_as_it_is():
    html = f'<h2>甲</h2><p>1 &lt; 2 &amp; 3<br>乙</p><figure><img src="{PICTURE}" alt="乙"></figure>'

    assert render(html) == html


def test_what_came_in_past_the_forms_brings_no_script():
    html = '<p onclick="x">甲<script>alert(1)</script></p><img src="https://evil.example/x.png" alt="">'

    assert render(html) == '<p>甲</p><img alt="">'


def test_nothing_stored_shows_nothing():
    assert render(None) == render("") == ""
