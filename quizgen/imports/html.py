"""HTML of any origin to a small tree: elements and texts, nothing that acts.

It never raises, is linear in the length of the HTML, and its trees are never deep. Scripts, styles
and comments are not in them; drawings, frames and form fields are, without what they hold.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple, TypeAlias

DEEPEST = 40
"""Elements within one another; what stands deeper is taken as a part of the deepest."""

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SILENT = frozenset(
    "script style title template iframe object textarea noembed noframes xmp svg math canvas "
    "select".split()
)
EMBEDDED = frozenset("iframe object textarea xmp svg math canvas select embed input applet".split())
"""Elements that show what no words of ours can say; of what is in them nothing is kept."""
_CLOSES = {
    "li": ("li", ("ul", "ol")),
    "tr": ("tr", ("table",)),
    "td": ("td th", ("tr", "table")),
    "th": ("td th", ("tr", "table")),
    "dt": ("dt dd", ("dl",)),
    "dd": ("dt dd", ("dl",)),
}
"""What an element of this name ends, if it stands open within none of the others."""
BLOCKS = frozenset(
    "address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
"""Elements that start a line of their own."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""([^\s=/>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']*)))?""")
_SPACES = re.compile(r"\s+")


class Element(NamedTuple):
    """An element with its attributes, their names in small letters."""

    name: str
    attributes: dict[str, str]
    children: "list[Node]"


Node: TypeAlias = Element | str


def cleaned(text: str) -> str:
    """The text without the signs that nobody sees and no question file can hold."""
    return text if text.isprintable() else _UNSEEN.sub("", text)


def tree(html: str) -> Element:
    """The HTML as the children of an element without a name."""
    root = Element("", {}, [])
    open_ones = [root]
    for token in _tokens(html):
        match token:
            case str():
                open_ones[-1].children.append(token)
            case Element(name=name) if name in _VOID or name in EMBEDDED:
                open_ones[-1].children.append(token)
            case Element(name=name):
                _close_before(name, open_ones)
                open_ones[-1].children.append(token)
                if len(open_ones) <= DEEPEST:
                    open_ones.append(token)
            case _End(name):
                for depth in range(len(open_ones) - 1, 0, -1):
                    if open_ones[depth].name == name:
                        del open_ones[depth:]
                        break
    return root


def visible(node: Node) -> str:
    """The words that a reader sees, with one space for any run of spaces and line ends."""
    return " ".join("".join(_visible(node)).split())


def _visible(node: Node) -> Iterator[str]:
    match node:
        case str():
            yield node
        case Element(name="br"):
            yield " "
        case Element(name=name, children=children):
            edge = " " if name in BLOCKS else ""
            yield edge
            for child in children:
                yield from _visible(child)
            yield edge


class _End(NamedTuple):
    name: str


def _close_before(name: str, open_ones: list[Element]) -> None:
    if name in BLOCKS and open_ones[-1].name == "p":
        open_ones.pop()
    if name not in _CLOSES:
        return
    ended, walls = _CLOSES[name]
    for depth in range(len(open_ones) - 1, 0, -1):
        if open_ones[depth].name in walls:
            return
        if open_ones[depth].name in ended.split():
            del open_ones[depth:]
            return


def _tokens(html: str) -> Iterator[Element | _End | str]:
    at = start = 0
    gone: set[str] = set()  # ends that were looked for in vain
    while (at := html.find("<", at)) >= 0:
        found = _TAG.match(html, at)
        if found is None and not html.startswith(("<!", "<?"), at):
            at += 1
            continue
        if start < at:
            yield cleaned(unescape(html[start:at]))
        if found is None:
            at = start = _after_comment(html, at, gone)
            continue
        end, attributes = _attributes(html, found.end())
        name = found[2].lower()
        at = start = end
        if found[1]:
            yield _End(name)
        elif name in _SILENT:
            at = start = _after_silent(html, end, name, gone)
            if name in EMBEDDED:
                yield Element(name, attributes, [])
        else:
            yield Element(name, attributes, [])
    if start < len(html):
        yield cleaned(unescape(html[start:]))


def _after_comment(html: str, at: int, gone: set[str]) -> int:
    """Where the text goes on behind a comment or declaration."""
    closing = "-->" if html.startswith("<!--", at) else ">"
    return _after(html, closing, at + 2, gone)


def _after_silent(html: str, at: int, name: str, gone: set[str]) -> int:
    """Where the text goes on behind an element of which nothing is shown."""
    closing = re.compile(f"</{re.escape(name)}", re.IGNORECASE)
    found = None if name in gone else closing.search(html, at)
    if found is None:
        gone.add(name)
        return at
    return _after(html, ">", found.end(), gone)


def _after(html: str, closing: str, at: int, gone: set[str]) -> int:
    end = -1 if closing in gone else html.find(closing, at)
    if end < 0:
        gone.add(closing)
        return len(html)
    return end + len(closing)


def _attributes(html: str, at: int) -> tuple[int, dict[str, str]]:
    """Where the tag ends, and its attributes; of two with one name the first counts."""
    attributes: dict[str, str] = {}
    while at < len(html) and html[at] != ">":
        found = None if html[at].isspace() else _ATTRIBUTE.match(html, at)
        if found is None:
            at += 1
            continue
        value = next((one for one in found.groups()[1:] if one is not None), "")
        attributes.setdefault(found[1].lower(), cleaned(unescape(value)))
        at = found.end()
    return min(at + 1, len(html)), attributes
