"""The figures of a sentence: dates, years, money, shares and numbers with what they count.

What only looks like a figure is passed over: "No. 5", versions, times of day, ordinals, telephone
numbers, and the numbers of figures, rooms and streets.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from heapq import merge
from operator import attrgetter
from typing import NamedTuple

from quizgen.core.dates import parse_date
from quizgen.drafting.protocol import Kind

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_INTEGER = r"\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+"
NUMBER = rf"(?:(?:{_INTEGER})(?:\.\d+)?)"
_SCALE = r"(?:hundred|thousand|million|billion|trillion)"
_SMALL = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
).split()
_SPELT = rf"(?:{'|'.join(_SMALL)})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
FRACTIONS = ("a quarter", "a third", "half", "two thirds", "three quarters")
_SPELT_FIRST = "|".join(word.capitalize() for word in _SMALL)
_FRACTION = r"(?:two|one|a|three)[ -](?:thirds?|quarters?|fifths?)|four[ -]fifths"
_UNITS = (
    # of length, area, volume
    "km² km2 km^2 km³ km3 km^3 m² m2 m^2 m³ m3 m^3 cm² cm2 cm^2 cm³ cm3 cm^3 mm km cm nm µm μm m "
    "kilometres kilometers metres meters centimetres centimeters millimetres millimeters miles feet "
    "inches yards hectares acres ha litres liters millilitres milliliters mL ml µL μL L gallons "
    # of mass, amount, time
    "kg mg µg μg g t tonnes tons kilograms kilogrammes grams grammes milligrams ounces lb lbs mol "
    "mmol seconds minutes hours days weeks months years decades centuries s min h ms "
    # of heat, power, charge, light and data
    "°C °F K degrees kelvin J kJ MJ kcal calories W kW MW GW kWh MWh GWh TWh watts kilowatts megawatts "
    "gigawatts V kV volts A mA amperes Hz kHz MHz GHz hertz Pa hPa kPa MPa bar N newtons decibels dB "
    "B kB KB MB GB TB bytes kilobytes megabytes gigabytes terabytes bits knots lumens lux "
    "kilometre kilometer metre meter mile foot inch hectare acre litre liter tonne ton kilogram gram "
    "second minute hour day week month year decade century"
).split()
_UNIT_NAMES = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
UNIT = (
    rf"(?:(?:square|cubic) )?(?:{_UNIT_NAMES})"
    r"(?:\s?/\s?(?:km²|km2|m²|m2|m³|m3|cm³|mol|mL|ml|kg|km|L|l|s²|s2|s|h|g|m|min|day|year)"
    r"| (?:Celsius|Fahrenheit|old)\b)?(?![\w°])"
)
_POINTS = r"(?:of a )?percentage points?|basis points"
_COIN = (
    r"(?:(?:U\.?S\.?|Australian|Canadian|Hong Kong) )?(?:dollars?|cents?)|euros?|pounds?(?! of (?!(?:it|this|that|them)\b))"
    r"|pence|yen|yuan|renminbi|francs?|crowns?|kron(?:er|or)|rupees?|roubles?|rubles?|USD|EUR|GBP|CHF"
)
_SIGN = r"(?:(?:US|A|C|HK|NZ|S)?\$|€|£|¥|₹|₩|(?:USD|EUR|GBP|CHF|RMB) ?)"
_SHORT_SCALE = r"(?:m|mn|bn|k|tn|M|B)\b"
_ERA = r"(?:BCE?|CE|AD|B\.C\.|A\.D\.)"
_ORDINAL_WORD = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
)

_NUMBERED = (
    r"Fig(?:ure|s)?|Tab(?:le)?|Sec(?:tion)?|Ch(?:apter)?|Eq(?:uation)?|[Pp]ages?|[Pp]p?|Vol(?:ume)?|"
    r"Art(?:icle)?|Appendix|Part|[Rr]ooms?|Line|Lane|Pier|Gate|Platform|Route|Highway|Box|Exercise|"
    r"Question|Step|Example|Note|Grade|Level|Phase|Unit|Issue|"
    r"Course|Module|Lab|Practical|Building|Floor|Class|Group"
)
"""What is counted by name: its number is a name and no figure."""

_RULES: tuple[tuple[Kind | None, str], ...] = (
    # What is no figure to ask for.
    (None, r"(?:https?://|www\.)\S+|\S+@\S+\.\w+"),
    (None, r"(?:©|\([cC]\)|[Cc]opyright) ?\d{4}(?:[–-]\d{4})?"),
    (None, r"\b[vV]?\d+(?:\.\d+){2,}\w*|\b[vV]\d+(?:\.\d+)*\b"),
    (None, r"\b(?:[Vv]ersion|[Rr]elease)s? v?\d[\w.]*"),
    (None, r"\b(?:[Nn]os?|[Nn]r|[Nn]umbers?)\.? ?\d+(?:(?:, | and |[–-])\d+)*|[#№§]\s?\d[\d.]*"),
    (None, rf"\b(?:{_NUMBERED})\.?\s\d+(?:\.\d+)*[a-z]?\b"),
    (None, r"\b(?:[Tt]el(?:ephone)?|[Pp]hone|[Ff]ax|[Mm]obile|[Hh]otline)\.?:? ?[\d +()/-]{4,}"),
    (None, r"\b(?:[Ee]xt(?:ension)?|[Dd]ial|[Rr]ing)\b\.?:? ?\d+"),
    (None, (rf"\b(?:[Rr]evised|[Uu]pdated|[Mm]odified|[Pp]rinted|[Rr]etrieved|[Aa]ccessed)(?: on)?:? "
           rf"(?:\d{{4}}-\d\d-\d\d|(?:\d{{1,2}} )?{MONTH}(?: \d{{1,2}},?)?(?: \d{{4}})?)")),
    (None, r"\b\d{1,2}[:.]\d{2}(?::\d{2})? ?(?:[ap]\.?m\b\.?|h\b|o'clock)|\b\d{1,2}:\d{2}(?::\d{2})?\b"),
    (None, r"\b\d{1,2} ?(?:[ap]\.m\.|[ap]m\b|o['’]clock)"),
    (None, r"\b[A-Z] ?-?\d{1,4}\b(?![,.]\d)"),
    (None, r"\b\d+[A-Za-z]? (?:[A-Z]\w+ ){1,3}(?:Street|Road|Avenue|Lane|Square|Drive|Boulevard|St|Rd|Ave)\b"),
    (None, rf"\b\d{{1,2}}(?:st|nd|rd|th)? ?(?:[–-]|to|and) ?(?=\d{{1,2}}(?:st|nd|rd|th)? {MONTH})"),
    # Dates.
    ("date", rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? \d{{4}}\b)?"),
    ("date", rf"\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?!,\d|[.]\d)(?:,? \d{{4}}\b)?"),
    ("date", rf"\b{MONTH},? (?:of )?\d{{4}}\b"),
    ("date", r"\b\d{4}-(?:0[1-9]|1[0-2])-\d{2}\b"),
    ("year", rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINAL_WORD.split())})[ -]century(?: {_ERA})?"),
    ("year", rf"\b\d{{1,3}}(?:,\d{{3}}| \d{{3}}|\d)? {_ERA}(?!\w)|\bAD \d{{1,4}}\b"),
    ("year", r"\b1\d{2}0s\b|\b20\d0s\b"),
    (None, r"(?<=\d)[–-]\d{2}\b(?!\d)"),
    (None, r"\b\d+(?:st|nd|rd|th)\b"),
    # Money, shares, numbers.
    ("money", rf"{_SIGN}\s?{NUMBER}(?:\s?{_SHORT_SCALE}|[ -]{_SCALE})?"),
    ("money", rf"(?<![\w.,]){NUMBER}(?: {_SCALE})? (?:{_COIN})\b"),
    ("number", rf"(?<![\w.,])[-−]?{NUMBER}(?: {_SCALE})? (?:{_POINTS})"),
    ("share", rf"(?<![\w.,]){NUMBER}\s?(?:%|‰|per ?cent\b)"),
    ("number", rf"\bpH (?:of )?{NUMBER}"),
    ("number", rf"(?<![\w.,])[-−]?{NUMBER}(?: {_SCALE})?(?:[ \u00a0]|-)?{UNIT}"),
    ("number", rf"(?<![\w.,])[-−]?{NUMBER} {_SCALE}\b"),
    ("number", rf"(?<![\w.,/-])[-−]?{NUMBER}(?![\w/]|[.,]\d|-[a-z])"),
    ("number", rf"\b(?:{_FRACTION})\b"),
    ("number", rf"\b(?:{_SPELT}|{_SPELT_FIRST})(?: {_SCALE})?\b"),
)  # fmt: skip
_RULE_KINDS = tuple(kind for kind, _ in _RULES)
_ANY = re.compile("|".join(f"(?P<r{at}>{pattern})" for at, (_, pattern) in enumerate(_RULES)))
_HOLDS_ONE = re.compile(
    rf"\d|\b(?:{'|'.join(_SMALL)})\b|(?:thirds?|quarters?|fifths?)\b|century", re.IGNORECASE
)
_START = attrgetter("start")
_YEAR = re.compile(r"1\d{3}|20\d{2}")
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|by|from|until|till|of|before|after|between|and|to|around|about|circa|c\.|ca\.|"
    r"during|early|late|mid|spring|summer|autumn|fall|winter|year|years|through|for)|[(–;,-])\s*$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:the|a|its|their)\s$", re.IGNORECASE)
_NO_PLURALS = ("people", "men", "women", "children", "fish", "sheep", "cattle", "staff", "police")
_TELLS = re.compile(
    r"(?:found|showed|shows|gave|saw|led|took|made|brought|put|set|began|became|was|were|had|has|came|said|"
    r"says|told|held|lost|won|left|let|cut|built|sold|paid|sent|grew|fell|rose|\w{3,}ed)"
)
"""A verb: what stands before it is no number of things."""
_TELLING_DIGIT = re.compile(r"(?:\bpH (?:is|was|of|at|about|around|near)(?: about)?|\d to) $")
_EVENT_OF = re.compile(
    r"\b(?:survey|study|census|count|act|law|treaty|report|election|revolution|war|flood|fire|earthquake|summer|"
    r"winter|spring|autumn|crisis|edition|constitution|agreement|accord|strike|drought|storm|class|method) of $",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"\b(?:in|since|by|until|before|after|during|between)\s*$", re.IGNORECASE)
_BEHIND = re.compile(r"[ \u00a0]([^\W\d_]+(?:['’-][^\W\d_]+)*)")
_NAMED = re.compile(r"([A-Z][\w'’]*)\s$")
_SECOND = re.compile(r"\s?[–-]\s?\d{4}(?!\d)")
_ABOUT = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|circa|over|more than)\s$",
    re.IGNORECASE,
)
_NO_NOUN = frozenset(
    "the a an of in on at to for by from with and or but that which who whose when where while than "
    "as is are was were be been has had have will would can could may might did does do its their his "
    "her each every per more less fewer most if so since until before after between into over under "
    "about against among along across during later earlier ago times not no it he she they we there "
    "here up down out off also only now then some about around nearly almost roughly just still both".split()
)
_TAKES_NUMBERS = frozenset(
    "in on at about some only over up nearly almost since from by between until before after to for "
    "around within these those the another its their his her and but or of with all each every under "
    "there when where near just even both as if while this that than yet more less fewer".split()
)


_TO = r"(?: to | ?– ?)"
_RANGE = re.compile(
    rf"(?<![\w.,$€£–-])(?P<low>{NUMBER})(?:[ \u00a0]?(?P<own>{UNIT}|%))?{_TO}(?P<high>{NUMBER})"
    rf"(?:[ \u00a0]?(?P<share>%|per ?cent\b)|[ \u00a0](?:{_SCALE} )?(?P<unit>{UNIT})|(?= (?P<noun>[a-z]+s)\b))"
)
"""Of what goes from one figure to another, both: neither is a fact by itself."""
_ROW = re.compile(
    rf"(?<![\w.,])(?:{NUMBER}(?:\s?%)?, ){{2,}}{NUMBER}(?:\s?%)?"
    rf"(?:,? (?:and|or) {NUMBER}(?:[ \u00a0]?(?:{UNIT}|%))?)?"
)
"""Figures with commas between: the steps of a row, of which none tells anything alone."""
_CHANGES = re.compile(
    r"\b(?:from|rose|fell|grew|went|by|won|lost|beat|score[ds]?)(?: \w+)? $", re.IGNORECASE
)


class Figure(NamedTuple):
    """A figure of a sentence: where it stands, what it is, and the unit or noun behind it."""

    kind: Kind
    start: int
    end: int
    unit: str = ""
    about: bool = False


def figures(text: str) -> Iterator[Figure]:
    """The figures of a text, from left to right; a range is one, a row of them none."""
    if not _HOLDS_ONE.search(text):
        return
    ranges = list(_ranges(text))
    taken = sorted(
        [(one.start, one.end) for one in ranges] + [row.span() for row in _ROW.finditer(text)]
    )
    single = (one for one in _single(text) if not _overlaps(taken, one))
    yield from merge(ranges, single, key=_START)


def _ranges(text: str) -> Iterator[Figure]:
    for found in _RANGE.finditer(text):
        low, high = (float(re.sub(r"[^\d.]", "", found[end])) for end in ("low", "high"))
        before = text[max(0, found.start() - 24) : found.start()]
        is_years = bool(_YEAR.fullmatch(found["low"]) and _YEAR.fullmatch(found["high"]))
        is_span = low < high and not _CHANGES.search(before) and not (found["noun"] and is_years)
        if is_span and (found["own"] in (None, "%", found["unit"])):
            unit = found["unit"] or found["noun"] or ""
            kind: Kind = "share" if found["share"] else "number"
            about = bool(_ABOUT.search(before))
            yield Figure(kind, found.start(), found.end(), unit, about)


def _overlaps(taken: list[tuple[int, int]], figure: Figure) -> bool:
    """Whether the figure shares a sign with one of these places, which are in order."""
    at = bisect_left(taken, (figure.end, 0)) - 1
    return at >= 0 and taken[at][1] > figure.start


def _single(text: str) -> Iterator[Figure]:
    for found in _ANY.finditer(text):
        kind = _RULE_KINDS[int((found.lastgroup or "r0")[1:])]
        if kind is None or (kind == "date" and parse_date(found[0]) is None):
            continue  # no figure, or a 31st of February
        about = bool(_ABOUT.search(text[max(0, found.start() - 30) : found.start()]))
        if kind == "number":
            yield from _number(text, found, about=about)
        else:
            end = found.end() - (kind == "date" and text[found.end() - 1] == ".")
            yield Figure(kind, found.start(), end, about=about)


def _number(text: str, found: re.Match[str], *, about: bool) -> Iterator[Figure]:
    """A year, a number with its unit or noun, or nothing where it is a name's number."""
    start, end = found.span()
    before = text[max(0, start - 24) : start]
    behind = _BEHIND.match(text, end)
    word = behind[1] if behind else ""
    is_range = _SECOND.match(text, end) is not None
    if _YEAR.fullmatch(found[0]) and (is_range or _is_year(before, word, text[end : end + 1])):
        yield Figure("year", start, end, about=about)
        return
    named = _NAMED.search(before)
    is_plain = found[0].replace(".", "").isdigit()
    if named and is_plain and len(found[0]) < 4 and named[1].casefold() not in _TAKES_NUMBERS:
        return  # "Apollo 11", "Seaway 2.1"
    unit = _unit_in(found[0])
    noun = unit or _noun(word, text, behind.end() if behind else end)
    if not found[0][0].isdigit() and not unit and not _counts(found[0], noun):
        return
    if not noun and found[0].isdigit() and len(found[0]) < 2 and not _TELLING_DIGIT.search(before):
        return  # a digit with nothing that it counts
    yield Figure("number", start, end, noun, about)


