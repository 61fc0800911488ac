"""Rules of options: what is shuffled must not speak of places, and no two may be the same."""

import re
from collections.abc import Hashable, Iterator, Sequence

from quizgen.checks.rules.sweeping import is_a_count, stands_last
from quizgen.checks.scope import in_use
from quizgen.checks.texts import option_groups, plain
from quizgen.core.asked import asked
from quizgen.core.dates import parse_date
from quizgen.core.normal import compatible
from quizgen.core.quantity import parse_number
from quizgen.core.units import Unit, known_unit, unit_name
from quizgen.markup import to_html
from quizgen.model import Bank, Choice, Item, Option
from quizgen.problem import Mend, Pin, Problem, Reorder

_OF_FORM = re.compile(
    r"(?i)significant|lowest terms|simplest form|simplif|reduce|standard form|scientific notation"
    r"|decimal places?|rounded|notation|version|written as|gekürzt|kürz"
)
"""What asks for a way to write a number, so that one number may stand there in several."""

_HOW_LONG = re.compile(
    r"(?i)\bhow (?:long|far|much|heavy|high|tall|deep|wide|soon|often|old|large|big)\b|\bweighs?\b"
    r"|\bwhat (?:is|was) the (?:length|height|depth|width|distance|duration|mass|weight|dose)\b"
    r"|\bwie (?:lange?|weit|schwer|hoch|tief|breit|viel)\b|\bcombien\b|\bcuánt[oa]s?\b"
)
_OF_UNITS = re.compile(
    r"(?i)\d|\bunits?\b|convert|equal|equivalent|\bsame\b|reading|measured|nearest|precis|accura|\b(?:say|said|put)\b"
)
_WORDS = re.compile(r"[^\W\d_]{2,}")

_LEADING_NOUGHT = re.compile(r"\s*0\d")


def unpinned_all_or_none(bank: Bank) -> Iterator[Problem]:
    """All of the above and its kin stand last, and a shuffle must know it."""
    for item in choices(bank):
        for place, option in enumerate(item.options):
            if not is_all_or_none(option) or _counts(item, option):
                continue
            after = item.options[place + 1 :]
            if item.arrangement == "free" and option.pin != "last":
                yield problem_of(
                    item,
                    option,
                    "unpinned_all_or_none",
                    f'"{option.text}" must stand last, but the options are shuffled.',
                    f'Write {{text: "{option.text}", pin: last}}.',
                    Pin(place),
                )
            elif item.arrangement == "fixed" and not all(map(is_all_or_none, after)):
                yield problem_of(
                    item,
                    option,
                    "unpinned_all_or_none",
                    f'"{option.text}" must stand last, but options follow it.',
                    "Move it to the end.",
                    Reorder(_all_or_none_last(item)),
                )


def equal_numeric_options(bank: Bank) -> Iterator[Problem]:
    """No two options may be the same number or the same day, however written."""
    for item in in_use(bank):
        for field, options in option_groups(item):
            values = [_value(option.text, bank.language) for option in options]
            known = [value for value in values if value is not None]
            if len({*known}) == len(known):
                continue
            for twin, other, place in alike([option.text for option in options], values):
                one, two = options[twin], options[other]
                if _may_be_equal(item, one, two) or _OF_FORM.search(asked(item)):
                    continue
                if _are_written_alike(one, two):
                    continue  # one mistake, which is told as duplicate_options
                if _are_in_two_units(one, two) and not _asks_for_a_size(asked(item)):
                    continue
                yield Problem(
                    code="equal_numeric_options",
                    message=f'"{one.text}" and "{two.text}" are the same value.',
                    fix="Change or drop one of them.",
                    item=item.id,
                    field=f"{field}.{place}" if field == "options" else field,
                )


def duplicate_options(bank: Bank) -> Iterator[Problem]:
    """No two options may look the same once printed, though written with other marks or stops."""
    for item in in_use(bank):
        for field, options in option_groups(item):
            shown = [_shown(option) for option in options]
            if len({*shown}) == len(shown):
                continue  # as nearly always, so that symbols are looked for in few
            looks = [
                text and (text, _symbols(one)) for text, one in zip(shown, options, strict=True)
            ]
            for twin, other, place in alike([option.text for option in options], looks):
                one, two = options[twin], options[other]
                if _OF_WRITING.search(asked(item)):
                    break
                if not _are_written_alike(one, two) and _value(one.text, bank.language) is not None:
                    continue  # one number in two ways of writing, which is told as such
                yield Problem(
                    code="duplicate_options",
                    message=f'"{one.text}" and "{two.text}" look the same in print.',
                    fix="Change or drop one of them.",
                    item=item.id,
                    field=f"{field}.{place}" if field == "options" else field,
                )


def _symbols(option: Option) -> str:
    """The words of an option whose capitals tell symbols apart: Co and CO, mW and MW."""
    words = _WORD.findall(to_html(option.text, math="anki", inline=True))
    symbols = (word for word in words if len(word) < 4 and not (word.istitle() and len(words) > 1))
    return " ".join(word for word in symbols if word != word.lower())


def _shown(option: Option) -> str | None:
    """What an option looks like, whatever its capitals; None of a picture."""
    if option.image:
        return None
    whole = plain(to_html(option.text, math="anki", inline=True))
    if "<" in whole:  # Of nearly all options there is none of the three.
        whole = _EMPHASIS.sub(r"\2", whole)
    if whole[:1] == "(":
        whole = _BRACKETS.sub(r"\1", whole)
    if "," in whole:
        whole = _LAST_COMMA.sub("", whole)
    return whole.rstrip(".,; ")


