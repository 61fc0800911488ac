"""Rules of options that speak of other options, of statements or of figures by letter, number or place.

Each is an error, so what a letter, numeral or place may name otherwise (a vitamin, a war, a term of a
series) is passed over: whoever sees the question alone must be sure that it cannot be answered.
"""

import re
from collections.abc import Iterator
from itertools import islice

from quizgen.checks.rules.options import choices, problem_of
from quizgen.model import Bank, Choice, Option
from quizgen.problem import Problem

_LETTER = r"\(?[A-H]\)?"
_AND = r"(?:,\s*|,?\s+(?i:and|or|nor|&|und|oder|noch|et|ou|ni|y|o)\s+)"
_LETTERS = rf"{_LETTER}(?:{_AND}{_LETTER})*"
_IS_RIGHT = (
    r"(?i:are|is|sind|ist|sont|est|son|es)\s+(?i:both |beide )?"
    r"(?i:right|correct|true|wrong|false|richtig|falsch|wahr|justes?|vraie?s?|fausses?|correctas?)"
)
_CITES_LETTERS = re.compile(
    rf"(?:(?i:both|neither|either|only|all but|all except|options?|answers?|choices?)\s+)+"
    rf"({_LETTERS})(?:\s+(?:(?i:only)|{_IS_RIGHT}))?|({_LETTERS})\s+(?:(?i:only)|{_IS_RIGHT})"
)
_NUMERAL = r"(?:I{1,3}|IV|VI{0,3})"
_CITES_NUMERALS = re.compile(
    rf"(?:(?i:both|neither|only)\s+)?({_NUMERAL}(?:{_AND}{_NUMERAL})+)"
    rf"(?:\s+(?i:only))?|({_NUMERAL})\s+(?i:only)"
)
_NTH = "(?:first|second|third|fourth|fifth|last)"
_SOME = "(?:one|two|three|four)"
_OPTION = "(?:options?|answers?|choices?)"
_CITES_PLACES = re.compile(
    rf"(?:only |both (?:of )?)?the (?:{_NTH} (?:two|three|four)"
    rf"|{_NTH} (?:and|or) (?:the )?{_NTH}|{_NTH} (?:option|answer|choice))"
    r"(?: (?:options?|answers?|choices?|above))?",
    re.IGNORECASE,
)
_OF_A_ROW = re.compile(
    rf"(?:(?:only |just )?the {_NTH}(?: one)?|(?:all|none|any)(?: of the)? {_SOME}|all|none)",
    re.IGNORECASE,
)
"""What beside "the first two" shows that a row of other things is spoken of."""
_BY_NAME = re.compile(
    r"\b(?i:options?|answers?|choices?|réponses?|antwort(?:en)?|opci[oó]n(?:es)?) ([A-H]|[1-9])\b(?![-.,:/]\d)"
)
_BESIDE = re.compile(
    r"(?i)\bthe (?:previous|preceding) (?:option|answer|choice)\b|^die (?:beiden|zwei) (?:letzten|ersten)$"
)
_NAMED_BY_LETTERS = (
    "vitamin|hepatitis|group|antigen|type|class|licen[cs]e|categor(?:y|ie)|note|key|chord|string|point|vertex|"
    "vertices|corner|angle|side|set|event|matri(?:x|ce)|grade|drive|batter(?:y|ie)|planet|star|column|row|node|team|"
    "person|people|section|schedule|form|size|sheet|plug|chain|allele|gene|strain|virus|wire|line|route|platform|"
    "exit|gate|hall|block|box|circle|figure|graph|plan|variant|sample|tube|beaker|solution|substance|compound|element"
)
_NAMING = re.compile("option|answer|choice|réponse|antwort|opci|die |fig|diagram|graph|table|abb")
"""Some of each of these three, and of the names of figures."""
_LETTERED_THINGS = re.compile(rf"(?i)\b(?:{_NAMED_BY_LETTERS})s?\b")
_LETTERED_MANY = re.compile(
    rf"(?i)\b(?!hepatitis|class\b)(?:{_NAMED_BY_LETTERS})s\b|\bvertices\b|\bpeople\b|\bhepatitis\b"
)
_NUMERAL_THINGS = re.compile(
    r"(?i)\b(?:wars?|nerves?|factors?|states?|oxidation|groups?|types?|phases?|acts?|chapters?|stages?|leads?|"
    r"degrees?|class(?:es)?|grades?|books?|volumes?|parts?|symphon(?:y|ies)|chords?|popes?|kings?|emperors?|"
    r"titles?|articles?|columns?|rows?|pronouns?|numerals?|cations?|ions?)\b"
)
_MANY = re.compile(
    r"(?i)\d|\$|`|\b(?:two|three|four|five|six|seven|eight|nine|ten|several|series|row|list|order)\b"
    r"|\b(?!is\b|was\b|does\b|has\b|this\b|its\b)[^\W\d_]+[^\W\d_s]s\b|\b(?:men|women|children|people|wives)\b"
)
_FIGURE = re.compile(r"\b(?i:figure|fig\.|diagram|graph|table|abbildung|abb\.|figura) ?(\d)\b")
_ABOVE_FIRST = re.compile(
    r"(?i)(?:(?:all|both|any|one|none) (?:of )?)?the (?:items|things|options|answers|choices|ones) above"
)
_WHICH_OF_THEM = re.compile(
    r"(?i)\bwhich (?:of (?:them|these|those|the (?:above |following )?(?:statements|claims|sentences))|statements?|claims?)\b"
    r"|\bwhich (?:is|are) (?:right|correct|true|wrong|false)\b|\bwelche (?:davon|aussagen?)\b"
)
_RUNS: tuple[tuple[str, ...], ...] = (
    tuple("ABCDEFGH"),
    ("I", "II", "III", "IV", "V", "VI", "VII", "VIII"),
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii"),
    tuple("12345678"),
    tuple("abcdefgh"),
)
_MARKED = re.compile(r"(?:^|\n)[ \t>*-]*\(?(\w{1,4})[.):] |\((\w{1,4})\) ")


