"""The rules of judging in the card's script: in a real Chromium they say what `core` says."""

import json
import random
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from quizgen.core.fold import folded
from quizgen.core.judge import judge, judge_number
from quizgen.core.normal import normalise
from quizgen.core.score import score
from quizgen.model import Band, Entry, Item, Number, Tolerance, Typed
from quizgen.outputs.anki.faces import Faces
from quizgen.outputs.anki.media import Media
from quizgen.outputs.anki.texts import CardWords
from quizgen.outputs.template import Templates
from tests import anki_samples as sample
from tests.anki_browser import RULES, Sides, literal, run_in_browser
from tests.conftest import few
from tests.judged_answers import ROWS, Row
from tests.judged_pairs import PAIRS

RIGHT = ("exact", "accepted")
UNKNOWN_TO_A_CARD = {
    ("año", "ano"): "accepted",
    ("cooperation", "corporation"): "close",
    ("Samarkand", "Samarkand, Tashkent"): "close",
    ("John Smith", "Joan Smith"): "close",
    ("François", "Françoise"): "close",
    ("The Hague", "The Vague"): "close",
    ("The Gambia", "Zambia"): "close",
    ("Guinea-Bissau", "Guinea"): "close",
    ("Guinea", "Guinea-Bissau"): "close",
    ("Guinea", "Equatorial Guinea"): "close",
    ("Slovakia", "Slovenia"): "close",
    ("prise", "prize"): "close",
    ("affect", "effect"): "close",
}
"""Rows that are wrong only since another question of the bank asks for what was typed. A card is
judged as if it were alone: did its note say what others ask, each new question would change it."""


PAIRED = tuple(
    Row(pair.accepted, pair.text, pair.kind, (), pair.grade, pair.why)
    for pair in PAIRS
    if pair.sort != "quantity"
)
"""The rows that a teacher judged, to be judged alike in both places, whether as the teacher or not."""


def said_in_browser(folder: Path, cases: list[list[Any]]) -> list[list[str]]:
    """What the script says of each case: grade and reason, or no grade where it leaves it open."""
    page = f"""<!doctype html><meta charset="utf-8"><pre id="result"></pre><script>
      "use strict";
      {"".join(Templates().source(f"anki/{name}") for name in RULES)}
      function said(typed, how) {{
        try {{
          const verdict = how.units === undefined
            ? judge(typed, how.accept, how.kind, how.close) : judgeNumber(typed, how);
          const [grade, reason, values] = verdict;
          return [grade, reason.replace(/\\{{(\\w+)\\}}/g, (_, name) => values[name])];
        }} catch (error) {{
          if (!(error instanceof Unsure)) throw error;
          return ["", ""];
        }}
      }}
      window.onerror = (error) => {{ result.textContent = JSON.stringify({{error: error}}); }};
      const all = {literal(cases)}.map(([typed, how]) => said(typed, how));
      document.getElementById("result").textContent = JSON.stringify(all);
    </script>"""
    found: Any = run_in_browser(folder, {"page.html": page})
    return list(found)


def asked(row: Row, close: tuple[str, ...] = ()) -> list[Any]:
    """A row as the script takes it."""
    return [row.typed, {"kind": row.kind, "accept": row.accepted, "close": close}]


def alone(row: Row, close: tuple[str, ...] = ()) -> list[str]:
    """What `core` says of a row where no other question is known."""
    nearly = dict.fromkeys(close, "")
    verdict = judge(row.typed, row.accepted, kind=row.kind, close=nearly)
    return [verdict.grade, verdict.reason]


# --- The rules -----------------------------------------------------------------------------------


def test_every_row_of_the_tables_is_judged_as_by_the_core(tmp_path: Path) -> None:
    """Grade and reason; where other questions matter, as the table of exceptions says."""
    rows = (*ROWS, *PAIRED)
    all_found = said_in_browser(tmp_path, [asked(row) for row in rows])
    differs = [(row, said) for row, said in zip(rows, all_found, strict=True) if said != alone(row)]
    assert differs == []
    found = all_found[: len(ROWS)]
    differing = {
        (row.accepted[0], row.typed): said[0]
        for row, said in zip(ROWS, found, strict=True)
        if said[0] != row.grade
    }
    assert differing == UNKNOWN_TO_A_CARD


