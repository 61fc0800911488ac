"""An SVG of a stranger to one that only draws: by a list of what may stay, and nothing else does.

Elements, attributes and styles that are not known to do nothing but draw go; so does whatever
leads out of the file. What may stay follows the profile for SVG of DOMPurify, without links,
animation and fonts. https://github.com/cure53/DOMPurify/blob/main/src/tags.ts
"""

import re
from collections import Counter
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape, quoteattr

LARGEST = 10_000_000
"""Bytes of a drawing."""
_DEEPEST = 200
"""Elements within one another; programs that draw have gone down with fewer than a thousand."""

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_XHTML = "http://www.w3.org/1999/xhtml"
_PARTED = " "
"""What stands between a namespace and a name; no namespace holds it."""

_ELEMENTS = frozenset(
    "svg g a defs symbol use switch title desc style view circle ellipse line path polygon polyline "
    "rect text tspan textPath image marker mask pattern clipPath linearGradient radialGradient stop "
    "filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix "
    "feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB "
    "feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feTile feTurbulence".split()
)
_ATTRIBUTES = frozenset(
    "id class style lang role tabindex version baseProfile type media width height x y x1 x2 y1 y2 z "
    "cx cy r rx ry fx fy fr d dx dy points pathLength viewBox preserveAspectRatio transform "
    "transform-origin gradientTransform gradientUnits patternTransform patternUnits "
    "patternContentUnits clipPathUnits maskUnits maskContentUnits markerUnits markerWidth "
    "markerHeight refX refY orient spreadMethod offset stop-color stop-opacity textLength "
    "lengthAdjust startOffset method spacing side rotate systemLanguage requiredFeatures "
    "requiredExtensions zoomAndPan alignment-baseline baseline-shift clip clip-path clip-rule color "
    "color-interpolation color-interpolation-filters color-rendering cursor direction display "
    "dominant-baseline enable-background fill fill-opacity fill-rule filter flood-color "
    "flood-opacity font font-family font-size font-size-adjust font-stretch font-style font-variant "
    "font-weight glyph-orientation-horizontal glyph-orientation-vertical image-rendering kerning "
    "letter-spacing lighting-color marker marker-end marker-mid marker-start mask mask-type "
    "mix-blend-mode isolation opacity overflow paint-order pointer-events shape-rendering stroke "
    "stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-opacity stroke-width text-anchor text-decoration text-rendering unicode-bidi "
    "vector-effect visibility white-space word-spacing writing-mode filterUnits primitiveUnits "
    "filterRes in in2 result mode operator k1 k2 k3 k4 values tableValues slope intercept amplitude "
    "exponent order kernelMatrix kernelUnitLength divisor bias targetX targetY edgeMode "
    "preserveAlpha surfaceScale diffuseConstant specularConstant specularExponent stdDeviation "
    "xChannelSelector yChannelSelector scale azimuth elevation limitingConeAngle pointsAtX "
    "pointsAtY pointsAtZ radius baseFrequency numOctaves seed stitchTiles".split()
)
_RASTER = re.compile(
    r"\s*data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE
)
_INSIDE = re.compile(r"\s*#[^\s]*\s*")
_OWN_URL = re.compile(r"""url\(\s*(["']?)#([\w.:-]+)\1\s*\)""", re.IGNORECASE)
_ACTS = re.compile(
    r"\\|url\(|image-set\(|image\(|src\(|attr\(|expression\(|behavior\s*:|-moz-binding|script:",
    re.IGNORECASE,
)
"""What in a style may act or load, once references to the drawing itself are out of it."""
_FONT = re.compile(r"@font-face\s*\{[^{}]*\}|@charset[^;{}@]{0,40};", re.IGNORECASE)
"""What a sheet of styles loses without its drawing being another one."""
_REFERENCES = 200_000
"""Parts that a drawing may show in all, where parts of it show other parts of it again."""


class Drawing(NamedTuple):
    """A drawing that only draws, and whether what is gone from it did something else."""

    data: bytes
    lost: bool


class _RefusedError(Exception):
    """The drawing cannot be made one that only draws."""


def drawing(data: bytes) -> Drawing | None:
    """What of an SVG only draws; None where it is none, or is broken or too large.

    A file of which nothing must go keeps its bytes.
    """
    if len(data) > LARGEST:
        return None
    writer = _Writer()
    try:
        writer.read(data)
    except (ExpatError, _RefusedError, ValueError, LookupError):
        return None
    if not writer.is_changed:
        return Drawing(data, lost=False)
    return Drawing("".join(writer.parts).encode("utf-8", "replace"), lost=writer.is_lost)