def position_reference(bank: Bank) -> Iterator[Problem]:
    """An option may not cite letters or places ("both A and B") of options that are shuffled."""
    for item in choices(bank):
        if item.arrangement == "fixed" or all(option.pin for option in item.options):
            continue
        plainly = (option for option in item.options if not _speaks_of_places(option))
        if len(tuple(islice(plainly, 2))) < 2:
            continue  # what is asked for has letters or places of its own, as blood groups have
        for option in item.options:
            if _cites_an_option(item, option):
                yield problem_of(
                    item,
                    option,
                    "position_reference",
                    f'"{option.text}" speaks of places, but the options are shuffled.',
                    "Say what those options say, ask for all that apply, or write shuffle: false.",
                )


def dangling_reference(bank: Bank) -> Iterator[Problem]:
    """What an option cites by a letter, numeral or number must be in the item."""
    for item in choices(bank):
        labels = _labels(item.stem)
        for place, option in enumerate(item.options):
            missing = _missing(item, option, labels)
            if place == 0 and item.arrangement == "fixed" and _stands_under_nothing(item, option):
                missing.add("what stands above it")
            if missing:
                named = " and ".join(sorted(missing))
                yield problem_of(
                    item,
                    option,
                    "dangling_reference",
                    f'"{option.text}" cites {named}, which the question does not have.',
                    "Number the statements in the stem, or say what is meant.",
                )


# --- Places --------------------------------------------------------------------------------------


def _cites_an_option(item: Choice, option: Option) -> bool:
    text = _bare(option)
    cited = _cited(_CITES_LETTERS, text, "[A-H]")
    if cited and cited <= _letters(item) and not _LETTERED_MANY.search(item.stem):
        return not _said_elsewhere(item, option, cited)
    if _CITES_PLACES.fullmatch(text):
        is_of_these = re.search(r"(?i)\bof (?:these|the following)\b(?! \w+s\b)", item.stem)
        return bool(re.search(_OPTION, text) or is_of_these) or not _MANY.search(item.stem)
    if not _may_name(text):
        return False
    if _BESIDE.search(text):
        return not re.search(rf"(?i)\b{_OPTION}\b|\brespon", item.stem)
    names = _BY_NAME.findall(text)
    if not names or item.passage or _BY_NAME.search(item.stem):
        return False
    return any(
        _place_of(name) <= len(item.options) and not _said_elsewhere(item, option, {name})
        for name in names
    )


def _speaks_of_places(option: Option) -> bool:
    text = _bare(option)
    patterns = (_CITES_LETTERS, _CITES_PLACES, _OF_A_ROW, _BY_NAME)
    return any(pattern.fullmatch(text) for pattern in patterns)


# --- What is missing -----------------------------------------------------------------------------


