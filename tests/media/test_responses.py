"""Asked through the middleware that touches these headers, as a browser would."""

from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.urls import path

from branch_portal.media.documents import delete_document, read_document, store_document
from branch_portal.media.pictures import RENDITIONS, delete_picture, read_picture, store_picture
from branch_portal.media.responses import document_response, picture_response

from .samples import encoded, four_corners, office, pdf, upload

pytestmark = pytest.mark.urls(__name__)

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
]

PDF = "application/pdf"


def document(request, key):
    return document_response(key, request.GET["name"], request.GET["type"])


def open_picture(request, key, rendition):
    return picture_response(request, key, rendition, public=True)


def closed_picture(request, key, rendition):
    return picture_response(request, key, rendition, public=False)


urlpatterns = [
    path("documents/<str:key>/", document),
    path("open/<str:key>/<str:rendition>/", open_picture),
    path("closed/<str:key>/<str:rendition>/", closed_picture),
]


def handler404(request, exception):
    return HttpResponse("Not found", status=404)


@pytest.fixture(autouse=True)
def middleware(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name in MIDDLEWARE]
    assert settings.MIDDLEWARE == MIDDLEWARE


@pytest.fixture
def picture_key():
    return store_picture(read_picture(upload(encoded(four_corners())))).key


@pytest.fixture
def pdf_key():
    return store_document(read_document(upload(pdf(), "a.pdf")))


def get(client, address, data=None, **options):
    """The answer, read to its end and closed as a server does; ``body`` has its bytes."""
    response = client.get(address, data, **options)
    response.body = response.getvalue()  # the test client closes what is read to its end
    return response


def get_document(client, key, name="a.pdf", content_type=PDF):
    return get(client, f"/documents/{key}/", {"name": name, "type": content_type})


def test_a_document_is_only_to_be_saved(client, pdf_key):
    response = get_document(client, pdf_key)

    assert response.status_code == 200
    assert response.body == pdf()
    assert response["Content-Type"] == PDF
    assert response["Content-Length"] == str(len(pdf()))
    assert response["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"
    assert not response.has_header("ETag")


def test_a_pdf_that_holds_a_web_page_is_still_only_to_be_saved(client):
    both = pdf(inside=b"<html><script>alert(1)</script></html>\n")
    key = store_document(read_document(upload(both, "a.pdf")))

    response = get_document(client, key)

    assert response["Content-Type"] == PDF
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_chinese_name_is_sent_as_rfc_5987_says(client, pdf_key):
    response = get_document(client, pdf_key, name="会议纪要 2024.pdf")

    assert response["Content-Disposition"] == "attachment; filename*=utf-8''" + quote("会议纪要 2024.pdf")


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ('a"b.pdf', 'attachment; filename="a\\"b.pdf"'),
        ("../../a.pdf", 'attachment; filename="a.pdf"'),
        ("a\r\nSet-Cookie: b=c.pdf", 'attachment; filename="aSet-Cookie: b=c.pdf"'),
        ("\u202e", 'attachment; filename="document"'),
    ],
)
def test_a_name_cannot_break_the_header(client, pdf_key, name, disposition):
    assert get_document(client, pdf_key, name=name)["Content-Disposition"] == disposition


@pytest.mark.parametrize("content_type", ["text/html", "image/svg+xml", "", "application/xhtml+xml"])
def test_a_type_that_is_never_accepted_is_not_sent(client, pdf_key, content_type):
    assert (
        get_document(client, pdf_key, content_type=content_type)["Content-Type"] == "application/octet-stream"
    )


def test_an_office_file_has_its_type(client):
    document = read_document(upload(office("docx"), "a.docx"))
    response = get_document(client, store_document(document), "a.docx", document.content_type)

    assert (
        response["Content-Type"] == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )
    assert response.body == office("docx")


@pytest.mark.parametrize("key", ["a" * 32, "..", "x", "A" * 32])
def test_what_is_not_there_is_not_found(client, key):
    assert get_document(client, key).status_code == 404
    assert get(client, f"/open/{key}/480/").status_code == 404


def test_what_was_deleted_is_not_found(client, pdf_key, picture_key):
    delete_document(pdf_key)
    delete_picture(picture_key)

    assert get_document(client, pdf_key).status_code == 404
    for shown in ("open", "closed"):
        answer = get(
            client, f"/{shown}/{picture_key}/480/", headers={"If-None-Match": f'"{picture_key}-480"'}
        )
        assert answer.status_code == 404


@pytest.mark.parametrize("rendition", ["481", "480.webp", "content", "full.jpg"])
def test_a_rendition_that_does_not_exist_is_not_found(client, picture_key, rendition):
    assert get(client, f"/open/{picture_key}/{rendition}/").status_code == 404


@pytest.mark.parametrize("name", list(RENDITIONS))
def test_a_public_picture(client, picture_key, name):
    response = get(client, f"/open/{picture_key}/{name}/")

    assert response.status_code == 200
    assert response["Content-Type"] == ("image/jpeg" if name == "full" else "image/webp")
    assert response.body[:3] == (b"\xff\xd8\xff" if name == "full" else b"RIF")
    assert response["Content-Length"] == str(len(response.body))
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.has_header("Set-Cookie")


def test_a_private_picture_is_kept_by_no_cache_between(client, picture_key):
    assert get(client, f"/closed/{picture_key}/960/")["Cache-Control"] == "private, max-age=300"


@pytest.mark.parametrize(
    ("shown", "kept"), [("open", "public, max-age=3600"), ("closed", "private, max-age=300")]
)
def test_a_picture_that_the_browser_has_is_not_sent_again(client, picture_key, shown, kept):
    etag = get(client, f"/{shown}/{picture_key}/480/")["ETag"]

    again = get(client, f"/{shown}/{picture_key}/480/", headers={"If-None-Match": etag})
    other = get(client, f"/{shown}/{picture_key}/960/", headers={"If-None-Match": etag})

    assert (again.status_code, again.body) == (304, b"")
    assert again["ETag"] == etag
    assert again["Cache-Control"] == kept
    assert other.status_code == 200
