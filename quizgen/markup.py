"""Authors' Markdown and `$math$` to safe HTML, or to plain text for a terminal.

HTML in the source is shown, never obeyed; pictures belong to the field `image`, so `![...]` is
text. Plain strings and lines of prose, most of a bank, never reach the Markdown parser.
"""

import re
from functools import cache, lru_cache
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from quizgen.formula import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Math = Literal["anki", "svg"]

_MARK = re.compile(r"[\\`*_~$<>&\[\]!#|]")
_START_OF_BLOCK = re.compile(r"\s|(?:[-+>]|\d+[.)])\s")
_MORE_THAN_PROSE = re.compile(
    r"(?:^|\n)(?:[-+=]|\d+[.)])|\n\s|\s\n|[^\S\n]$|[\"\0\r]"  # a block, a break, other escapes
)


def is_plain(text: str) -> bool:
    """Whether Markdown would take the text for one paragraph that holds nothing but words.

    None of them needs an escape.
    """
    if _MARK.search(text) or (not text[:1].isalpha() and _START_OF_BLOCK.match(text)):
        return False
    return "\n" not in text or not _MORE_THAN_PROSE.search(text)


def to_html(text: str, *, math: Math, inline: bool = False) -> str:
    """Safe HTML of an author's text: paragraphs and blocks or, where `inline`, one line's content.

    `math` is how formulas are written: "anki" for Anki's own MathJax delimiters, "svg" for a
    picture with the LaTeX as its label. One paragraph alone stands without its `<p>`, and a text of
    one line is never a block: an option `> 5` or `#` means that sign.
    """
    if is_plain(text):
        return text.removesuffix("\n")
    parser = _parser(math)
    if inline or _is_line(text):
        return str(parser.renderInline(text.strip())).strip()
    html = str(parser.render(text)).strip()
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
        return html[3:-4]
    return html


def to_text(text: str) -> str:
    """Readable text without markup: code and lists kept, tables aligned, simple math in Unicode."""
    if is_plain(text):
        return text.removesuffix("\n").replace("\n", " ")
    return _blocks(_tokens(text)).strip("\n")


def formulas(text: str) -> tuple[str, ...]:
    """The LaTeX of every formula in the text, in reading order."""
    if "$" not in text:
        return ()
    found: list[str] = []
    for token in _tokens(text):
        found += [t.content for t in (token, *(token.children or ())) if t.type.startswith("math_")]
    return tuple(found)


def pictures(text: str) -> tuple[str, ...]:
    """The paths of what is written as a picture in the text, which is shown as a link, not obeyed."""
    if "![" not in text:
        return ()
    found: list[str] = []
    for block in _tokens(text):
        signs = block.children or ()
        for before, link in pairwise(signs):
            if link.type == "link_open" and before.content.endswith("!"):
                found.append(str(link.attrs["href"]))
    return tuple(found)


def can_typeset(latex: str) -> bool:
    """Whether a formula can be drawn; where not, paper shows its LaTeX as it was written."""
    return _svg(latex, display=False) is not None


def _is_line(text: str) -> bool:
    """Whether the text is one line, and no formula that stands by itself."""
    line = text.strip()
    return "\n" not in line and not line.startswith("$$")


def _tokens(text: str) -> "Sequence[Token]":
    """What Markdown sees in the text, as `to_html` writes it."""
    parser = _parser("anki")
    return parser.parseInline(text.strip()) if _is_line(text) else parser.parse(text)


# --- HTML ----------------------------------------------------------------------------------------


@cache
def _parser(math: Math) -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark", {"html": False, "breaks": False})
    parser.enable(["table", "strikethrough"]).disable(["image", "html_block", "html_inline"])
    dollarmath_plugin(parser, allow_labels=False, allow_digits=False, allow_space=False)

    def formula(_: object, tokens: "Sequence[Token]", index: int, *__: object) -> str:
        return _formula(tokens[index], math)

    for name in ("math_inline", "math_inline_double", "math_block"):
        parser.add_render_rule(name, formula)
    return parser


def _formula(token: "Token", math: Math) -> str:
    latex = token.content.strip()
    display = token.type != "math_inline"
    if math == "anki":
        opened, closed = (r"\[", r"\]") if display else (r"\(", r"\)")
        return opened + escape(latex, quote=False) + closed
    picture = _svg(latex, display=display)
    if picture is None:
        return f"<code>{escape(latex, quote=False)}</code>"
    kind = "formula display" if display else "formula"
    return f'<span class="{kind}" role="img" aria-label="{escape(latex)}">{picture}</span>'


@lru_cache(maxsize=4096)
def _svg(latex: str, *, display: bool) -> str | None:
    """A formula as SVG, sized in em, so that it grows with the type around it."""
    from ziamath.config import config
    from ziamath.zmath import Latex

    size = 24
    config.svg2 = False
    try:
        drawn = Latex(latex, size=size, inline=not display, color="currentColor")
        picture: str = drawn.svg()
    except Exception:  # noqa: BLE001  # ziamath raises whatever its parser stumbles over
        return None
    width, height = (
        float(value) / size
        for value in re.search(r'width="([\d.]+)" height="([\d.]+)"', picture).groups()  # type: ignore[union-attr]
    )
    place = (
        f'width="{width:.3f}em" height="{height:.3f}em" '
        f'style="vertical-align:{drawn.getyofst() / size:.3f}em" aria-hidden="true"'
    )
    return re.sub(r'width="[\d.]+" height="[\d.]+"', place, picture, count=1)


# --- Plain text ----------------------------------------------------------------------------------


def _blocks(tokens: "Sequence[Token]") -> str:
    """The text of a run of block tokens; blocks are parted by an empty line, list items by none."""
    out: list[str] = []
    lists: list[int | None] = []
    lead = ""
    rows: list[list[str]] = []
    in_table = False
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
                out.append("")
            case "list_item_open":
                lead = "  " * (len(lists) - 1) + _bullet(lists)
            case "table_open":
                rows, in_table = [], True
            case "tr_open":
                rows.append([])
            case "table_close":
                out += [*_aligned(rows), ""]
                in_table = False
            case "inline" if in_table:
                rows[-1].append(_inline(token.children or ()))
            case "inline":
                out.append(lead + _inline(token.children or ()))
                lead = ""
            case "paragraph_close" | "heading_close" if not lists:
                out.append("")
            case "fence" | "code_block":
                out += [*("    " + line for line in token.content.splitlines()), ""]
            case "math_block":
                out += ["    " + readable(token.content), ""]
            case _:
                pass
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out))


def _bullet(lists: list[int | None]) -> str:
    number = lists[-1]
    if number is None:
        return "- "
    lists[-1] = number + 1
    return f"{number}. "


def _inline(tokens: "Sequence[Token]") -> str:
    out: list[str] = []
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                out.append(token.content)
            case "softbreak":
                out.append(" ")
            case "hardbreak":
                out.append("\n")
            case "math_inline" | "math_inline_double":
                out.append(readable(token.content))
            case "link_close":
                pass
            case _:
                out.append(token.content)
    return "".join(out)


def _aligned(rows: list[list[str]]) -> list[str]:
    """A table with its columns aligned by their widest cell: words at the start, numbers at the end."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    widths = [max(map(len, column)) for column in columns]
    numeric = [all(re.search(r"\d", cell) for cell in column[1:]) for column in columns]
    lines = [
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        for row in rows
    ]
    return [lines[0], "  ".join("─" * width for width in widths), *lines[1:]]