def test_answers_with_slips_are_judged_as_by_the_core(tmp_path: Path) -> None:
    """Thousands, made from those of the table: never another verdict, and hardly ever none."""
    count = few(3_000, nightly=60_000)
    draw = random.Random(1642)  # noqa: S311 - no secret hangs on it
    table = (*ROWS, *(row for row in PAIRED if len(row.typed) < 200))
    pool = [text for row in table for text in (row.typed, *row.accepted)]
    rows = [_with_slips(draw.choice(table), draw, pool) for _ in range(count)]
    closes = [(draw.choice(pool) or "x",) if draw.random() < 0.1 else () for _ in rows]
    found = said_in_browser(tmp_path, [asked(*pair) for pair in zip(rows, closes, strict=True)])
    wanted = [alone(*pair) for pair in zip(rows, closes, strict=True)]
    undecided = [said for said in found if not said[0]]
    assert [
        (row, close, said, right)
        for row, close, said, right in zip(rows, closes, found, wanted, strict=True)
        if said[0] and said != right
    ] == []
    assert len(undecided) < count / 300


def _with_slips(row: Row, draw: random.Random, pool: list[str]) -> Row:
    sources = (row.typed, *row.accepted, draw.choice(pool))
    signs = list(draw.choice(sources))
    pieces = (
        *"abeszé²½٣ʃσς'\".,;-/&+#%() 0123456789\u0301\u200b", " and ", " or ", " not ", "the ", "n't ",
        " VIII ", " twenty-one ", " million", " km", "second ", "$", "about ", " BC", " 1999", "St. ",
        " K", " °F", " h 30 min", " an hour and a half", " m/s^2", " Mb", "µ", "·", "٫", "1.000,5", "12,00,000",
        "一百", "万", "年", " mai ", " Oktober ", "nineteen eighty-four", "twelveth", " x", "ё", "α", "♯", "♭",
        "œ", "no. ", "art. ", " vs. ", "Dr ", "King ", " (NDB)", "_2", "^3+", "{", "}", "π", "С", "±", "1. ",
        " -> ", " – ", "then ", " и ", "和", "Monday, ", "3/22", "s", ";",
    )  # fmt: skip
    for _ in range(draw.choice((0, 1, 1, 2, 3))):
        place = draw.randrange(len(signs) + 1)
        match draw.randrange(4):
            case 0 if place < len(signs):
                signs.pop(place)
            case 1 if place + 1 < len(signs):
                signs[place], signs[place + 1] = signs[place + 1], signs[place]
            case 2 if place < len(signs):
                signs[place] = signs[place].swapcase()
            case _:
                signs.insert(place, draw.choice(pieces))
    return row._replace(typed="".join(signs))


def test_numbers_in_notes_of_an_earlier_release_are_judged(tmp_path: Path) -> None:
    """All banks share one script, so a note of 0.1.0 meets that of today."""
    lake = {"low": 3.465, "high": 3.535, "unit": "km", "units": {"km": 1.0, "m": 0.001}}
    whole = {"low": 366.0, "high": 366.0, "unit": "", "units": {"": 1.0}}
    cases: list[list[Any]] = [
        *([typed, lake] for typed in ("3.5", "3.465", "3535 m", "3.54 km", "3.5 kg")),
        *([typed, whole] for typed in ("366", "three hundred and sixty-six", "365", "many")),
    ]
    grades = [grade for grade, _ in said_in_browser(tmp_path, cases)]
    assert grades[:5] == ["accepted", "accepted", "accepted", "wrong", "wrong"]
    assert grades[5:] == ["accepted", "accepted", "wrong", "wrong"]


