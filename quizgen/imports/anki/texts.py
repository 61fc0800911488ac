"""The HTML of a field to a tree of words and formulas, with its sounds and pictures taken out."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from quizgen.imports.html import EMBEDDED, Element, Node, tree, visible
from quizgen.imports.phrases import FORMULA

_OPENED = re.compile(
    r"<(?:code|pre)\b|\\\(|\\\[|\[\$\$\]|\[\$\]|\[latex\]|<anki-mathjax\b", re.IGNORECASE
)
_CLOSERS: Mapping[str, tuple[str, bool]] = {
    "\\(": ("\\)", False),
    "\\[": ("\\]", True),
    "[$]": ("[/$]", False),
    "[$$]": ("[/$$]", True),
    "[latex]": ("[/latex]", False),
}
"""How a formula ends that starts so, and whether it has a line of its own."""
_JOINER = "\u2060"
TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAKS = re.compile(r"<br\b[^<>]*>|</?div\b[^<>]*>", re.IGNORECASE)
_SOUND = re.compile(r"\[sound:([^\[\]\n]{1,300})\]")
_SPOKEN = re.compile(r"\[anki:[^\]]{0,300}\]|\[/anki:[a-z]{1,20}\]|\[anki:play:[^\]]{0,30}\]")


class Picture(NamedTuple):
    """A picture in a field: its file in the package, what it shows in words, its width."""

    file: str
    alt: str
    width: str


class Text(NamedTuple):
    """A field without its sounds and pictures, which are told apart."""

    body: Element
    pictures: tuple[Picture, ...]
    sounds: tuple[str, ...]
    lost: frozenset[str]


def words_of(html: str) -> Element:
    """The tree of a field whose formulas are elements of their own."""
    return tree("".join(_with_formulas(html)).replace(f"\\{_JOINER}", "\\"))


def text_of(html: str) -> Text:
    """The tree of a field, and what of it is no text."""
    lost = {"speech"} if _SPOKEN.search(html) else set()
    sounds = _SOUND.findall(html)
    html = _SPOKEN.sub("", _SOUND.sub("", html))
    pictures: list[Picture] = []
    body = _parted(words_of(html), pictures, sounds, lost)
    return Text(body, tuple(pictures), tuple(sounds), frozenset(lost))


def signs_in_formulas(body: Element) -> frozenset[str]:
    """The signs of all formulas of a field."""
    return frozenset("".join(_formulas(body)))


def _formulas(node: Element) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, Element):
            yield visible(child) if child.name == FORMULA else "".join(_formulas(child))


def _parted(node: Element, pictures: list[Picture], sounds: list[str], lost: set[str]) -> Element:
    children: list[Node] = []
    for child in node.children:
        if isinstance(child, str):
            children.append(child)
        elif child.name == "img":
            said = child.attributes
            if source := said.get("src", "").strip():
                pictures.append(Picture(source, said.get("alt", ""), _width(said)))
        elif child.name in ("audio", "video", "source"):
            if source := child.attributes.get("src", "").strip():
                sounds.append(source)
            _parted(child, pictures, sounds, lost)
        else:
            lost |= _shown_by(child)
            children.append(_parted(child, pictures, sounds, lost))
    return Element(node.name, node.attributes, children)


def _shown_by(node: Element) -> set[str]:
    """What an element means that our Markdown has no sign for."""
    style = node.attributes.get("style", "").lower()
    found = set()
    if node.name in ("u", "ins") or "underline" in style:
        found.add("underline")
    if node.name in ("font", "mark", "big", "small") or "color" in style or "font-size" in style:
        found.add("colour")
    if node.name in EMBEDDED and node.attributes.get("type", "").lower() != "hidden":
        found.add("embedded")
    if node.name == "ruby":
        found.add("ruby")
    return found


def _width(attributes: Mapping[str, str]) -> str:
    style = re.search(
        r"(?:^|;)\s*width:\s*(\d{1,4}(?:\.\d+)?)\s*(cm|mm|in|pt|px|em|rem|%)",
        attributes.get("style", ""),
    )
    if style:
        return f"{style[1]} {style[2]}" if float(style[1]) else ""
    pixels = re.fullmatch(r"([1-9]\d{0,3})(?:px)?", attributes.get("width", ""))
    return f"{pixels[1]} px" if pixels else ""


def _with_formulas(html: str) -> Iterator[str]:
    """The HTML with an element around each formula; code is left as it is."""
    at = start = 0
    gone: set[str] = set()  # ends that were looked for in vain
    while found := _OPENED.search(html, at):
        opener = found[0].lower()
        is_display = False
        inner = found.end()
        if opener in _CLOSERS:
            closer, is_display = _CLOSERS[opener]
        else:
            closer = f"</{opener[1:]}>"
            inner = html.find(">", inner) + 1 or len(html)
        end = -1 if closer in gone else html.find(closer, inner)
        if end < 0:
            gone.add(closer)
            at = found.end()
            continue
        at = end + len(closer)
        if opener in ("<code", "<pre"):
            continue
        yield html[start : found.start()]
        if opener == "<anki-mathjax":
            is_display = "block" in html[found.end() : inner]
        latex = TAGS.sub(" ", _BREAKS.sub("\n", html[inner:end]))
        yield f"<{FORMULA}{' display' if is_display else ''}>{latex}</{FORMULA}>"
        start = at
    yield html[start:]
