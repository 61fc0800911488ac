"""docs/rules.md: what each rule is for, and how well it agrees with labelled questions.

`python -m tests.rules_page` writes it; tests/test_rules.py tells where it is stale.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from quizgen.bank import read_bank
from quizgen.checks.catalogue import check
from quizgen.checks.rule import page, rules
from quizgen.problem import Severity
from tests.conftest import ROOT
from tests.rule_cases import HELDOUT, HELDOUT2, LABELLED, labelled

PAGE = ROOT / "docs" / "rules.md"
_TOP = """\
# The rules of `quizgen check`

`quizgen check` is to questions what a linter is to code. **Errors** are wrong by construction: a product must not be
built with them. **Warnings** are what careful reviewers object to; where in doubt, a rule is silent. **Notes** are a
matter of taste and are printed with `--notes`. `quizgen check --explain CODE` prints what stands here of a rule.

A question silences a rule with a reason, `ignore: {longest_is_key: Terms are as long as they are.}`, where the rule is
wrong for it; so may a file or a bank: [checking.md](checking.md#silencing-a-rule). Drafts and retired questions are not
checked.
"""
_MEASURED = """\
## How far they can be trusted

Precision is the share, of what a rule reports, that a reviewer named as well; recall the share, of what the reviewer
named, that the rule reports. Each was measured on questions of many subjects that were labelled before any rule was run
on them, by a reviewer who knew what rules are about but had not read them.

### On questions that were new to the rules

The {new} questions of `tests/data/heldout2/` are whole quizzes and decks of cards, a few of them in German, French and
Spanish, that were written as quizzes first and labelled afterwards. *First run* is what the rules said when they first
saw them, after all mending by the older sets below: the best guess for questions of yours. *Today* is no such test:
what they disagreed on may have helped to mend them since.

Flaws may still be more frequent here than in your bank; where they are rarer, a smaller share of the reports is right.
So count on false alarms instead: of the {clean} questions in which the reviewer found nothing, {alarmed} were reported at the
first run. Where it is open whether a reviewer would name something, nothing was labelled, and a report counts as wrong.

Few questions are behind each line: 8 out of 10 is .49 to .94 with a certainty of 95 %. Where reviewer and rule call one
flaw by the names of two kindred rules, both rules lose. Each set had one reviewer, and nobody rated it a second time.
Rules with neither label nor report are not listed; a dash stands where nothing was reported, or nothing labelled.

| rule | labelled | first run: reported | precision | recall | today: precision | recall |
|---|---:|---:|---:|---:|---:|---:|
{rows}
### On questions that they were mended by

- **First held-out set**: {held} questions of `tests/data/heldout/`, in four languages. *First run* is what the rules of
  that time said when they first saw them. Several were mended since by what they had got wrong, so *today* is no test
  any more and tells only whether they got worse.
- **Mended on**: {mended} questions of `tests/data/labelled/`, by which several rules were mended from the start. These
  figures are too good for other questions.

In both sets many flaws were put there on purpose.

"""
_OLDER = """\
| rule | first run: labelled | reported | precision | recall | today: precision | recall \
| mended on: labelled | reported | precision | recall |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
"""
_HEADINGS: dict[Severity, str] = {"error": "Errors", "warning": "Warnings", "note": "Notes"}


_NONE = "–"


class Measure(NamedTuple):
    """How often reviewer, rule, and both named a question."""

    labelled: int
    reported: int
    both: int

    @property
    def precision(self) -> float:
        return self.both / self.reported if self.reported else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.labelled if self.labelled else 1.0


class FirstRun(NamedTuple):
    """What a rule said of the held-out questions at first, and those on which it disagreed with the reviewer."""

    measure: Measure
    not_labelled: tuple[str, ...]
    missed: tuple[str, ...]


@cache
def measured(root: Path = LABELLED) -> dict[str, Measure]:
    """Each rule that the reviewer or `check` names in a labelled bank, in the order of the rules."""
    bank = read_bank(root).bank
    assert bank is not None
    reported = {(problem.code, problem.item) for problem in check(bank)}
    named = {(label.rule, label.item) for labels in labelled(root).values() for label in labels}
    found = {}
    for rule in rules():
        ours = {item for code, item in reported if code == rule}
        theirs = {item for code, item in named if code == rule}
        if ours or theirs:
            found[rule] = Measure(len(theirs), len(ours), len(ours & theirs))
    return found


@cache
def first_run(root: Path) -> dict[str, FirstRun]:
    """What was written down when held-out questions were checked for the first time."""
    table = tomllib.loads((root / "first_run.toml").read_text(encoding="utf-8"))
    return {
        code: FirstRun(
            Measure(row["labelled"], row["reported"], row["both"]),
            tuple(row.get("not_labelled", ())),
            tuple(row.get("missed", ())),
        )
        for code, row in table.items()
    }


def together(found: Mapping[str, Measure], severity: Severity) -> Measure:
    """The counts of all rules of a severity, added up."""
    of = [one for code, one in found.items() if rules()[code].severity == severity]
    return Measure(
        sum(one.labelled for one in of),
        sum(one.reported for one in of),
        sum(one.both for one in of),
    )


def text() -> str:
    """The whole page."""
    parts = [_TOP]
    for severity, heading in _HEADINGS.items():
        parts.append(f"## {heading}\n")
        parts += [page(rule) for rule in rules().values() if rule.severity == severity]
    clean = {item for item, labels in labelled(HELDOUT2).items() if not labels}
    alarmed = clean & {item for one in first_run(HELDOUT2).values() for item in one.not_labelled}
    head = _MEASURED.format(
        new=len(labelled(HELDOUT2)),
        held=len(labelled(HELDOUT)),
        mended=len(labelled()),
        clean=len(clean),
        alarmed=len(alarmed),
        rows="".join(_rows(_new_row, _first(HELDOUT2), measured(HELDOUT2))),
    )
    older = _rows(_older_row, _first(HELDOUT), measured(HELDOUT), measured())
    return "\n".join([*parts, head + _OLDER + "".join(older)])


def _first(root: Path) -> dict[str, Measure]:
    return {code: one.measure for code, one in first_run(root).items()}


def _rows(row: Callable[..., tuple[str, ...]], *tables: Mapping[str, Measure]) -> Iterator[str]:
    """A line of a table for each rule that was measured, and one for all of a severity."""
    nothing = Measure(0, 0, 0)
    for code in rules():
        if any(code in table for table in tables):
            yield _line(code, *row(*(table.get(code, nothing) for table in tables)))
    yield _line("**all errors**", *row(*(together(table, "error") for table in tables)))
    yield _line("**all warnings**", *row(*(together(table, "warning") for table in tables)))


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _new_row(first: Measure, today: Measure) -> tuple[str, ...]:
    return (*_counts(first), *_shares(first), *_shares(today))


def _older_row(first: Measure, today: Measure, mended: Measure) -> tuple[str, ...]:
    return (*_new_row(first, today), *_counts(mended), *_shares(mended))


def _counts(one: Measure) -> tuple[str, str]:
    return (
        (str(one.labelled), str(one.reported)) if one.labelled or one.reported else (_NONE, _NONE)
    )


def _shares(one: Measure) -> tuple[str, str]:
    precision = f"{one.precision:.2f}" if one.reported else _NONE
    recall = f"{one.recall:.2f}" if one.labelled else _NONE
    return precision, recall


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