def test_letters_are_folded_as_by_the_core(tmp_path: Path) -> None:
    """Each Latin, Greek and Cyrillic letter in a word, against what `core` makes of that word."""
    blocks = (*range(0x20, 0x530), *range(0x1E00, 0x2000))
    typed = [f"ab{sign}cd" for sign in map(chr, blocks) if sign.isalpha()]
    cases: list[list[Any]] = [
        [text, {"kind": "term", "accept": [form], "close": []}]
        for text in typed
        for form in (normalise(text), folded(text))
    ]
    found = said_in_browser(tmp_path, cases)
    right = [case for case, said in zip(cases, found, strict=True) if said[0] in RIGHT]
    unsure = [case[0] for case, said in zip(cases, found, strict=True) if not said[0]]
    assert len(right) + len(unsure) == len(cases)
    assert all(ord(text[2]) >= 0x180 for text in unsure)
    assert len(unsure) < len(cases) / 10


def _number(text: str, typed: str, **more: Any) -> tuple[Number, list[str]]:
    number = Number(
        id="n", stem="?", value=more.pop("value", None) or Fraction(text), text=text, **more
    )
    return number, typed.split(" | ")


def _within(amount: str, *, relative: bool = False) -> Tolerance:
    return Tolerance(amount=Fraction(amount), relative=relative)


NUMBERS = (
    _number(
        "1,642",
        "1642 | 1,642 | 1642 m | 1.642 km | 1.65 km | 1700 | -1642 | 1642 kg | 1.642 | x | 1658.42 | 1658.43"
        " | 1625.58 | 1625.57 | 900 fathom | 880 fathom | one thousand six hundred and forty-two"
        " | 1642 or 1700 | | nan | 1e3 | about 1642",
        value=Fraction(1642), unit="m", units={"fathom": Fraction(1143, 625)},
        tolerance=_within("0.01", relative=True),
    ),
    _number(
        "9.8",
        "9.8 | 9,8 | 9.9 | 9.90 | 9.91 | 9.7 | 10 | 10.01 | 9.6 | -9.8 | 9.8 m | 9.8 m/s^2 | 98 | 0.98e1",
        unit="m/s^2", tolerance=_within("0.1"),
        bands=(Band(tolerance=_within("0.2"), share=Fraction(1, 2)),),
    ),
    _number("1/3", "1/3 | 2/6 | 0.333 | a third | one third | 3"),
    _number("-40", "-40 | −40 °C | minus forty | 40 | -40 F | -40 C", unit="°C"),
    _number(
        "11",
        "11 | 11 trillion | $11 trillion | 11 trillion yuan | 11000 billion | 11000000000000 | eleven | 12",
        unit="trillion US dollars",
    ),
    _number("0.5", ".5 | 1/2 | 50% | 0,5 | ½ | 0.50 | 5 | half | 0.5 km"),
    _number("1234", "1.234 | 1,234 | 1 234 | 1234 people"),
)  # fmt: skip


def test_numbers_are_judged_as_by_the_core(tmp_path: Path) -> None:
    """To the last digit of the tolerance, in any unit; near is said where it earns some points."""
    cases, wanted = [], []
    for number, typed in NUMBERS:
        data = json.loads(_data_of(number))
        for text in typed:
            cases.append([text, data])
            verdict = judge_number(text, number)
            earned = score(number, Typed(text=text)) if text.strip() else None
            is_near = earned is not None and earned.outcome == "partly"
            near = ["close", "Near, though not near enough for all of the points."]
            wanted.append(near if is_near else [verdict.grade, verdict.reason])
    found = said_in_browser(tmp_path, cases)
    pairs = zip(cases, found, wanted, strict=True)
    assert [(case[0], said, right) for case, said, right in pairs if said != right] == []
    assert {grade for grade, _ in found} == {"exact", "accepted", "close", "wrong"}


def _data_of(item: Item) -> str:
    words = CardWords(Templates().words("anki", "en"))
    return Faces("bank", words, Media({})).face(item).data


