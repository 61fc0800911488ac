"""What a fair teacher would make of typed answers, said before a rule was looked at.

`tests/data/judged_pairs/` holds a file a kind; `quantity` stands for questions of the type number.
A line at the margin is what is expected, several accepted answers parted by " / "; a quantity is
"VALUE UNIT ± ALLOWED; OTHER UNIT = FACTOR". Under it stands a row for each typed answer:

    VERDICT  LOOKS  TYPED  | WHY [| other: ANSWERS] [| near: ANSWERS]

LOOKS is `decoy` for what is not right and looks so, `disguise` for what is right and does not look
so. Where WHY says "judgement:", the rules are silent or fair teachers differ. `other` are
answers of the bank that are not right here, `near` those that the author calls near, parted by ";".
A backslash writes what could not be seen: \\u0301, \\n, \\t, \\\\, \\e for nothing at all and
\\(text*9) for nine times the text.
"""

import re
from fractions import Fraction
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias, cast, get_args

from quizgen.core.judge import judge
from quizgen.core.measure import judge_number
from quizgen.core.members import whole_answers
from quizgen.model import KINDS, Grade, Kind, Number, Tolerance

PLACE = Path(__file__).parent / "data" / "judged_pairs"
SORTS = (*KINDS, "quantity")

Looks: TypeAlias = Literal["-", "decoy", "disguise"]


class Pair(NamedTuple):
    """A typed answer to an expected one, and what is to be said of it. `sort` names its file."""

    sort: str
    expected: str
    typed: str
    grade: Grade
    looks: Looks
    why: str
    other: tuple[str, ...]
    near: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the row is called where judge and teacher differ: as it stands in its file."""
        return f"{self.expected} | {self.typed}"

    @property
    def accepted(self) -> tuple[str, ...]:
        """The accepted answers, whole where the kind is a set or list."""
        accepted = tuple(_plain(text) for text in self.expected.split(" / "))
        return whole_answers(accepted) if self.sort in ("set", "list") else accepted

    @property
    def kind(self) -> Kind:
        """The kind of answer; a quantity has none."""
        return cast("Kind", self.sort)

    @property
    def text(self) -> str:
        """What was typed, with its backslashes read."""
        return _plain(self.typed)


_ROW = re.compile(
    r"    (?P<grade>\w+) +(?P<looks>[-\w]+) +(?P<typed>.+?) +\| (?P<why>.+?)"
    r"(?: \| other: (?P<other>.+?))?(?: \| near: (?P<near>.+))?"
)
_WRITTEN = re.compile(r"\\(?:u([0-9a-f]{4})|\((.+?)\*([0-9]+)\)|([nte\\]))")
_QUANTITY = re.compile(
    r"(?P<value>\S+)(?: (?P<unit>[^±;]+?))?(?: ± (?P<allowed>[0-9./]+)(?P<share> %)?)?"
    r"(?P<units>(?:; [^;=]+ = [0-9./]+)*)"
)


def _plain(cell: str) -> str:
    """The cell with its backslashes read."""

    def read(found: re.Match[str]) -> str:
        code, text, times, letter = found.groups()
        if code is not None:
            return chr(int(code, 16))
        if text is not None:
            return str(text) * int(times)
        return {"n": "\n", "t": "\t", "e": "", "\\": "\\"}[letter]

    return _WRITTEN.sub(read, cell)


def _listed(cell: str | None) -> tuple[str, ...]:
    return tuple(_plain(text) for text in cell.split("; ")) if cell else ()


def _read(sort: str) -> list[Pair]:
    pairs = []
    expected = ""
    for line in (PLACE / f"{sort}.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("# "):
            continue
        if not line.startswith("    "):
            expected = line
            continue
        row = _ROW.fullmatch(line)
        assert row, line
        assert row["grade"] in get_args(Grade), line
        assert row["looks"] in get_args(Looks), line
        grade, looks = cast("Grade", row["grade"]), cast("Looks", row["looks"])
        other, near = _listed(row["other"]), _listed(row["near"])
        pairs.append(Pair(sort, expected, row["typed"], grade, looks, row["why"], other, near))
    return pairs


def _question(expected: str) -> Number:
    """The question of the type number whose answer is expected."""
    said = _QUANTITY.fullmatch(expected)
    assert said, expected
    units = (unit.split(" = ") for unit in said["units"].split("; ")[1:])
    allowed = None
    if said["allowed"]:
        amount = Fraction(said["allowed"]) / (100 if said["share"] else 1)
        allowed = Tolerance(amount=amount, relative=bool(said["share"]))
    return Number(
        id="question",
        stem="",
        value=Fraction(said["value"]),
        text=said["value"],
        unit=_plain(said["unit"] or ""),
        tolerance=allowed,
        units={unit: Fraction(factor) for unit, factor in units},
    )


def judged(pair: Pair) -> Grade:
    """What the judge says of the pair."""
    if pair.sort == "quantity":
        return judge_number(pair.text, _question(pair.expected)).grade
    near = dict.fromkeys(pair.near, "Near, says the author.")
    return judge(pair.text, pair.accepted, kind=pair.kind, confusable=pair.other, close=near).grade


PAIRS = tuple(pair for sort in SORTS for pair in _read(sort))