class _Writer:
    """Writes anew what of a drawing may stay."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.is_changed = False
        self.is_lost = False
        self._open: list[str] = []
        self._ids: list[str] = [""]
        """The ids of the elements that stand open; empty where one has none."""
        self._shows: dict[str, Counter[str]] = {}
        """The ids that are referred to from within the element of an id, and how often."""
        self._gone = 0
        """How deep below an element that goes; 0 outside of one."""
        self._sheet: list[str] | None = None

    def read(self, data: bytes) -> None:
        parser = ParserCreate(namespace_separator=_PARTED)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.XmlDeclHandler = self._declaration
        parser.EntityDeclHandler = self._entity
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        parser.Parse(data, True)
        _refuse_multitudes(self._shows)

    # --- What stands around the drawing ----------------------------------------------------------

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.is_changed |= (encoding or "utf-8").lower() != "utf-8"

    def _entity(self, *_: object) -> None:
        raise _RefusedError

    def _doctype(self, _name: str, _system: str | None, _public: str | None, own: int) -> None:
        self.is_changed |= bool(own)

    def _instruction(self, *_: object) -> None:
        """A sheet of styles from elsewhere, most of all."""
        self.is_changed = self.is_lost = True

    # --- Elements --------------------------------------------------------------------------------

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(_PARTED)
        depth = len(self._open) + self._gone
        if depth >= _DEEPEST or (not depth and tag != f"{_SVG}{_PARTED}svg"):
            raise _RefusedError
        if self._gone or space != _SVG or name not in _ELEMENTS:
            self._gone += 1
            self.is_changed = True
            # What other programs keep for themselves in a drawing is not drawn.
            self.is_lost |= space in (_SVG, _XHTML, "") and name != "metadata"
            return
        self._close_sheet()
        self._ids.append(attributes.get("id", ""))
        its = "".join(self._kept(name, attributes))
        # A link is kept as a group: what it shows stays.
        self._open.append("g" if name == "a" else name)
        root = "" if depth else f' xmlns="{_SVG}" xmlns:xlink="{_XLINK}"'
        self.parts.append(f"<{self._open[-1]}{root}{its}>")
        self.is_changed |= name == "a"
        if name == "style":
            self._sheet = []

    def _end(self, _tag: str) -> None:
        if self._gone:
            self._gone -= 1
            return
        self._close_sheet()
        self._ids.pop()
        self.parts.append(f"</{self._open.pop()}>")

    def _text(self, text: str) -> None:
        if self._gone:
            return
        if self._sheet is not None:
            self._sheet.append(text)
        else:
            self.parts.append(escape(text))

    def _close_sheet(self) -> None:
        if self._sheet is None:
            return
        written, self._sheet = "".join(self._sheet), None
        kept = _FONT.sub("", _without_comments(written))
        if "@" in kept or _acts(kept):
            kept = ""
            self.is_lost = True
        self.is_changed |= kept != written
        self.parts.append(escape(kept))

    # --- Attributes ------------------------------------------------------------------------------

    def _kept(self, element: str, attributes: dict[str, str]) -> list[str]:
        kept = []
        for full, value in attributes.items():
            space, _, name = full.rpartition(_PARTED)
            if space not in ("", _XLINK, _XML):
                self.is_changed = True
            elif name == "href" and space in ("", _XLINK):
                if _leads_inside(element, value):
                    self._refer(value.strip()[1:])
                    kept.append(f" {'xlink:' * bool(space)}href={quoteattr(value)}")
                else:
                    self.is_changed = self.is_lost = True
            elif space == _XML and name in ("space", "lang"):
                kept.append(f" xml:{name}={quoteattr(value)}")
            elif space or not _is_drawn(name):
                self.is_changed = True
                self.is_lost |= name.lower().startswith("on")
            elif _acts(value):
                self.is_changed = self.is_lost = True
            else:
                for found in _OWN_URL.finditer(value):
                    self._refer(found[2])
                kept.append(f" {name}={quoteattr(value)}")
        return kept

    def _refer(self, name: str) -> None:
        for own in {*self._ids}:
            self._shows.setdefault(own, Counter())[name] += 1


def _refuse_multitudes(shows: dict[str, Counter[str]]) -> None:
    """Refuse parts that show parts that show parts: few lines of them are more than can be drawn."""
    counts: dict[str, int] = {}

    def count(name: str, above: tuple[str, ...]) -> int:
        if name in above or len(above) > _DEEPEST:
            raise _RefusedError
        if name not in counts:
            inner = shows.get(name, Counter())
            counts[name] = 1 + sum(
                times * count(one, (*above, name)) for one, times in inner.items()
            )
        return counts[name]

    if count("", ()) > _REFERENCES:
        raise _RefusedError


def _without_comments(sheet: str) -> str:
    first, *others = sheet.split("/*")
    return first + "".join(one.partition("*/")[2] for one in others)


def _is_drawn(name: str) -> bool:
    return name in _ATTRIBUTES or name.startswith("aria-")


def _leads_inside(element: str, value: str) -> bool:
    return bool(_INSIDE.fullmatch(value) or (element == "image" and _RASTER.fullmatch(value)))


def _acts(style: str) -> bool:
    """Whether a style or any value may load or run something."""
    return bool(_ACTS.search(_OWN_URL.sub("", style)))