# --- What the card says of it --------------------------------------------------------------------

TYPE_ALL = """
  done(%s.map((text) => {
    show(FRONT); fill(text); show(BACK);
    return all(".work .option").map((one) => one.className.split(" ").pop() + " " + one.textContent);
  }));
"""


def shown(folder: Path, item: Item, *typed: str, language: str = "en") -> Any:
    """The rows of the answer after each of the typed answers."""
    page = Sides(item, language=language).page(TYPE_ALL % literal(typed))
    return run_in_browser(folder, {"page.html": page})


def test_the_card_says_why(tmp_path: Path) -> None:
    """Right another way, a slip, the author's word on a near answer, wrong, and nothing typed."""
    found = shown(
        tmp_path,
        sample.SUBLIMATION,
        "Sublimation",
        "sublimating",
        "sublimaton",
        "evaporation",
        "dew",
        "",
    )
    assert found == [
        ["right ✓sublimationYou typed: Sublimation"],
        ["right ✓sublimationYou typed: sublimatingRight; this is another way to say it."],
        ["close ◐sublimatonClose: one letter differs from the answer.", "right ✓sublimationRight answer"],
        ["close ◐evaporation Evaporation starts from a liquid.", "right ✓sublimationRight answer"],
        ["wrong ✗dewThis is another answer than the one asked for.", "right ✓sublimationRight answer"],
        ["right ✓sublimationRight answer"],
    ]  # fmt: skip


def test_the_card_says_it_in_its_language(tmp_path: Path) -> None:
    """In German as German decks do; in a language that the script does not speak, by its sign."""
    item = replace(sample.SUBLIMATION, accept=("Regen",))
    (german,) = shown(tmp_path, item, "Schnee", language="de-AT")
    assert german[0] == "wrong ✗SchneeGefragt ist nach etwas anderem."
    (other,) = shown(tmp_path, item, "Schnee", language="eo")
    assert other[0] == "wrong ✗SchneeYour answer, to compare"


def test_a_card_that_cannot_tell_says_so(tmp_path: Path) -> None:
    """A letter that the script does not know, or a browser of long ago; a note of long ago is judged."""
    strange = Entry(id="e", stem="?", accept=("aƕb",), kind="term")
    assert shown(tmp_path, strange, "ahvb")[0][0] == "given ?ahvbYour answer, to compare"
    old = Sides(sample.DEPTH)
    old_data = '{"low":1625.58,"high":1658.42,"unit":"m","units":{"m":1.0}}'
    back = re.sub(r'(class="data">)[^<]*', lambda found: found[1] + old_data, old.back)
    script = f"""
      show(FRONT); fill("1642"); show({literal(back)});
      const first = texts(".option");
      show(FRONT); fill("1642");
      const real = window.RegExp;
      window.RegExp = function () {{ throw new SyntaxError("lookbehind"); }};
      show(BACK);
      window.RegExp = real;
      done([first, texts(".option")]);
    """
    found = run_in_browser(tmp_path, {"page.html": old.page(script)})
    assert found == [
        ["✓1,642\u00a0mYou typed: 1642Right; numbers may be written in other ways."],
        ["?1642Your answer, to compare", "✓1,642\u00a0mRight answer"],
    ]


def test_each_sentence_is_there_in_each_language() -> None:
    """What the rules may say, the script can say in every language that it speaks."""
    rules = "".join(Templates().source(f"anki/{name}") for name in RULES)
    strings = re.findall(r"""(?<![\w,.])"((?:[A-Z“{])[^"\n]{3,}\.)"|'(Mind.*?)'""", rules)
    said = {one or other for one, other in strings} | {"The code differs.", "The symbol differs."}
    german = Templates().source("anki/sentences.js")
    keys = re.findall(r"""^    (?:"(.+?)"|'(.+?)'):""", german, re.MULTILINE)
    assert len(said) > 40
    assert said == {one or other for one, other in keys}
