import assert from "node:assert/strict";
import { test } from "node:test";
import { isLinkAddress, linkAddress, pictureAddress } from "../../static/js/richtext/addresses.js";
import { paragraphsOf } from "../../static/js/richtext/plain-text.js";
import { LANGUAGES, texts } from "../../static/js/richtext/texts.js";

const PICTURE = "/pictures/0123456789abcdef0123456789abcdef/960.webp";
const PAGE = "https://portal.example/news/1/edit/";

test("an address is made whole as far as it is one", () => {
  const typed = {
    "https://www.example.cn/a?b=1": "https://www.example.cn/a?b=1",
    " www.example.cn/a ": "https://www.example.cn/a",
    "example.org:8000": "https://example.org:8000",
    "li@example.org": "mailto:li@example.org",
    "tel:+861012345678": "tel:+861012345678",
    "javascript:alert(1)": null,
    "data:text/html,x": null,
    "//example.org": null,
    "/news/": null,
    https: null,
    不是网址: null,
    "": null,
  };
  for (const [text, address] of Object.entries(typed))
    assert.equal(linkAddress(text), address, text);
});

test("only web, mail and telephone addresses are links", () => {
  for (const address of ["http://a", "HTTPS://a", "mailto:a@b.cn", "tel:1"])
    assert.ok(isLinkAddress(address));
  for (const address of ["", "ftp://a", " javascript:x", "https://", "/a"])
    assert.ok(!isLinkAddress(address));
});

test("a picture is the portal's own or none", () => {
  assert.equal(pictureAddress(PICTURE, PAGE), PICTURE);
  assert.equal(pictureAddress(`https://portal.example${PICTURE}`, PAGE), PICTURE);
  for (const src of [
    `https://evil.example${PICTURE}`,
    `//portal.example${PICTURE}`,
    `${PICTURE}?x`,
    "data:image/webp;base64,AA",
    "",
  ]) {
    assert.equal(pictureAddress(src, PAGE), null, src);
  }
});

test("text typed without script becomes paragraphs, markup stays", () => {
  assert.equal(paragraphsOf("一\n二 & <3\n \n三\n"), "<p>一<br>二 &amp; &lt;3</p><p>三</p>");
  assert.equal(paragraphsOf("若a<b则c"), "<p>若a&lt;b则c</p>");
  assert.equal(paragraphsOf("<p>一</p>"), "<p>一</p>");
  assert.equal(paragraphsOf(""), "");
});

test("the editor speaks the page's language, both completely", () => {
  assert.deepEqual(Object.keys(LANGUAGES.zh), Object.keys(LANGUAGES.en));
  assert.equal(texts("zh-Hans").bold, "加粗");
  assert.equal(texts("en-gb").bold, "Bold");
});
