"""Authors' Markdown and math become safe HTML or readable text."""

from html import escape, unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from quizgen.formula import readable
from quizgen.markup import Math, can_typeset, formulas, to_html, to_text

ALLOWED = {
    *("p", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "br", "hr", "a"),
    *("table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("span", "svg", "path", "g", "rect", "line", "polyline", "ellipse", "circle", "symbol", "use"),
}


class Tags(HTMLParser):
    """Every tag, its attributes, and whether all were closed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


@given(st.text(alphabet=st.sampled_from("ab $*`_~|<>&\"'#\n-1.[](){}!\\x:/"), max_size=60))
def test_no_text_makes_a_tag_of_its_own(text: str) -> None:
    """Whatever an author writes, only our own few tags appear, with no handler and no script."""
    tags = Tags()
    tags.feed(to_html(text, math="anki"))
    for tag, attributes in tags.seen:
        assert tag in ALLOWED
        assert not any(name.startswith("on") for name in attributes)
        assert not (attributes.get("href") or "").lower().startswith(("javascript:", "data:"))


@given(st.text())
def test_plain_text_is_total(text: str) -> None:
    """Any text has a terminal form, and one without markup is unchanged."""
    assert isinstance(to_text(text), str)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("2 < 3 & 4 > 1", "2 &lt; 3 &amp; 4 &gt; 1"),
        ("**bold** and *soft*", "<strong>bold</strong> and <em>soft</em>"),
        ("`a < b`", "<code>a &lt; b</code>"),
        ("$x^2$", r"\(x^2\)"),
        ("$$x < y$$", r"\[x &lt; y\]"),
        ("from $5 to $10", "from $5 to $10"),
        ("US$43 billion and US$10", "US$43 billion and US$10"),
        ("<b>no</b>", "&lt;b&gt;no&lt;/b&gt;"),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_html(source: str, html: str) -> None:
    """The constructs of the language, for a card."""
    assert to_html(source, math="anki") == html


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**bold** and *soft*", "bold and soft"),
        (r"$\frac{1}{2}$ of $x^2$ in H$_2$O", "1/2 of x² in H₂O"),
        ("- one\n- two", "- one\n- two"),
        ("3. three\n4. four", "3. three\n4. four"),
        ("```\na  b\n```", "    a  b"),
        ("| lake | depth |\n|---|---|\n| Baikal | 1,642 |\n| Superior | 406 |",
         "lake      depth\n────────  ─────\nBaikal    1,642\nSuperior    406"),
    ],
)  # fmt: skip
def test_text(source: str, text: str) -> None:
    """The constructs of the language, for a terminal."""
    assert to_text(source) == text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\frac{a+b}{c}", "(a+b)/c"),
        (r"\frac{1}{2a}", "1/(2a)"),
        (r"\frac{1}{2}x + 2\frac{1}{2}", "(1/2)x + 2 1/2"),
        (r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}", "(-b ± √(b²-4ac))/(2a)"),
        (r"\sqrt{2} \approx 1.4", "√2 ≈ 1.4"),
        (r"\sqrt[3]{8}", "³√8"),
        (r"\sum_{i=1}^{n} x_{ij}^{2k}", "∑ᵢ₌₁ⁿ x_ij^(2k)"),
        (r"e^{i\pi} + x^{\frac{1}{2}}", "e^(iπ) + x^(1/2)"),
        (r"\lim_{x \to 0} \sin x", "lim_(x → 0) sin x"),
        (r"\frac{dx}{dt}", "dx/dt"),
        (r"\cfrac{1}{2} \binom{n}{k} + 90^\circ", "1/2 C(n, k) + 90°"),
        (r"\frac{1}{", r"\frac{1}{"),
    ],
)
def test_a_formula_on_one_line_means_the_same(latex: str, text: str) -> None:
    """Brackets stand for what LaTeX sets apart by its place."""
    assert readable(latex) == text


@pytest.mark.parametrize(
    "sign", ["#", "*", ">0", "> 5", "# x", "***", "1) two", "- a", "+ 3", "<!--"]
)
def test_one_line_is_never_a_block(sign: str) -> None:
    """An option that is a sign of Markdown's blocks is that sign, on cards, paper and terminal."""
    assert to_html(sign, math="anki") == escape(sign)
    assert to_html(f"{sign}\n", math="svg") == escape(sign)
    assert to_text(sign) == sign


def test_a_formula_on_paper_keeps_its_latex_as_label() -> None:
    """A picture of a formula is drawn in the colour and size of its text and says what it shows."""
    html = to_html(r"$\frac{a}{b}$", math="svg")
    assert 'role="img" aria-label="\\frac{a}{b}"' in html
    assert "currentColor" in html
    assert "em" in html


@pytest.mark.parametrize("math", ["anki", "svg"])
def test_a_formula_that_cannot_be_drawn_is_shown_as_written(math: Math) -> None:
    """Nothing disappears: what cannot be typeset stands there as code."""
    assert not can_typeset(r"\frac{1}{")
    assert r"\frac{1}{" in to_html(r"$\frac{1}{$", math=math)


def test_formulas_are_found_in_order() -> None:
    """Each formula of a text, inline and displayed; code is none."""
    assert formulas("$a$ then `$b$`\n\n$$c$$") == ("a", "c")


@given(
    st.lists(
        st.text(alphabet=st.sampled_from("aé ,:'a1.)-+=\"\t\r\f\u3000"), max_size=8),
        min_size=2,
        max_size=4,
    ).map("\n".join)
)
def test_lines_of_prose_are_what_markdown_makes_of_them(text: str) -> None:
    """Lines that never reach the parser stand there as if they had."""
    parser, line = MarkdownIt("commonmark"), text.strip()
    if "\n" not in line:
        assert to_html(text, math="anki") == str(parser.renderInline(line)).strip()
        return
    html = str(parser.render(text)).strip()
    is_prose = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
    assert to_html(text, math="anki") == (html[3:-4] if is_prose else html)
    if is_prose and "<br" not in html:
        assert to_text(text) == unescape(html[3:-4]).replace("\n", " ")
