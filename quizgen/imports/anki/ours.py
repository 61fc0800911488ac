"""Notes of our own two types to the items that they were made of.

What a field says is believed where writing it again gives the same field; `rich`, which writes an
author's text for Anki, and the words of the language are handed in, since outputs are neighbours.
What a deck never holds (the terms of a source, the kind of a cloze's gaps) cannot be found here;
the command compares the deck that the items make with the one that was read.
"""

import json
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import unescape
from typing import Any

from quizgen.bank.shapes import NAME
from quizgen.core.order import (
    free_options,
    free_sides,
    option_order,
    right_order,
    right_sides,
)
from quizgen.imports.anki.collection import Note
from quizgen.imports.anki.gaps import signed
from quizgen.imports.anki.limits import FIELD
from quizgen.imports.anki.naming import Naming
from quizgen.imports.anki.ourfields import OurFields, UnreadNote, needed
from quizgen.imports.anki.ourparts import (
    ROOT,
    all_pinned,
    data_number,
    data_text,
    gap_latex,
    number_of_0_1_0,
    own_tags,
    pinned,
    rows,
    tolerance_of,
)
from quizgen.imports.anki.templates import Sides, field
from quizgen.imports.anki.texts import signs_in_formulas, words_of
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
    front=tuple(map(field, ("Question", "Image", "Audio"))),
    back=tuple(map(field, ("Answer", "Explanation"))),
    cloze=(field("Question"),),
    hints=("Hint",),
)
"""What stands in a note of ours that was changed so that it cannot be read as such."""

NEAR = Fraction(1, 2)
"""The share that a near number earns, as far as a deck tells: it says how near, not how much."""

UNTOLD = "It is retired."
"""Why an item is retired, where its note is of a time when decks did not tell."""

