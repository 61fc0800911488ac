"""Notes of our own two types to the items that they were made of.

What a field says is believed where writing it again gives the same field; `rich`, which writes an
author's text for Anki, and the words of the language are handed in, since outputs are neighbours.
What a deck never holds (the terms of a source, the kind of a cloze's gaps, why an item is retired)
cannot be found here; the command compares the deck that the items make with the one that was read.
"""

import json
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import unescape
from typing import Any

from quizgen.core.order import (
    free_options,
    free_sides,
    option_order,
    right_order,
    right_sides,
)
from quizgen.imports.anki.collection import Note
from quizgen.imports.anki.naming import Naming
from quizgen.imports.anki.ourfields import OurFields, UnreadNote, needed
from quizgen.imports.anki.ourparts import (
    ROOT,
    all_pinned,
    data_number,
    data_text,
    first_of,
    gap_latex,
    own_tags,
    pinned,
    tolerance_of,
)
from quizgen.imports.anki.templates import Sides
from quizgen.model import (
    KINDS,
    LEVELS,
    Band,
    Card,
    Choice,
    Cloze,
    Criterion,
    Entry,
    Gap,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Pair,
    TrueFalse,
)

TYPES = frozenset((0x717A_6765_6E10, 0x717A_6765_6E80))
"""The ids of our note types, which are final."""

SHOWN = Sides(
    front=("Question", "Image", "Audio"),
    back=("Answer", "Explanation"),
    typed=(),
    hints=("Hint",),
    cloze=("Question",),
)
"""What stands in a note of ours that was changed so that it cannot be read as such."""

NEAR = Fraction(1, 2)
"""The share that a near number earns, as far as a deck tells: it says how near, not how much."""

_SEED = 0
_TEXT = r'<span class="text">(.*?)</span>'
_OPTION = re.compile(rf'<li class="option( free)?">.*?{_TEXT}</li>', re.DOTALL)
_PICKED = re.compile(rf'<li class="option (right|rest)">.*?{_TEXT}</li>', re.DOTALL)
_LEFT = re.compile(rf'<div class="row left">.*?{_TEXT}</div>', re.DOTALL)
_RIGHT = re.compile(rf'<div class="row( free)?">.*?{_TEXT}</div>', re.DOTALL)
_PAIR = re.compile(rf'<div class="pair" data-right="(\d+)">.*?<b>(.*?)</b>{_TEXT}</div>', re.DOTALL)
_THING = re.compile(rf'<li class="row free">.*?{_TEXT}</li>', re.DOTALL)
_PLACED = re.compile(rf'<li class="row" data-thing="(\d+)">.*?{_TEXT}</li>', re.DOTALL)
_MODEL = re.compile(r'<div class="model">(.*?)</div>(?=<p class="how">|\Z)', re.DOTALL)
_LINE = re.compile(
    rf'<li class="row" data-points="[^"]*">.*?{_TEXT}<small>(.*?)</small>', re.DOTALL
)
_REASON = re.compile(r"<p><b>(.*?)</b> (.*?)</p>", re.DOTALL)
_ALSO = re.compile(r'<p class="also">(.*?)</p>', re.DOTALL)
_HINT = re.compile(r"<details[^>]*><summary[^>]*>.*?</summary>(.*)</details>", re.DOTALL)
_DELETION = re.compile(r"\{\{c(\d+)::(.*?)\}\}", re.DOTALL)
_FORMULA = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
_UNLIKELY = range(0xF0000, 0xFFFFD)


def bank_and_item(note: Note) -> tuple[str, str]:
    """The names of bank and item that a note of ours says; raises UnreadNote where it says none."""
    bank, slash, item = unescape(note.field("Item")).partition("/")
    if not (slash and bank and item):
        raise UnreadNote
    return bank, item