def _missing(item: Choice, option: Option, labels: tuple[frozenset[str], ...]) -> set[str]:
    """The names that the option cites and the question does not have."""
    text = _bare(option)
    missing = _beyond(item, option, labels)
    letters = _cited(_CITES_LETTERS, text, "[A-H]") - _letters(item)
    if letters and (re.search(_IS_RIGHT, text) or not _LETTERED_THINGS.search(item.stem)):
        missing |= letters
    numerals = _cited(_CITES_NUMERALS, text, _NUMERAL)
    if numerals and not _NUMERAL_THINGS.search(item.stem):
        missing |= numerals
    names = _BY_NAME.findall(text) if _may_name(text) else ()
    if names and sum(not _BY_NAME.fullmatch(_bare(one)) for one in item.options) > 1:  # no labels
        missing |= {name for name in names if _place_of(name) > len(item.options)}
    missing = {name for name in missing if not _said_elsewhere(item, option, {name})}
    figures = set(_FIGURE.findall(text)) if _may_name(text) else set()
    if figures and not item.image and not item.passage and (known := _FIGURE.findall(item.stem)):
        missing |= {f"figure {number}" for number in figures.difference(known)}
    return missing


def _labels(stem: str) -> tuple[frozenset[str], ...]:
    """The labels of statements in a stem: each run from its first on, of two or more."""
    if ")" not in stem and "\n" not in stem:
        return ()  # a label that opens a stem of one line is followed by no second
    marked = {one or other for one, other in _MARKED.findall(stem)}
    found = []
    for run in _RUNS:
        count = next((n for n, label in enumerate(run) if label not in marked), len(run))
        if count > 1 and not marked.intersection(run[count:]):
            found.append(frozenset(run[:count]))
    return tuple(found)


def _beyond(item: Choice, option: Option, labels: tuple[frozenset[str], ...]) -> set[str]:
    """The labels behind the last that the stem has, where the whole option is a list of such."""
    for known in labels:
        run = next(run for run in _RUNS if known <= {*run})
        if run[0] == "1" and not _WHICH_OF_THEM.search(item.stem):
            continue  # figures may be what is asked for
        one = rf"\(?(?:{'|'.join(sorted(run, key=len, reverse=True))})\)?"
        listed = rf"(?:(?i:both|neither|only)\s+)?({one}(?:{_AND}{one})+|{one}(?=\s+(?i:only)))(?:\s+(?i:only))?"
        if found := re.fullmatch(listed, _bare(option)):
            cited = set(re.findall(r"\w+", re.sub(_AND, " ", found[1])))
            if cited & known:
                return cited - known
    return set()


def _stands_under_nothing(item: Choice, option: Option) -> bool:
    """Whether the first option, below a stem of one line, speaks of what stands above."""
    is_alone = not item.image and not item.passage and "\n" not in item.stem.strip()
    return is_alone and ":" not in item.stem and bool(_ABOVE_FIRST.fullmatch(_bare(option)))


# --- Letters and words ---------------------------------------------------------------------------


def _bare(option: Option) -> str:
    return option.text.strip().rstrip(".")


def _may_name(text: str) -> bool:
    """Whether it holds a word by which options or figures are named, as few texts do."""
    return _NAMING.search(text.lower()) is not None


def _place_of(name: str) -> int:
    return int(name) if name.isdigit() else ord(name) - ord("A") + 1


def _letters(item: Choice) -> set[str]:
    return {chr(ord("A") + n) for n in range(len(item.options))}


def _cited(pattern: re.Pattern[str], text: str, one: str) -> set[str]:
    """The letters or numerals that the whole of `text` cites."""
    found = pattern.fullmatch(text)
    return set(re.findall(rf"\b{one}\b", found[1] or found[2])) if found else set()


def _said_elsewhere(item: Choice, option: Option, cited: set[str]) -> bool:
    """Whether the stem, the passage's items or another option name what is cited themselves."""
    others = (other.text for other in item.options if other is not option)
    plainly = (text for text in others if not _is_citation(text.strip().rstrip(".")))
    said = "\n".join([item.stem, *plainly])
    return bool(item.passage or item.image) or all(
        re.search(rf"\b{re.escape(one)}\b", said) for one in cited
    )


def _is_citation(text: str) -> bool:
    return bool(_CITES_LETTERS.fullmatch(text) or _CITES_NUMERALS.fullmatch(text))
