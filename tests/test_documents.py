"""Documents to paragraphs: text, Markdown and HTML, counted alike by all that count."""

import time
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.commands.documents import read_document
from quizgen.commands.project import Stop
from quizgen.documents import Kind, kind_of, paragraphs, parts
from tests.strategies import WORDS


def test_paragraphs_of_a_text_are_its_lines_with_text() -> None:
    text = "Lake Baikal lies in Siberia.\n\n  It is\t1,642 m deep \n\t\nand old."
    found = ("Lake Baikal lies in Siberia.", "It is 1,642 m deep", "and old.")
    assert paragraphs(text) == found
    assert paragraphs(text.replace("\n", "\r\n")) == found


MARKDOWN = """\
---
title: Lakes
---
# *Lake* Baikal

It lies in [Siberia](https://example.org),
and is **1,642 m** deep.

- Old: `25` million years.

  Its age is argued about.
- Cold

| Lake | Depth |
|---|---|
| Baikal | 1 |
| 642 | 5 &amp; 6 |

> Quoted ![a seal](seal.png)<br>twice

```
code
```

<div><p>One</p><p>Two</p></div>
"""

HTML = """\
<!doctype html><html><head><title>Not this</title><style>p {}</style></head>
<body><h1>Lake <em>Baikal</em></h1>
<p>It is
   1,642&nbsp;m deep, or 10<sup>6</sup> mm; CO<sub>2</sub>, the 18<sup>th</sup>.</p>
<ul><li>Old<ul><li>Cold</li></ul><li>Deep</ul>
<table><tr><th>Lake</th><td>1</td></tr><tr><td>642</tr></table>
Loose<br>text<br><br/>
and more <script>var x = "no"</script><!-- nor this --><img alt="a seal" src=x>
</body></html>
"""


def test_paragraphs_of_markdown_are_its_blocks_and_rows() -> None:
    assert paragraphs(MARKDOWN, "markdown") == (
        "Lake Baikal",
        "It lies in Siberia, and is 1,642 m deep.",
        "Old: 25 million years.",
        "Its age is argued about.",
        "Cold",
        "Lake | Depth",
        "Baikal | 1",
        "642 | 5 & 6",
        "Quoted a seal twice",
        "code",
        "One",
        "Two",
    )


def test_paragraphs_of_html_are_what_stands_between_blocks() -> None:
    assert paragraphs(HTML, "html") == (
        "Lake Baikal",
        "It is 1,642 m deep, or 10^6 mm; CO2, the 18th.",
        "Old",
        "Cold",
        "Deep",
        "Lake | 1",
        "642",
        "Loose text",
        "and more a seal",
    )


def test_a_page_whose_head_does_not_end_is_read() -> None:
    assert paragraphs("<head><title>No</title><p>Yes", "html") == ("Yes",)


@pytest.mark.parametrize(
    "page",
    [
        "<p>a</p><p hidden>no</p><p>b</p>",
        "<p>a<p hidden>no <b>at</b> all<p>b",
        "<p>a</p><div style='color: red; DISPLAY : none'><p>no<div>no</div>no</div><p>b</p>",
        "<p>a</p><div hidden><br><img alt=no><hr>no<p>no</p></div><p>b</p>",
        "<div><p>a</p><p hidden>no</div>b",
        "<p>a <span hidden>no <span>no</span> no</span></p>b",
        "<p>a</p><p><img hidden alt=no><input hidden>b</p>",
        "<ul><li>a<li hidden>no<ul><li>no<li>no</ul><p>no<li>b</ul>",
        "<dl><dt>a<dd style=visibility:hidden>no<dt>b</dl>",
        "<table><tr><td>a<td hidden>no<tr hidden><td>no<td>no<tr><td>b</table>",
        "<table><tr><td>a<tbody hidden><tr><td>no<tbody><tr><td>b</table>",
        "<p>a</p><template><div>no</div></template><noscript><p>no</p></noscript><p>b</p>",
        "<p>a</p><i hidden />b",
        "<p>a</p><p aria-hidden=true>b</p>",
        "<p>a</p><p style='display: inline'>b</p><div hidden>no<div><p>no</div>no",
    ],
)
def test_what_a_page_hides_is_no_paragraph(page: str) -> None:
    """Nor does it go on behind the end that was left out. What is hidden from voices alone is seen."""
    assert paragraphs(page, "html") == ("a", "b")