class OurNotes:
    """Notes of one bank to items; `fields` reads what all types have in common."""

    def __init__(self, fields: OurFields) -> None:
        self._fields = fields
        self._naming = Naming()

    def item(self, note: Note) -> Item:
        """The item of a note; raises UnreadNote where its fields are not as we write them."""
        bank, own = bank_and_item(note)
        said = {name: note.field(name) for name in note.type.fields}
        if note.type.is_cloze:  # whose fields hold no doubled brace but those of its gaps
            said = {name: html.replace("{&#123;", "{{") if name != "Question" else html
                    for name, html in said.items()}  # fmt: skip
        try:
            return self._item(bank, said, {"id": own, **self._common(note, bank, said)})
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise UnreadNote from error

    # --- What all have in common -----------------------------------------------------------------

    def _common(self, note: Note, bank: str, said: Mapping[str, str]) -> dict[str, Any]:
        fields, text = self._fields, self._fields.text
        tags = list(own_tags(note, bank))
        own = {kind: [name for of, name in tags if of == kind] for kind, _ in tags}
        hint = _HINT.fullmatch(said["Hint"])
        called = bank_and_item(note)[1]
        is_claim = "claim" in own
        level = said["Level"]
        return {
            "topic": text(said["Topic"], inline=True),
            "goal": next(iter(own.get("goal", ())), ""),
            "tags": tuple(own.get("tag", ())),
            "level": level if level in LEVELS else "recall",
            "points": fields.number(said["Points"]) or Fraction(1),
            "explain": text(said["Explanation"]),
            "hint": text(hint[1]) if hint else "",
            "image": fields.with_picture(said["Image"], called)[1],
            "audio": fields.sound(said["Audio"], called),
            "source": fields.source(said["Source"], is_claim=is_claim),
            "corrected": fields.correction(said["Correction"]),
            "claim": is_claim,
            "passage": fields.passage(said["Passage"]) if said["Passage"] else "",
            "retired": "It is retired." if f"{ROOT}::retired" in note.tags else "",
        }

    # --- The types -------------------------------------------------------------------------------

    def _item(self, bank: str, said: Mapping[str, str], common: dict[str, Any]) -> Item:
        stem = self._fields.text(said["Question"]) if said["Kind"] != "cloze" else ""
        match said["Kind"]:
            case "choice" | "choices":
                return self._choice(bank, said, {"stem": stem, **common})
            case "true_false":
                rights = [found[1] == "right" for found in _PICKED.finditer(said["Answer"])]
                return TrueFalse(statement=stem, answer=rights[0], **common)
            case "entry":
                return self._entry(said, {"stem": stem, **common})
            case "number":
                return self._number(said, {"stem": stem, **common})
            case "cloze":
                return self._cloze(said, common)
            case "match":
                return self._match(bank, said, {"stem": stem, **common})
            case "order":
                return self._order(bank, said, {"stem": stem, **common})
            case "open":
                return self._open(said, {"stem": stem, **common})
            case "card":
                back = self._fields.text(said["Answer"])
                return Card(front=stem, back=back, reverse=bool(said["Reverse"]), **common)
            case _:
                raise UnreadNote

    def _choice(self, bank: str, said: Mapping[str, str], more: dict[str, Any]) -> Item:
        found = list(_OPTION.finditer(said["Options"]))
        free = [one[1] is not None for one in found]
        rights = [one[1] == "right" for one in _PICKED.finditer(said["Answer"])]
        options = self._options([one[2] for one in found], free, more["id"])
        options = self._with_reasons(options, said["Reasons"])
        more["multiple"] = said["Kind"] == "choices"

        def item(options: tuple[Option, ...], **other: Any) -> Choice:
            """The choice as it is read again: what is right stands before what is not."""
            right = [one for one, is_key in zip(options, rights, strict=True) if is_key]
            wrong = [one for one, is_key in zip(options, rights, strict=True) if not is_key]
            keys = tuple(one.id for one in right)
            its = options if other else (*right, *wrong)
            return Choice(options=its, keys=keys, **more, **other)

        def fits(options: tuple[Option, ...]) -> bool:
            its = item(options)
            order = option_order(its, bank=bank, seed=_SEED)
            is_free = {option.id for option in free_options(its)}
            return order == tuple(option.id for option in options) and free == [
                option.id in is_free for option in options
            ]

        if not any(free) and not fits(options):
            plain = tuple(pinned(option, "") for option in options)
            return item(plain, arrangement="fixed")
        return item(self._naming.named(options, fits))

    def _options(
        self, htmls: Sequence[str], free: Sequence[bool], called: str
    ) -> tuple[Option, ...]:
        """Options in their order; those that are kept in place beside free ones are pinned."""
        first = free.index(True) if any(free) else len(free)
        return tuple(
            self._fields.option(
                html,
                called,
                pin="" if is_free or not any(free) else "first" if n < first else "last",
            )
            for n, (html, is_free) in enumerate(zip(htmls, free, strict=True))
        )

    def _with_reasons(self, options: tuple[Option, ...], html: str) -> tuple[Option, ...]:
        """The options with what is said of them, which stands in their order."""
        reasons = [found.groups() for found in _REASON.finditer(html)]
        said = []
        for option in options:
            why = ""
            if reasons and self._fields.shows(option.text, reasons[0][0]):
                why = self._fields.text(reasons.pop(0)[1], inline=True)
            said.append(
                Option(id=option.id, text=option.text, why=why, pin=option.pin, image=option.image)
            )
        if reasons:
            raise UnreadNote
        return tuple(said)

    def _entry(self, said: Mapping[str, str], more: dict[str, Any]) -> Item:
        data, text = json.loads(said["Data"]), self._fields.text
        kind, accept = data["kind"], tuple(map(data_text, data["accept"]))
        if kind not in KINDS or not accept:
            raise UnreadNote
        reasons = [
            needed(text(found[2], inline=True)) for found in _REASON.finditer(said["Reasons"])
        ]
        close = dict(zip(map(data_text, data.get("close", ())), reasons, strict=True))
        return Entry(accept=accept, kind=kind, close=close, **more)

    def _number(self, said: Mapping[str, str], more: dict[str, Any]) -> Item:
        data = json.loads(said["Data"])
        text = data_text(data["text"])
        if data_number(text) != data_number(data["value"]):
            raise UnreadNote
        value, off = data_number(data["value"]), data_number(data.get("off", "0"))
        near = [tolerance_of(value, data_number(data["near"]))] if "near" in data else []
        return Number(
            text=text,
            value=value,
            unit=data_text(data["unit"]) if data["unit"] else "",
            units={data_text(name): data_number(many) for name, many in data["units"].items()},
            tolerance=tolerance_of(value, off) if off else None,
            bands=tuple(Band(tolerance=one, share=NEAR) for one in near),
            **more,
        )

    def _cloze(self, said: Mapping[str, str], more: dict[str, Any]) -> Item:
        fields = self._fields
        others = [
            (found["answer"], found["texts"])
            for also in _ALSO.finditer(said["Answer"])
            if (found := fields.pattern("also_for").fullmatch(also[1]))
        ]
        free = (chr(code) for code in _UNLIKELY if chr(code) not in said["Question"])
        gaps: dict[str, Gap] = {}
        formulas = [found.span() for found in _FORMULA.finditer(said["Question"])]

        def sign(found: re.Match[str]) -> str:
            answer, _, hint = found[2].partition("::")
            in_formula = any(start < found.start() < end for start, end in formulas)
            read = gap_latex if in_formula else fields.gap
            text = read(answer)
            also: tuple[str, ...] = ()
            if others and fields.shows(text, others[0][0]):
                also = tuple(fields.gap(one) for one in others.pop(0)[1].split(", "))
            gap = Gap(number=int(found[1]), accept=(text, *also), hint=read(hint) if hint else "")
            gaps[name := next(free)] = gap
            return name

        html = _DELETION.sub(sign, said["Question"]).replace("{&#123;", "{{")
        if len({gap.number for gap in gaps.values()}) < len(gaps) or not gaps:
            raise UnreadNote
        pieces = re.split(f"([{''.join(gaps)}])", fields.text(html))
        parts = tuple(gaps.get(piece, piece) for piece in pieces if piece)
        lead = fields.text(said["Lead"])
        return Cloze(stem=lead, parts=parts, **more)

    def _match(self, bank: str, said: Mapping[str, str], more: dict[str, Any]) -> Item:
        called = more["id"]
        lefts = tuple(
            self._fields.option(found[1], called) for found in _LEFT.finditer(said["Options"])
        )
        found = list(_RIGHT.finditer(said["Options"]))
        free = [one[1] is not None for one in found]
        rights = self._options([one[2] for one in found], free, called)
        partners = [int(one[1]) for one in _PAIR.finditer(said["Answer"])]
        both = self._with_reasons((*lefts, *rights), said["Reasons"])
        lefts, rights = both[: len(lefts)], both[len(lefts) :]

        def item(lefts: tuple[Option, ...], rights: tuple[Option, ...]) -> Match:
            rows = list(zip(lefts, partners, strict=True))
            if not all(free):  # pinned ones keep the order in which they are written
                rows.sort(key=lambda row: row[1])
            pairs = tuple(Pair(left=left, right=rights[place]) for left, place in rows)
            extra = tuple(one for n, one in enumerate(rights) if n not in partners)
            return Match(pairs=pairs, extra=extra, **more)

        def lefts_fit(lefts: tuple[Option, ...]) -> bool:
            order = option_order(item(lefts, rights), bank=bank, seed=_SEED)
            return order == tuple(left.id for left in lefts)

        def rights_fit(rights: tuple[Option, ...]) -> bool:
            its = item(lefts, rights)
            order = right_order(its, bank=bank, seed=_SEED)
            is_free = {side.id for side in free_sides(right_sides(its))}
            return order == tuple(right.id for right in rights) and free == [
                right.id in is_free for right in rights
            ]

        lefts = self._naming.named(lefts, lefts_fit)
        if not any(free):  # each is pinned, or all are numbers
            rights = next(filter(rights_fit, all_pinned(rights)), rights)
        return item(lefts, self._naming.named(rights, rights_fit))

    def _order(self, bank: str, said: Mapping[str, str], more: dict[str, Any]) -> Item:
        shown = tuple(
            self._fields.option(found[1], more["id"]) for found in _THING.finditer(said["Options"])
        )
        places = [int(found[1]) for found in _PLACED.finditer(said["Answer"])]
        if sorted(places) != list(range(len(shown))) or not places:
            raise UnreadNote

        def item(shown: tuple[Option, ...]) -> Order:
            return Order(sequence=tuple(shown[place] for place in places), **more)

        def fits(shown: tuple[Option, ...]) -> bool:
            order = option_order(item(shown), bank=bank, seed=_SEED)
            return order == tuple(one.id for one in shown)

        sequence = self._with_reasons(item(shown).sequence, said["Reasons"])
        by_place = dict(zip(places, sequence, strict=True))
        ordered = tuple(by_place[n] for n in range(len(shown)))
        return item(self._naming.named(ordered, fits))

    def _open(self, said: Mapping[str, str], more: dict[str, Any]) -> Item:
        fields = self._fields
        rubric = []
        for found in _LINE.finditer(said["Answer"]):
            points = next(
                (
                    worth
                    for key in ("points_one", "points_many")
                    if (number := fields.pattern(key).fullmatch(found[2]))
                    and (worth := fields.number(number["n"]))
                ),
                Fraction(1),
            )
            rubric.append(Criterion(text=needed(fields.text(found[1])), points=points))
        model = fields.text(first_of(_MODEL, said["Answer"]))
        return Open(model=model, rubric=tuple(rubric), **more)
