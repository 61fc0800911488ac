"""What a card shows: the fields in the two sides of its template, and how each is asked for."""

import re
from collections.abc import Collection

from quizgen.imports.anki.collection import Template
from quizgen.model import Frozen

_REFERENCE = re.compile(r"\{\{\s*(?![#^/!=])([^{}]{1,400}?)\s*\}\}")
_CONDITION = re.compile(r"\{\{\s*[#^]\s*([^{}]{1,400}?)\s*\}\}")
_SPECIAL = frozenset(("FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID"))


class Sides(Frozen, frozen=True, kw_only=True):
    """The fields of a card in their order: on its front, on its back alone; typed, hidden as hints."""

    front: tuple[str, ...]
    back: tuple[str, ...]
    typed: tuple[str, ...]
    hints: tuple[str, ...]
    cloze: tuple[str, ...]


def sides(template: Template, names: Collection[str]) -> Sides:
    """What a template shows of the fields of these names."""
    found: dict[str, list[str]] = {"front": [], "back": [], "type": [], "hint": [], "cloze": []}
    for side, html in (("front", template.front), ("back", template.back)):
        for reference in _REFERENCE.findall(html):
            *filters, name = (part.strip() for part in reference.split(":"))
            if name not in names or name in _SPECIAL:
                continue
            kinds = [kind for kind in ("cloze", "type", "hint") if kind in filters]
            found[kinds[0] if kinds else side].append(name)
    front = tuple(dict.fromkeys(found["front"]))
    typed = tuple(dict.fromkeys(found["type"]))
    hints = tuple(name for name in dict.fromkeys(found["hint"]) if name not in front)
    aside = (*front, *typed, *hints, *found["cloze"])
    return Sides(
        front=tuple(name for name in front if name not in typed),
        back=tuple(name for name in dict.fromkeys(found["back"]) if name not in aside),
        typed=typed,
        hints=hints,
        cloze=tuple(dict.fromkeys(found["cloze"])),
    )


def conditions(template: Template) -> frozenset[str]:
    """The names of fields that decide what a card shows, and whether there is one."""
    return frozenset(_CONDITION.findall(template.front + template.back))
