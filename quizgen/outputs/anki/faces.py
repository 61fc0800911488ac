"""An item to the two faces of its card: what is asked, and what the answer says.

The one `match` over the items is `face`. Which things may change their places at each review is
decided by `core` and marked `free`; the order in the fields, which holds where no script runs, is
one of `core`'s too, so that the right answer does not always stand first.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal, TypeAlias, assert_never

from quizgen.core.form import letter
from quizgen.core.measure import allowance
from quizgen.core.members import whole_answers
from quizgen.core.order import free_options, free_sides, option_order, right_order, right_sides
from quizgen.core.score import ticks_table
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Entry,
    Frozen,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    TrueFalse,
)
from quizgen.outputs.anki.cloze import cloze_html
from quizgen.outputs.anki.media import Media
from quizgen.outputs.anki.texts import CardWords, data, rich

KindName: TypeAlias = Literal[
    "choice", "choices", "true_false", "entry", "number", "cloze", "match", "order", "open", "card"
]

_SEED = 0
_NARROW = 14


class Face(Frozen, frozen=True, kw_only=True):
    """The fields that differ from type to type, as HTML."""

    kind: KindName
    question: str
    lead: str = ""
    how: str = ""
    options: str = ""
    answer: str = ""
    reasons: str = ""
    words: str = ""
    data: str = ""
    reverse: str = ""


class Faces:
    """Makes the faces of one bank's items, in its words and with its media."""

    def __init__(self, bank: str, words: CardWords, media: Media) -> None:
        self._bank = bank
        self._words = words
        self._media = media
        say, card = words.say, words.for_card
        self._pick_one = card("yours_right", "yours_wrong", "right_answer")
        self._pick_many = card(
            "yours_right", "yours_wrong", "missed", "right_answer",
            "found", "too_many_one", "too_many_many", "points_of",
        )  # fmt: skip
        self._typed = card("your_answer", "you_typed", "compare", "right_answer")
        self._match = card("choose_below", "pairs_right", "you_chose", "left_blank")
        self._order = card("places_right", "in_place", "you_put", "left_blank")
        self._open = card("your_answer", "your_words", "points_of")
        either = (say("true"), say("false"))
        self._either = _options(either, (False, False), "")
        self._decided = {
            answer: self._picked(either, (answer, not answer), "") for answer in (True, False)
        }
        self._tables: dict[tuple[int, int, Fraction], str] = {}

    def face(self, item: Item) -> Face:
        """What is asked and answered of this item."""
        match item:
            case Choice():
                return self._choice(item)
            case TrueFalse():
                return self._true_false(item)
            case Entry():
                return self._entry(item)
            case Number():
                return self._number(item)
            case Cloze():
                return self._cloze(item)
            case Match():
                return self._matching(item)
            case Order():
                return self._ordering(item)
            case Open():
                return self._written(item)
            case Card():
                return Face(
                    kind="card",
                    question=rich(item.front),
                    answer=rich(item.back),
                    reverse="1" if item.reverse else "",
                )
            case _:
                assert_never(item)

    # --- What is picked --------------------------------------------------------------------------

    def _choice(self, item: Choice) -> Face:
        by_id = {option.id: option for option in item.options}
        options = [by_id[one] for one in option_order(item, bank=self._bank, seed=_SEED)]
        free = {option.id for option in free_options(item)}
        texts = [self._shown(option) for option in options]
        classes = " many" if item.multiple else ""
        return Face(
            kind="choices" if item.multiple else "choice",
            question=rich(item.stem),
            how=self._words.say("pick_all") if item.multiple else "",
            options=_options(texts, [option.id in free for option in options], classes),
            answer=self._picked(texts, [option.id in item.keys for option in options], classes),
            reasons=_reasons(options),
            words=self._pick_many if item.multiple else self._pick_one,
            data=self._table(item) if item.multiple else "",
        )

    def _true_false(self, item: TrueFalse) -> Face:
        return Face(
            kind="true_false",
            question=rich(item.statement),
            how=self._words.say("true_or_false"),
            options=self._either,
            answer=self._decided[item.answer],
            words=self._pick_one,
        )

    def _picked(self, texts: Sequence[str], rights: Sequence[bool], classes: str) -> str:
        label = self._words.say("right_answer")
        rows = (
            f'<li class="option right"><span class="mark">✓</span>'
            f'<span class="text">{text}<small>{label}</small></span></li>'
            if right
            else f'<li class="option rest"><span class="mark">{place}</span>'
            f'<span class="text">{text}</span></li>'
            for place, (text, right) in enumerate(zip(texts, rights, strict=True), 1)
        )
        return f'<ol class="options{classes}">{"".join(rows)}</ol>'

    def _table(self, item: Choice) -> str:
        """What each number of right and wrong picks earns, by `core.score`."""
        shape = (len(item.keys), len(item.options), item.points)
        if shape not in self._tables:
            points: dict[int, list[str]] = {}
            for (right, _), earned in sorted(ticks_table(item).items()):
                points.setdefault(right, []).append(self._words.number(earned))
            rows = [points[right] for right in sorted(points)]
            total = self._words.number(item.points)
            self._tables[shape] = data({"points": rows, "total": total})
        return self._tables[shape]

    # --- What is typed ---------------------------------------------------------------------------

    def _entry(self, item: Entry) -> Face:
        words, accept = self._words, item.accept
        is_many = item.kind in ("set", "list")
        wholes = whole_answers(accept) if is_many else accept
        members = len(wholes) < len(accept)
        shown = words.listed([rich(one, inline=True) for one in accept]) if members else ""
        others = "" if members else _listed(rich(one, inline=True) for one in accept[1:])
        also = f'<p class="also">{words.say("also_right", texts=others)}</p>' if others else ""
        return Face(
            kind="entry",
            question=rich(item.stem),
            how=words.say("type_all") if is_many else "",
            answer=self._key(shown or rich(accept[0])) + also,
            reasons="".join(
                f"<p><b>{rich(near, inline=True)}</b> {rich(why, inline=True)}</p>"
                for near, why in item.close.items()
            ),
            words=self._typed,
            data=data(
                {"kind": item.kind, "accept": wholes}
                | ({"close": list(item.close)} if item.close else {})
            ),
        )

    def _number(self, item: Number) -> Face:
        words = self._words
        unit = rich(item.unit, inline=True)
        key = words.author_number(item.text) + (f"\u00a0{unit}" if unit else "")
        off = allowance(item.tolerance, item.value) if item.tolerance else Fraction(0)
        low, high = item.value - off, item.value + off
        also = ""
        if off:
            said = words.say("from_to", low=words.number(low), high=words.number(high))
            also = f'<p class="also">{said}</p>'
        asked: dict[str, object] = {"text": item.text, "value": str(item.value), "unit": item.unit}
        asked["units"] = {name: str(many) for name, many in item.units.items()}
        if off:
            asked["off"] = str(off)
        if item.bands:
            asked["near"] = str(max(allowance(band.tolerance, item.value) for band in item.bands))
        return Face(
            kind="number",
            question=rich(item.stem),
            answer=self._key(key) + also,
            words=self._typed,
            data=data(asked),
        )

    def _key(self, html: str) -> str:
        label = self._words.say("right_answer")
        return (
            '<ol class="options"><li class="option right"><span class="mark">✓</span>'
            f'<span class="text">{html}<small>{label}</small></span></li></ol>'
        )

    def _cloze(self, item: Cloze) -> Face:
        others = "".join(
            f'<p class="also">{self._words.say("also_for", answer=shown, texts=_listed(also))}</p>'
            for gap in item.gaps
            for shown, *also in [[rich(one, inline=True) for one in gap.accept]]
            if also
        )
        return Face(
            kind="cloze",
            question=cloze_html(item),
            lead=rich(item.stem) if item.stem else "",
            answer=others,
        )

    # --- What is paired and put in order ---------------------------------------------------------

    def _matching(self, item: Match) -> Face:
        pairs = {pair.left.id: pair for pair in item.pairs}
        sides = right_sides(item)
        of_right = {side.id: side for side in sides}
        lefts = [pairs[one] for one in option_order(item, bank=self._bank, seed=_SEED)]
        rights = [of_right[one] for one in right_order(item, bank=self._bank, seed=_SEED)]
        free = {side.id for side in free_sides(sides)}
        place = {side.id: number for number, side in enumerate(rights)}
        left_html = [self._shown(pair.left) for pair in lefts]
        right_html = [self._shown(side) for side in rights]
        rows = "".join(
            f'<div class="row left"><span class="slot"></span><span class="text">{html}</span></div>'
            for html in left_html
        )
        bank = "".join(
            f'<div class="row{" free" if side.id in free else ""}">'
            f'<span class="mark">{letter(number)}</span>'
            f'<span class="text">{html}</span></div>'
            for number, (side, html) in enumerate(zip(rights, right_html, strict=True))
        )
        narrow = all(len(pair.left.text) <= _NARROW and not pair.left.image for pair in lefts)
        partners = [place[pair.right.id] for pair in lefts]
        key = "".join(
            f'<div class="pair" data-right="{partner}"><span class="mark">✓</span>'
            f'<b>{html}</b><span class="text">{right_html[partner]}</span></div>'
            for partner, html in zip(partners, left_html, strict=True)
        )
        is_shared = len(set(partners)) < len(partners)
        return Face(
            kind="match",
            question=rich(item.stem),
            how=self._how_to_match(len(rights) - len(lefts), is_shared=is_shared),
            options=f'<div class="pairs{" shared" if is_shared else ""}">{rows}</div>'
            f'<div class="bank">{bank}</div>',
            answer=f'<div class="pairs{" wide" if narrow else ""}">{key}</div>',
            reasons=_reasons([*(pair.left for pair in lefts), *rights]),
            words=self._match,
        )

    def _how_to_match(self, left_over: int, *, is_shared: bool) -> str:
        how = self._words.say("tap_pairs")
        if is_shared:
            return f"{how} {self._words.say('partners_shared')}"
        return f"{how} {self._words.count('left_over', left_over)}" if left_over > 0 else how

    def _ordering(self, item: Order) -> Face:
        html = {thing.id: self._shown(thing) for thing in item.sequence}
        shown = option_order(item, bank=self._bank, seed=_SEED)
        place = {identity: number for number, identity in enumerate(shown)}
        rows = "".join(
            f'<li class="row free"><span class="slot"></span>'
            f'<span class="text">{html[identity]}</span></li>'
            for identity in shown
        )
        key = "".join(
            f'<li class="row" data-thing="{place[thing.id]}"><span class="slot">{number}</span>'
            f'<span class="text">{html[thing.id]}</span></li>'
            for number, thing in enumerate(item.sequence, 1)
        )
        return Face(
            kind="order",
            question=rich(item.stem),
            how=self._words.say("tap_in_order"),
            options=f'<ol class="things">{rows}</ol>',
            answer=f'<ol class="things">{key}</ol>',
            reasons=_reasons(item.sequence),
            words=self._order,
        )

    # --- What is written -------------------------------------------------------------------------

    def _written(self, item: Open) -> Face:
        words = self._words
        rows = "".join(
            f'<li class="row" data-points="{float(line.points):g}"><span class="slot"></span>'
            f'<span class="text">{rich(line.text)}</span>'
            f"<small>{words.count('points', line.points)}</small></li>"
            for line in item.rubric
        )
        rubric = (
            f'<p class="how">{words.say("tick_rubric")}</p><ul class="rubric">{rows}</ul>'
            if rows
            else ""
        )
        total = sum((line.points for line in item.rubric), Fraction(0))
        return Face(
            kind="open",
            question=rich(item.stem),
            how=words.say("in_your_words"),
            answer=f'<div class="model">{rich(item.model)}</div>{rubric}',
            words=self._open,
            data=data({"total": words.number(total)}) if rows else "",
        )

    # --- Parts -----------------------------------------------------------------------------------

    def _shown(self, option: Option) -> str:
        text = rich(option.text)
        return text if option.image is None else text + self._media.picture(option.image)


def _options(texts: Sequence[str], free: Sequence[bool], classes: str) -> str:
    rows = (
        f'<li class="option{" free" if is_free else ""}"><span class="mark">{place}</span>'
        f'<span class="text">{text}</span></li>'
        for place, (text, is_free) in enumerate(zip(texts, free, strict=True), 1)
    )
    return f'<ol class="options{classes}">{"".join(rows)}</ol>'


def _reasons(options: Sequence[Option]) -> str:
    """Why each option is right or not, where the author says so."""
    return "".join(
        f"<p><b>{rich(option.text, inline=True)}</b> {rich(option.why, inline=True)}</p>"
        for option in options
        if option.why
    )


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(texts)
