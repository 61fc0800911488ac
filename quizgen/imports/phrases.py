"""What stands in a line of HTML to Markdown: words, bold type, code, links, formulas, line breaks."""

import re
from collections.abc import Callable, Iterator, Sequence

from quizgen.imports.html import BLOCKS, Element, Node, cleaned

FORMULA = "quizgen-formula"
"""The name of an element that holds LaTeX; `display` is its attribute where it has its own line."""

SIGNS = frozenset('"\\`*_~$<>&[]!#|-+=.)')
"""The signs that may mean something to Markdown; the last five where a line starts."""
_ANYWHERE = re.compile(r"[\"\\`*_~$<>&\[\]!#|]")
_LINE_START = re.compile(r"(?m)^([ \t]*)([-+=])|^([ \t]*\d{1,9})([.)])")
_SPACES = re.compile(r"[ \t\r\f\v\n]+")
_SUPER = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_SUB = str.maketrans("0123456789+-=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ")
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "dfn": "*",
          "s": "~~", "strike": "~~", "del": "~~"}  # fmt: skip
_ADDRESS = re.compile(r"(?i)https?://|mailto:")
_CODE = frozenset("code tt kbd samp".split())
_BREAK = "\\\n"


class Phrases:
    """Writes runs of words, with a backslash before each of these signs that might mean more."""

    def __init__(self, signs: frozenset[str], *, keep_lines: bool) -> None:
        self._signs = signs
        self.keeps_lines = keep_lines

    def paragraphs(self, nodes: Sequence[Node]) -> list[str]:
        """The paragraphs of a run of words: two line breaks in a row part them."""
        text = self._run(nodes)
        if self.keeps_lines:  # a line end behind a break is its own
            text = re.sub(r"\\\n[ \t]*\n", r"\\\n", text)
        return [self._trimmed(part) for part in re.split(r"(?:\\\n[ \t]*){2,}", text)]

    def line(self, nodes: Sequence[Node]) -> str:
        """A run of words in one line."""
        return " ".join(" ".join(self.paragraphs(nodes)).replace(_BREAK, " ").split())

    def cell(self, nodes: Sequence[Node]) -> str:
        """A run of words in the cell of a table."""
        return re.sub(r"(?<!\\)\|", r"\\|", self.line(nodes))

    def _trimmed(self, text: str) -> str:
        lines = text.removesuffix(_BREAK).split("\n")
        text = "\n".join(line.strip(" \t") for line in lines).strip("\n")
        while text.startswith(_BREAK):
            text = text.removeprefix(_BREAK)
        text = re.sub(r"(?:\\\n)+\Z", "", text)
        return _LINE_START.sub(self._escaped_start, text) if self._signs else text

    def _run(self, nodes: Sequence[Node]) -> str:
        return "".join(piece for node in nodes for piece in self._pieces(node))

    def _pieces(self, node: Node) -> Iterator[str]:
        if isinstance(node, str):
            yield self._words(node)
            return
        name, children = node.name, node.children
        if name in _MARKS:
            yield self._marked(_MARKS[name], children)
        elif name in _CODE:
            yield _code(_plain(children))
        elif name == "br":
            yield _BREAK
        elif name == "a":
            yield self._link(node)
        elif name in ("sub", "sup"):
            words = self._run(children)
            table = _SUB if name == "sub" else _SUPER
            yield words.translate(table) if all(ord(sign) in table for sign in words) else words
        elif name == FORMULA:
            yield self._formula(_plain(children), display="display" in node.attributes)
        else:
            edge = " " if name in BLOCKS else ""
            yield edge + self._run(children) + edge

    def _words(self, text: str) -> str:
        if not self.keeps_lines:
            text = _SPACES.sub(" ", text)
        return _ANYWHERE.sub(self._escaped, text) if self._signs else text

    def _escaped(self, found: re.Match[str]) -> str:
        return f"\\{found[0]}" if found[0] in self._signs else found[0]

    def _escaped_start(self, found: re.Match[str]) -> str:
        before, sign = found[1] or found[3] or "", found[2] or found[4]
        return f"{before}\\{sign}" if sign in self._signs else found[0]

    def _marked(self, mark: str, children: Sequence[Node]) -> str:
        """Words between two marks; spaces at their ends go outside, where Markdown wants them."""
        text = self._run(children)
        words = text.strip()
        if not words or _BREAK * 2 in words:
            return text
        before, _, after = text.partition(words)
        return f"{before}{mark}{words}{mark}{after}"

    def _formula(self, latex: str, *, display: bool) -> str:
        lines = [line.strip() for line in latex.strip().splitlines() if line.strip()]
        if not lines:
            return ""
        if display and self.keeps_lines and len(lines) > 1:
            return "\n".join(("$$", *lines, "$$"))
        text = " ".join(lines)
        return f"$${text}$$" if display else f"${text}$"

    def _link(self, node: Element) -> str:
        words = self._run(node.children)
        address = node.attributes.get("href", "").strip()
        is_near = self.keeps_lines and ":" not in address
        if not words.strip() or not (is_near or _ADDRESS.match(address)):
            return words
        if words == address and not re.search(r"[\s<>]", address):
            return f"<{address}>"
        if re.search(r"[\s<>()\\]", address):
            address = "<" + re.sub(r"[<>\s]", "", address) + ">"
        title = node.attributes.get("title", "").replace('"', "'")
        more = f' "{title}"' if title else ""
        return f"[{words}]({address}{more})"


def literal(text: str, shown: Callable[[str], str]) -> str:
    """The Markdown that shows this text and nothing else: the text itself where that does."""
    text = cleaned(text)
    return text if shown(text) == text else _ANYWHERE.sub(r"\\\g<0>", text)


def _plain(nodes: Sequence[Node]) -> str:
    return "".join(
        node if isinstance(node, str) else "\n" if node.name == "br" else _plain(node.children)
        for node in nodes
    )


def _code(text: str) -> str:
    """Code between as many ticks as it needs."""
    text = text.replace("\n", " ")
    if not text.strip():
        return text
    ticks = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    edge = " " if text.startswith("`") or text.endswith("`") else ""
    if text.startswith(" ") and text.endswith(" "):
        edge = " "
    return f"{ticks}{edge}{text}{edge}{ticks}"
