"""Who gets the file of a picture."""

import pytest

from branch_portal.media.pictures import open_rendition
from branch_portal.news.figures import picture_address, without_picture
from branch_portal.news.models import Report
from members.permissions import Role
from tests.factories import make_user
from tests.news.factories import lead_to, make_picture, make_report

pytestmark = pytest.mark.django_db
S = Report.State


def fetch(client, address: str, **headers):
    """The answer, read to its end, which closes the file."""
    response = client.get(address, **headers)
    response.getvalue()
    return response


def picture_in(state: str):
    writer = make_user(Role.COMMITTEE)
    report = make_report(by=writer)
    picture = make_picture(report)
    lead_to(report, state, by=writer)
    return picture


@pytest.mark.parametrize("rendition", ["480", "960", "1600", "full"])
def test_published_picture_is_for_everybody_and_for_caches(client, rendition):
    address = picture_address(picture_in(S.PUBLISHED).key, rendition)
    client.force_login(make_user(Role.MEMBER))
    response = fetch(client, address)
    assert response.status_code == 200
    assert response["Content-Type"] == ("image/jpeg" if rendition == "full" else "image/webp")
    assert response["Cache-Control"] == "public, max-age=3600"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
    assert fetch(client, address, headers={"if-none-match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize("state", [S.DRAFT, S.IN_REVIEW, S.WITHDRAWN])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 404),
        (Role.MEMBER, 404),
        (Role.ADMINISTRATOR, 404),
        (Role.COMMITTEE, 200),
        (Role.SECRETARY, 200),
    ],
)
def test_unpublished_picture_is_for_writers_only(client, state, role, status):
    address = picture_address(picture_in(state).key)
    if role:
        client.force_login(make_user(role))
    response = fetch(client, address)
    assert response.status_code == status
    if status == 200:
        assert "private" in response["Cache-Control"]


@pytest.mark.parametrize(
    "path", [f"{'0' * 32}/960.webp", f"{'0' * 32}/961.webp", "x/960.webp", "../settings.py"]
)
def test_guessed_addresses_find_nothing(client, path):
    client.force_login(make_user(Role.SECRETARY))
    assert client.get(f"/pictures/{path}").status_code == 404


def test_stored_files_are_those_of_the_row():
    picture = picture_in(S.DRAFT)
    with open_rendition(picture.key, "960") as file:
        assert file.read(4) == b"RIFF"


def test_taking_a_picture_out_takes_its_figure_only():
    one, two = "a" * 32, "b" * 32
    figure = '<figure><img src="/pictures/{}/960.webp" alt="a &gt; b">{}</figure>'
    first, second = figure.format(one, "<figcaption>一<br>二</figcaption>"), figure.format(two, "")
    text = f"<p>x</p>{first}<p>y</p>{second}{first}"
    assert without_picture(text, one) == f"<p>x</p><p>y</p>{second}"
    assert without_picture(text, two) == f"<p>x</p>{first}<p>y</p>{first}"
    assert without_picture(text, "c" * 32) == text
