import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.test.utils import isolate_apps

from branch_portal.richtext.fields import MAX_LENGTH, RichTextField, RichTextFormField
from branch_portal.richtext.widgets import RichTextWidget

KEY = "0123456789abcdef0123456789abcdef"
FIGURE = f'<figure><img src="/pictures/{KEY}/960.webp" alt=""></figure>'


class MinutesForm(forms.Form):
    body = RichTextFormField()
    remark = RichTextFormField(tools="short", required=False)


def test_a_form_hands_on_sanitised_text():
    form = MinutesForm({"body": "<p onclick=x>甲<script>1</script></p>", "remark": "一\n\n二"})

    assert form.is_valid()
    assert form.cleaned_data == {"body": "<p>甲</p>", "remark": "<p>一</p><p>二</p>"}


@pytest.mark.parametrize("empty", ["", "<p></p>", " \n", "<p><br></p>"])
def test_empty_markup_does_not_fill_in_a_required_field(empty):
    form = MinutesForm({"body": empty})

    assert form.errors["body"].as_data()[0].code == "required"


def test_a_form_says_which_pictures_may_stay():
    form = MinutesForm({"body": FIGURE})
    form.fields["body"].pictures = [KEY]

    assert form.is_valid()
    assert form.cleaned_data["body"] == FIGURE


@pytest.mark.parametrize("length", [MAX_LENGTH, MAX_LENGTH + 1])
def test_the_length_limit_counts_the_markup(length):
    field = RichTextFormField()
    text = "<p>" + "字" * (length - 7) + "</p>"

    if length <= MAX_LENGTH:
        assert field.clean(text) == text
    else:
        with pytest.raises(ValidationError) as refusal:
            field.clean(text)
        assert refusal.value.code == "too_long"


def test_text_that_grows_past_the_limit_by_escaping_is_refused():
    with pytest.raises(ValidationError) as refusal:
        RichTextFormField().clean("&" * (MAX_LENGTH - 1))

    assert refusal.value.code == "too_long"


def test_the_same_text_written_otherwise_is_no_change():
    form = MinutesForm({"body": "<p>甲</p>\r\n<p></p>"}, initial={"body": "<div>甲</div><p></p>"})

    assert form.changed_data == []


def test_a_hidden_initial_value_is_the_same_markup_and_no_change():
    class Form(forms.Form):
        body = RichTextFormField(show_hidden_initial=True, initial='<p>"甲"</p>')

    hidden = '<input type="hidden" name="initial-body" value="&lt;p&gt;&quot;甲&quot;&lt;/p&gt;"'
    assert hidden in str(Form()["body"])
    assert Form({"body": '<p>"甲"</p>', "initial-body": '<p>"甲"</p>'}).changed_data == []
    assert Form({"body": "<p>乙</p>", "initial-body": '<p>"甲"</p>'}).changed_data == ["body"]


def test_the_widget_is_a_plain_textarea_that_names_its_tools():
    html = str(MinutesForm(initial={"remark": "<p>甲</p></textarea>"})["remark"])

    assert html.startswith("<textarea ")
    assert 'data-rich-text="short"' in html
    assert "&lt;p&gt;甲&lt;/p&gt;&lt;/textarea&gt;" in html
    assert " required" not in str(MinutesForm()["body"])
    assert str(MinutesForm().media) == ""


@pytest.fixture
def note():
    with isolate_apps("branch_portal.richtext"):

        class Note(models.Model):
            body = RichTextField("text", help_text="hint")
            remark = RichTextField(tools="short", blank=False)

            class Meta:
                app_label = "richtext"

        yield Note


def test_a_model_field_brings_its_form_field_and_tools(note):
    form = forms.modelform_factory(note, fields=["body", "remark"])({"body": "甲", "remark": "<p> </p>"})

    assert isinstance(form.fields["body"], RichTextFormField)
    assert [form.fields[name].widget.tools for name in form.fields] == ["full", "short"]
    assert [form.fields[name].required for name in form.fields] == [False, True]
    assert form.errors.keys() == {"remark"}
    assert form.cleaned_data["body"] == "<p>甲</p>"


def test_a_form_may_choose_the_tools_by_its_widget(note):
    widgets = {"body": RichTextWidget(tools="short")}

    form = forms.modelform_factory(note, fields=["body"], widgets=widgets)()

    assert form.fields["body"].widget.tools == "short"


@pytest.mark.parametrize("name", ["body", "remark"])
def test_migrations_see_the_field_as_it_is(note, name):
    field = note._meta.get_field(name)

    assert field.clone().deconstruct()[1:] == field.deconstruct()[1:]
    assert field.clone().blank == field.blank
