"""Large banks for measuring, which `quizgen check` finds nothing in: mixed items of all nine types,
about twelve lines each, and plain flashcards of six.
"""

from collections.abc import Sequence
from pathlib import Path

TOPICS = ("Rivers", "Lakes", "Seas", "Glaciers", "Clouds", "Springs", "Wells")
SETTINGS = """\
bank: large
title: A large bank
sources:
  reader: {title: A reader}
"""
COMMON = """\
  topic: {topic}
  tags: [water, part-{part}]
  level: understand
  explain: The figure for {n} follows from the table, and no other one fits it.
  source:
    paragraph: {paragraph}
    terms: [water, {terms}]
"""
TERMS = (
    '"{n}"',
    '"{n}"',
    '"{n}"',
    '"{n}.5"',
    '"{n}", north, red',
    '"{n}"',
    '"{n}", upper, lower, mouth',
    '"{n}"',
    '"{n}"',
)
"""The terms that hold the key of each of `TYPES`."""
TYPES = (
    """\
- id: choice-{n}
  stem: Which of these places has the mark {n} on the map of the reader?
  answer: The place with mark {n}
  distractors:
  - The place with mark {n}, seen from the north
  - {{text: The place above mark {n}, why: It lies above it.}}
  - Another place on the map
""",
    """\
- id: true-false-{n}
  statement: |
    The mark {n} stands on the map of the reader,
    to the left of the river.
  answer: true
  hint: Look at the left side.
""",
    """\
- id: entry-{n}
  stem: What is the name of the place with the mark {n}?
  accept: [Place {n}, The place {n}]
  kind: place
  close:
    Place of {n}: It is called otherwise.
""",
    """\
- id: number-{n}
  stem: How deep is the lake with the mark {n}, in metres?
  number: {n}.5
  tolerance: 1 %
  unit: m
  units: {{km: 1000}}
""",
    """\
- id: cloze-{n}
  cloze: The mark {n} stands in {{{{c1::the north::where}}}} and is {{{{c2::red|scarlet}}}}.
  kind: term
  hint: The map is in colour.
  points: 2
""",
    """\
- id: match-{n}
  stem: Match each mark with its place.
  match:
    Mark {n}: The north
    Mark {n} b: The south
    Mark {n} c: The east
  extra: [The west]
""",
    """\
- id: order-{n}
  stem: Put the parts of the river {n} in order, its spring first.
  order:
  - The spring of {n}
  - The upper part
  - The lower part
  - The mouth
""",
    """\
- id: open-{n}
  stem: Why does the river {n} bend to the left behind the hill?
  model: The rock on its right side is harder.
  rubric:
  - names the rock
  - {{text: says that it is harder, points: 2}}
  lines: 4
""",
    """\
- id: card-{n}
  front: The colour of the mark {n}
  back: |
    Red, as all the marks
    on that page are.
  reverse: true
""",
)
MIXED = tuple(
    text + COMMON.replace("{terms}", terms) for text, terms in zip(TYPES, TERMS, strict=True)
)
FLASHCARDS = (
    """\
- id: card-{n}
  topic: {topic}
  front: What is the place with the mark {n} called on the map of the reader?
  back: The upper spring of river {n}
  explain: The figure for {n} follows from the table, and no other one fits it.
  source: {{paragraph: {paragraph}, terms: [water, "{n}"]}}
""",
)


def bank_text(count: int, first: int = 1, kinds: Sequence[str] = MIXED) -> str:
    """A file of `count` questions, in turn of all kinds."""
    pieces = ["source: reader\nquestions:\n"]
    for n in range(first, first + count):
        text = kinds[n % len(kinds)]
        pieces.append(
            text.format(n=n, part=n % 9, paragraph=n % 40 + 1, topic=TOPICS[n % len(TOPICS)])
        )
    return "".join(pieces)


def write_bank(
    folder: Path, count: int, *, a_file: int | None = None, kinds: Sequence[str] = MIXED
) -> Path:
    """A project in `folder` with `count` questions, all in one file or so many to each; the folder."""
    questions = folder / "questions"
    questions.mkdir(parents=True, exist_ok=True)
    (questions / "bank.yaml").write_text(SETTINGS, encoding="utf-8")
    step = a_file or count
    for first in range(1, count + 1, step):
        text = bank_text(min(step, count + 1 - first), first, kinds)
        (questions / f"part-{first:06}.yaml").write_text(text, encoding="utf-8")
    return folder