def _is_year(before: str, word: str, sign: str) -> bool:
    is_function = not word.islower() or word in _NO_NOUN or _TELLS.fullmatch(word) is not None
    if sign == ":":
        return True
    if _PERIOD.search(before) or _EVENT_OF.search(before):
        return True
    if _ARTICLE.search(before):
        return bool(word) and not word.endswith("s")
    return is_function and (bool(_BEFORE_YEAR.search(before)) or not before.strip())


def _unit_in(figure: str) -> str:
    """The unit that the figure ends with."""
    found = _WITH_UNIT.search(figure)
    return found[0].strip(" \u00a0-") if found else ""


_WITH_UNIT = re.compile(rf"(?<=[\d \u00a0-])(?:{UNIT}|{_POINTS})$")


def _noun(word: str, text: str, end: int) -> str:
    """The noun that a number counts: the word behind it, or the one behind that."""
    if not word or word.casefold() in _NO_NOUN or not word.islower():
        return ""
    if word.endswith("s"):
        return word
    second = _BEHIND.match(text, end)
    if second and second[1].islower() and second[1].endswith("s") and second[1] not in _NO_NOUN:
        return f"{word} {second[1]}"
    return word


def _counts(figure: str, noun: str) -> bool:
    """Whether a number in words counts things: "three rivers", "two thirds of ..."."""
    return (
        " " in figure
        or re.search(r"-(?:third|quarter|fifth)", figure) is not None
        or (noun.endswith("s") and not noun.endswith("ss"))
    )