_SEED = 0
_OPTION = re.compile(
    r'<li class="option( free)?"><span class="mark">[^<]*</span><span class="text">'
)
_PICKED = re.compile(
    r'<li class="option (right|rest)"><span class="mark">[^<]*</span><span class="text">'
)
_LEFT = re.compile(r'<div class="row left"><span class="slot"></span><span class="text">')
_RIGHT = re.compile(r'<div class="row( free)?"><span class="mark">[^<]*</span><span class="text">')
_PAIR = re.compile(r'<div class="pair" data-right="(\d{1,3})"><span class="mark">[^<]*</span><b>')
_THING = re.compile(r'<li class="row free"><span class="slot"></span><span class="text">')
_PLACED = re.compile(
    r'<li class="row" data-thing="(\d{1,3})"><span class="slot">[^<]*</span><span class="text">'
)
_LINE = re.compile(
    r'<li class="row" data-points="[^"]*"><span class="slot"></span><span class="text">'
)
_REASON = re.compile("<p><b>")
_ALSO = re.compile('<p class="also">')
_IN_LIST, _IN_PAIRS, _IN_TEXT = "</span></li>", "</span></div>", "</p>"
_MODEL, _RUBRIC = '<div class="model">', '</div><p class="how">'


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
        if sum(map(len, note.fields)) > FIELD:
            raise UnreadNote
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
        called = bank_and_item(note)[1]
        is_claim = "claim" in own
        level = said["Level"]
        retired, correction = fields.retirement(said["Correction"])
        if not retired and f"{ROOT}::retired" in note.tags:
            retired = UNTOLD
        return {
            "topic": text(said["Topic"], inline=True),
            "goal": next(filter(NAME.fullmatch, own.get("goal", ())), ""),
            "tags": tuple(own.get("tag", ())),
            "level": level if level in LEVELS else "recall",
            "points": fields.number(said["Points"]) or Fraction(1),
            "explain": text(said["Explanation"]),
            "hint": text(said["Hint"].partition("</summary>")[2].removesuffix("</details>")),
            "image": fields.with_picture(said["Image"], called)[1],
            "audio": fields.sound(said["Audio"], called),
            "source": fields.source(said["Source"], is_claim=is_claim),
            "corrected": fields.correction(correction),
            "claim": is_claim,
            "passage": fields.passage(said["Passage"]) if said["Passage"] else "",
            "retired": retired,
        }

    # --- The types -------------------------------------------------------------------------------

    def _item(self, bank: str, said: Mapping[str, str], common: dict[str, Any]) -> Item:
        stem = self._fields.text(said["Question"]) if said["Kind"] != "cloze" else ""
        match said["Kind"]:
            case "choice" | "choices":
                return self._choice(bank, said, {"stem": stem, **common})
            case "true_false":
                rights = [row.mark == "right" for row in rows(said["Answer"], _PICKED, _IN_LIST)]
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
        found = rows(said["Options"], _OPTION, _IN_LIST)
        free = [bool(row.mark) for row in found]
        rights = [row.mark == "right" for row in rows(said["Answer"], _PICKED, _IN_LIST)]
        options = self._options([row.html for row in found], free, more["id"])
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
        reasons = _reasons(html)
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
        reasons = _reasons(said["Reasons"])
        whys = [needed(text(why, inline=True)) for _, why in reasons]
        # Decks of 0.1.0 do not say in their data which answers are near.
        near = data.get("close", [text(of, inline=True) for of, _ in reasons])
        close = dict(zip(map(data_text, near), whys, strict=True))
        return Entry(accept=accept, kind=kind, close=close, **more)

    def _number(self, said: Mapping[str, str], more: dict[str, Any]) -> Item:
        data = json.loads(said["Data"])
        if "value" not in data:
            data = number_of_0_1_0(data, said["Answer"], self._fields)
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
            for row in rows(said["Answer"], _ALSO, _IN_TEXT)
            if (found := fields.pattern("also_for").fullmatch(row.html))
        ]
        text = signed(said["Question"])
        if text.changes or not text.gaps:
            raise UnreadNote
        in_formulas = signs_in_formulas(words_of(text.html))
        gaps: dict[str, Gap] = {}
        for sign, gap in text.gaps.items():
            read = gap_latex if sign in in_formulas else fields.gap
            answer, also = read(gap.answer), ""
            if others and fields.shows(answer, others[0][0]):
                also = others.pop(0)[1]
            accept = (answer, *(fields.gap(one) for one in also.split(", ") if also))
            hint = read(gap.hint) if gap.hint else ""
            gaps[sign] = Gap(number=gap.number, accept=accept, hint=hint)
        html = text.html.replace("{&#123;", "{{")
        pieces = re.split(f"([{''.join(gaps)}])", fields.text(html))
        parts = tuple(gaps.get(piece, piece) for piece in pieces if piece)
        lead = fields.text(said["Lead"])
        return Cloze(stem=lead, parts=parts, **more)

    def _match(self, bank: str, said: Mapping[str, str], more: dict[str, Any]) -> Item:
        called = more["id"]
        lefts = tuple(
            self._fields.option(row.html, called) for row in rows(said["Options"], _LEFT, _IN_PAIRS)
        )
        found = rows(said["Options"], _RIGHT, _IN_PAIRS)
        free = [bool(row.mark) for row in found]
        rights = self._options([row.html for row in found], free, called)
        partners = [int(row.mark) for row in rows(said["Answer"], _PAIR, _IN_PAIRS)]
        sides = self._with_reasons((*lefts, *rights), said["Reasons"])
        lefts, rights = sides[: len(lefts)], sides[len(lefts) :]

        def item(lefts: tuple[Option, ...], rights: tuple[Option, ...]) -> Match:
            both = list(zip(lefts, partners, strict=True))
            if not all(free):  # pinned ones keep the order in which they are written
                both.sort(key=lambda pair: pair[1])
            pairs = tuple(Pair(left=left, right=rights[place]) for left, place in both)
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
            self._fields.option(row.html, more["id"])
            for row in rows(said["Options"], _THING, _IN_LIST)
        )
        places = [int(row.mark) for row in rows(said["Answer"], _PLACED, _IN_LIST)]
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
        model, _, rest = said["Answer"].removeprefix(_MODEL).partition(_RUBRIC)
        if not said["Answer"].startswith(_MODEL):
            raise UnreadNote
        rubric = []
        for row in rows(rest, _LINE, "</small></li>"):
            text, _, worth = row.html.rpartition("</span><small>")
            points = next(
                (
                    points
                    for key in ("points_one", "points_many")
                    if (number := fields.pattern(key).fullmatch(worth))
                    and (points := fields.number(number["n"]))
                ),
                Fraction(1),
            )
            rubric.append(Criterion(text=needed(fields.text(text)), points=points))
        model = fields.text(model if rest else model.removesuffix("</div>"))
        return Open(model=model, rubric=tuple(rubric), **more)


def _reasons(html: str) -> list[tuple[str, str]]:
    """What a field of reasons says of what, each as it stands there."""
    parted = (row.html.partition("</b> ") for row in rows(html, _REASON, _IN_TEXT))
    return [(of, why) for of, _, why in parted]