_OF_WRITING = re.compile(
    r"(?i)punctuat|comma\b|full stop|apostrophe|hyphen|spel[lt]|capital letter|upper.?case|lower.?case|written|printed|typeset|bold|"
    r"italic|typed|komma\b|satzzeichen|schreib|geschrieben|grammat|virgule|écrit|orthogra|escrib|escrit|ortogra"
)
"""What asks how something is written, so that a stop or a comma may tell the options apart."""
_EMPHASIS = re.compile(r"^<(strong|em)>((?:(?!</\1>).)*)</\1>(?=[.,;]?$)")
_BRACKETS = re.compile(r"^\(([^\W\d_]{3,}(?: [^\W\d_]{2,})*)\)$")
_LAST_COMMA = re.compile(r",(?= (?:and|or|und|oder|et|ou|y|o) )")
_WORD = re.compile(r"(?<!</)(?<!<)\b[^\W\d_]+\b")


def _are_written_alike(one: Option, other: Option) -> bool:
    """Whether two texts are the same but for case, width, emphasis and what stands behind them."""
    texts = (compatible(option.text).casefold().strip(" *_.,;") for option in (one, other))
    return len({" ".join(text.split()) for text in texts}) == 1


def alike(texts: Sequence[str], looks: Sequence[Hashable | None]) -> Iterator[tuple[int, int, int]]:
    """The places of each two texts that look alike, and the later of the two; None is like nothing.

    Which is named first does not hang on their order, which a shuffle or an author may change.
    """
    by_look: dict[Hashable, list[int]] = {}
    for place, look in enumerate(looks):
        if look is not None:
            by_look.setdefault(look, []).append(place)
    for places in by_look.values():
        if len(places) > 1:
            first, *others = sorted(places, key=lambda place: texts[place])
            yield from ((first, other, max(first, other)) for other in others)


def is_all_or_none(option: Option) -> bool:
    """Whether an option speaks of all the others, as "all of the above" does."""
    return stands_last(plain(option.text).rstrip(".!"))


def choices(bank: Bank) -> Iterator[Choice]:
    """The choices that rules are held against."""
    # To ask for the very type takes a fifth of `isinstance`, which is slow for what is of another.
    return (item for item in in_use(bank) if type(item) is Choice)


def _counts(item: Choice, option: Option) -> bool:
    """Whether "none of them" is a number of what the stem names, as "one of them" would be."""
    others = [other.text for other in item.options if other is not option]
    return is_a_count(option.text, item.stem, others)


def _all_or_none_last(item: Choice) -> tuple[int, ...]:
    """The places of the options, those that speak of all the others behind them."""
    places = range(len(item.options))
    return tuple(sorted(places, key=lambda place: is_all_or_none(item.options[place])))


def problem_of(
    item: Choice, option: Option, code: str, message: str, fix: str, mend: Mend | None = None
) -> Problem:
    """An error of an option."""
    field = f"options.{item.options.index(option)}"
    return Problem(code=code, message=message, fix=fix, item=item.id, field=field, mend=mend)


def _value(text: str, language: str) -> Hashable | None:
    """The number or day that a text is, as something to compare; None for any other text, and where
    a language may mean another: 1.000 is one, or a thousand.
    """
    if _LEADING_NOUGHT.match(text):
        return None
    if number := parse_number(text):
        if number.other is not None and not language.startswith("en"):
            return None
        if number.unit == "%":
            return (number.value / 100, "", number.about)
        if (measured := _measured(number.unit)) is not None:
            return (number.value * measured.factor, measured.measures, number.about)
        unit = number.unit if len(number.unit) < 4 else number.unit.casefold()
        return (number.value, unit, number.about)
    date = parse_date(text)
    if date is None or date.is_ambiguous or date.precision < 3:
        return None
    return (date.year, date.month, date.day, "date")


def _measured(unit: str) -> Unit | None:
    """The unit, where it is one of length, mass or time that its capitals make no other (Mg, Ms)."""
    if not unit or (len(unit) < 4 and not unit.islower()):
        return None
    known = known_unit(unit_name(unit))
    return known if known is not None and known.measures in ("length", "mass", "time") else None


def _asks_for_a_size(text: str) -> bool:
    """Whether it asks how long or heavy something is, and names neither unit nor figure: where it
    does, or asks for what is equal, one size may stand there in two units.
    """
    if not _HOW_LONG.search(text) or _OF_UNITS.search(text) or _OF_WRITING.search(text):
        return False
    words = (word.lower() for word in _WORDS.findall(text))
    return not any(word != "in" and known_unit(word) for word in words)


def _are_in_two_units(*options: Option) -> bool:
    numbers = [parse_number(option.text) for option in options]
    units = [number.unit for number in numbers if number is not None]
    return all(map(_measured, units)) and len(set(map(unit_name, units))) > 1


def _may_be_equal(item: Item, one: Option, other: Option) -> bool:
    """Of "all that are one half" several may be the key, so both or neither is no mistake."""
    if not isinstance(item, Choice) or not item.multiple:
        return False
    return (one.id in item.keys) == (other.id in item.keys)
