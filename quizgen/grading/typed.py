"""A typed answer in a cell to its response, unless a spreadsheet has changed it unseen."""

import re
from collections.abc import Sequence
from fractions import Fraction

from quizgen.core.judge import judge
from quizgen.core.quantity import parse_number
from quizgen.core.score import score
from quizgen.grading.unclear import DATE, POWER, Unclear, made_a_date
from quizgen.model import Cloze, Entry, Filled, Kind, Number, Rules, Typed

_HYPHENATED = re.compile(r"\d+\s?[-/.]\s?\d+(?:\s?[-/.]\s?\d+)?")
_BLANK = re.compile(r"\s*[-\u2010-\u2015\u2212]?\s*")


def typed(item: Entry | Number, text: str, rules: Rules) -> Typed | Unclear:
    """The text as typed; unclear where it is wrong, and a spreadsheet may have made it so."""
    response = Typed(text=text)
    if score(item, response, rules).outcome == "right":
        return response
    match item:
        case Entry():
            return _changed(text, item.accept, item.kind) or response
        case Number():
            return _unsure(item, text, rules) or response


def _changed(text: str, accept: Sequence[str], kind: Kind) -> Unclear | None:
    """What a spreadsheet may have done to one of the accepted texts."""
    if DATE.fullmatch(text) and (
        any(map(_HYPHENATED.fullmatch, accept)) or judge(text, accept, kind=kind).grade == "close"
    ):
        return made_a_date(text)
    if text.isdigit() and any(
        one.isdigit() and one != text and one.lstrip("0") == text for one in accept
    ):
        return Unclear(
            "zeros_lost",
            f'"{text}" is the answer but for the zeros before it, which a spreadsheet takes away',
            "Format the column as text, look at the paper and type the answer again.",
        )
    return None


def _unsure(item: Number, text: str, rules: Rules) -> Unclear | None:
    if DATE.fullmatch(text):
        return made_a_date(text)
    if POWER.fullmatch(text):
        return Unclear(
            "number_shortened",
            f'"{text}" is a number that the spreadsheet has shortened',
            "Format the column as text, look at the paper and type the number again.",
        )
    quantity = parse_number(text)
    if quantity is None or quantity.other is None:
        return None
    other = f"{_decimal(quantity.other)} {quantity.unit}".strip()
    earned = score(item, Typed(text=other), rules)
    first = score(item, Typed(text=f"{_decimal(quantity.value)} {quantity.unit}".strip()), rules)
    if earned.points == first.points:
        return None
    return Unclear(
        "unsure_number",
        f'"{text}" can be read as {_decimal(quantity.value)} and as {_decimal(quantity.other)}',
        f"Write {_decimal(quantity.value)} or {_decimal(quantity.other)}.",
    )


def _decimal(value: Fraction) -> str:
    """An exact decimal without separators, of at most three places: what a lone separator leaves."""
    sign, value = ("-" if value < 0 else ""), abs(value)
    whole, rest = divmod(value.numerator * 1000 // value.denominator, 1000)
    return f"{sign}{whole}.{rest:03}".rstrip("0") if rest else f"{sign}{whole}"


def filled(item: Cloze, text: str) -> Filled | Unclear:
    """A text for each gap: parted by |, lines or semicolons, whichever makes as many as there are."""
    gaps = item.gaps
    parts = next(
        (
            parts
            for sign in ("|", "\n", ";")
            if len(parts := text.split(sign)) == len(gaps) and len(gaps) > 1
        ),
        [text] if len(gaps) == 1 else [],
    )
    if not parts:
        return Unclear(
            "gaps",
            f'it has {len(gaps)} gaps, but "{text[:40]}" is not as many answers',
            f"Part them by |, such as {' | '.join(['north', 'red', '-'][: min(len(gaps), 3)])}; - is an empty gap.",
        )
    given = {gap.number: part.strip() for gap, part in zip(gaps, parts, strict=True)}
    given = {number: part for number, part in given.items() if not _BLANK.fullmatch(part)}
    for gap in gaps:
        if gap.number not in given or judge(given[gap.number], gap.accept, kind=item.kind).right:
            continue
        if changed := _changed(given[gap.number], gap.accept, item.kind):
            return changed
    return Filled(gaps=given)


def in_gaps(parts: Sequence[str], gaps: int) -> str:
    """The cells of one question as one, parted by |: nothing where nothing stands in any.

    Behind the gaps that it has only empty cells are left away, since other forms may have more. All
    gaps may stand in the first cell.
    """
    kept = list(parts)
    if not any(map(str.strip, kept[1:])) and any(kept[0].count(s) == gaps - 1 > 0 for s in "|\n;"):
        return kept[0]
    while len(kept) > gaps and not kept[-1].strip():
        kept.pop()
    return "|".join(kept) if any(map(str.strip, kept)) else ""