@pytest.mark.parametrize(
    "many",
    [
        "<!--", "<!--a>", "<!-- --", "<a ", "<a/", "<a = ", '<a b="', "</a", "<?", "<!x", "<![x", "<![CDATA[>",
        "a<br>", "a<b>", "<", "<div hidden>", "<p hidden>", "<svg>", "<ul>", "&a", "<td> ",
    ],
)  # fmt: skip
def test_no_page_takes_long(many: str) -> None:
    """Ten thousand times what never ends, and then ends that were never begun."""
    start = time.process_time()
    for end in ("", ">", "</math>" * 10_000):
        paragraphs(many * 10_000 + end, "html")
    assert time.process_time() - start < 1.2


def test_odd_declarations_and_numbers_are_read_over() -> None:
    """An office's marked sections, and a sign whose number no program can hold."""
    for odd in ("<![if !IE]>", "<![endif]>", "<![foo bar]>", "<![ x>", "<![CDATA[x > y]]>"):
        assert paragraphs(f"<p>a</p>{odd}<p>b</p>", "html") == ("a", "b")
    assert paragraphs(f"a&#{'9' * 5000};b", "html") == ("a\ufffdb",)


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1).map(" ".join)))
def test_the_same_paragraphs_are_counted_alike_in_every_kind(lines: list[str]) -> None:
    """Each plain line, as a paragraph of Markdown and of HTML."""
    texts = paragraphs("\n".join(lines))
    assert paragraphs("\n\n".join(lines), "markdown") == texts
    assert paragraphs("".join(f"<p>{escape(one)}</p>\n" for one in lines), "html") == texts


@given(st.text(), st.sampled_from(["text", "markdown", "html"]))
def test_any_text_has_paragraphs_in_one_line_each(document: str, kind: Kind) -> None:
    for one in paragraphs(document, kind):
        assert one
        assert one == " ".join(one.split())


def test_the_name_of_a_file_tells_its_kind() -> None:
    names = ["a.md", "a.MARKDOWN", "b.html", "b.HTM", "c.txt", "notes"]
    kinds = ["markdown", "markdown", "html", "html", "text", "text"]
    assert [kind_of(name) for name in names] == kinds


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("gone.txt", None, "no such file or directory. Give the path"),
        ("folder", b"", "is a directory"),
        ("latin.txt", "a\né".encode("latin-1"), "is not UTF-8 text: see line 2. Save it as UTF-8"),
        ("empty.txt", b"\n \n", "holds no text"),
        ("empty.html", b"<p> </p>", "holds no text"),
    ],
)
def test_a_document_that_cannot_be_read_is_said_in_a_sentence(
    tmp_path: Path, name: str, data: bytes | None, sentence: str
) -> None:
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    elif data is not None:
        path.write_bytes(data)
    with pytest.raises(Stop) as stop:
        read_document(path)
    assert sentence in str(stop.value)
    assert str(path) in str(stop.value)


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "bom.md"
    path.write_text("\ufeff# One\n", encoding="utf-8")
    assert read_document(path) == ("One",)


# --- What a paragraph is -------------------------------------------------------------------------


def test_the_roles_of_a_page() -> None:
    """Menus and footers are asides, whatever they hold; an unclosed list ends with its parent."""
    page = (
        "<nav><ul><li>Home</ul></nav><main><h1>Canals</h1><p>Text.</p><ul><li>a<li>b</ul>"
        "<ol><li><p>first</p></ol><figure><figcaption>A lock</figcaption></figure>"
        "<table><caption>Tolls</caption><tr><td>1<td>2</table><pre>x</pre>End<footer><p>2024</p></footer>"
    )
    assert [(part.role, part.text) for part in parts(page, "html")] == [
        ("aside", "Home"), ("heading", "Canals"), ("text", "Text."), ("item", "a"), ("item", "b"),
        ("step", "first"), ("caption", "A lock"), ("caption", "Tolls"), ("row", "1 | 2"),
        ("code", "x"), ("text", "End"), ("aside", "2024"),
    ]  # fmt: skip


def test_the_roles_of_markdown() -> None:
    """A list within a list says what its own entries are."""
    text = "# Canals\n\nText.\n\n1. dig\n   - deep\n2. fill\n\n|a|b|\n|-|-|\n|1|2|\n\n    code\n"
    assert [(part.role, part.text) for part in parts(text, "markdown")] == [
        ("heading", "Canals"), ("text", "Text."), ("step", "dig"), ("item", "deep"),
        ("step", "fill"), ("row", "a | b"), ("row", "1 | 2"), ("code", "code"),
    ]  # fmt: skip
