"""`quizgen grade`: what students answered on paper becomes scores, by the edition they had."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from quizgen.bank.corrections import read_corrections
from quizgen.commands.answers import Sources, sources_of
from quizgen.commands.handing import DEALT, dealt_before
from quizgen.commands.handing import RESULTS as FOLDER
from quizgen.commands.printed import CORRECTIONS, MANIFEST
from quizgen.commands.project import Stop, add_project_option, find_project, write_files
from quizgen.commands.report import as_rows, count_of, counted, paint, print_json, print_problems
from quizgen.commands.returns import FEEDBACK, Back, Returns, analysis_files, returns_of
from quizgen.core.form import letter
from quizgen.core.manifest import read_manifest
from quizgen.garbage import collector_at_rest
from quizgen.grading.analysis import gravest_first
from quizgen.grading.attendance import attendance
from quizgen.grading.bands import band_of, read_bands
from quizgen.grading.cells import TRUTHS
from quizgen.grading.changes import changes
from quizgen.grading.classlist import read_class, same_student
from quizgen.grading.gradebook import (
    decimal,
    gradebook,
    read_record,
    record_of,
    write_record,
)
from quizgen.grading.marking import Results, mark
from quizgen.grading.responses import read_responses
from quizgen.grading.returning import returned
from quizgen.grading.scheme import Scheme, schemes_of
from quizgen.model import Analysis, Edition, Frozen, GradeBand, Revision
from quizgen.outputs.template import Templates
from quizgen.problem import Problem, has_errors
from quizgen.sheet import Sheet, read_sheet

DESCRIPTION = """\
Mark the papers of an edition that `quizgen freeze` made. RESPONSES is its folder, for the
responses.csv in it or in results/, or files besides: one row a student, as any
spreadsheet saves it.

    student,form,1,2,3,4
    s01,B,C,A D,1C 2A 3B,=1.5

One letter, all that apply, pairs, the places 3142, a word, a number. An empty cell is
a blank, =1.5 gives points by hand, which open answers and cards need. What cannot be
marked is named with its row and column, the rest is marked, and the exit code is 1.
The gradebook goes to results/QUIZ-EDITION/, which stays out of git, since it may hold
names. What is put right after the exam stands in corrections.yaml beside the manifest:

    corrections:
    - {item: baikal, date: 2026-11-30, reason: As deep., accept: Lake Tanganyika}
    - {item: dew, date: 2026-11-30, reason: Misprint., void: full}"""

EXAMPLES = """\
examples:
  quizgen grade printed/midterm-1                           the sheet of responses in it or in results/
  quizgen grade printed/midterm-1 --enter                   key rows such as B ACDB-A first
  quizgen grade printed/midterm-1 --class classes/7b.csv    with names: id,name
  quizgen grade printed/midterm-1 --bands "A:90 B:80 C:70"  with other grades
  quizgen grade printed/midterm-1 --feedback                a page for each student to give back
  quizgen grade printed/midterm-1 --missed                  and a deck for Anki of what each missed
  quizgen grade printed/midterm-1 7a.csv 7b.csv             files elsewhere, several as one"""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `grade`."""
    add_project_option(parser)
    parser.add_argument(
        "responses",
        nargs="+",
        type=Path,
        metavar="RESPONSES",
        help="the folder of the edition, which stands for its sheet of responses; files of responses",
    )
    parser.add_argument(
        "--class",
        dest="classes",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="a class list, id,name: names stand in the gradebook, and nobody is missed",
    )
    parser.add_argument(
        "--bands",
        type=_bands,
        metavar="GRADES",
        help='grades with the percentage each is given from, the best first: "A:90 B:80"',
    )
    parser.add_argument(
        "--enter",
        action="store_true",
        help="first add rows that are typed or piped: the form, then a mark for each question",
    )
    parser.add_argument(
        "--feedback",
        action="store_true",
        help="make a page for each student to give back: asked, answered, right, and why",
    )
    parser.add_argument(
        "--missed",
        action="store_true",
        help="make an Anki deck for each student of just what they missed",
    )
    parser.add_argument("--json", action="store_true", help="print what was marked as JSON")


def _bands(text: str) -> tuple[GradeBand, ...]:
    try:
        return read_bands(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


class Rules(Frozen, frozen=True, kw_only=True):
    """How the questions of an edition are marked today: its keys, and what was corrected since."""

    truths: Mapping[str, bool]
    revisions: tuple[Revision, ...]
    schemes: Mapping[str, Scheme]
    problems: tuple[Problem, ...]


class Graded(Frozen, frozen=True, kw_only=True):
    """All that a run has come to, for whoever prints it."""

    edition: Edition
    results: Results
    analysis: Analysis
    changes: tuple[str, ...]
    problems: tuple[Problem, ...]
    bands: tuple[GradeBand, ...]
    folder: str
    files: tuple[str, ...]
    returns: Returns


def run(args: Namespace) -> int:
    """Mark; 1 where anything could not be marked."""
    folder, paths = sources_of(args.responses)
    edition, problems = _edition(folder)
    if edition is None:
        return _refuse(problems, as_json=args.json)
    root = _root(folder, args.project)
    truths = _truths(root, edition.language)
    rules = _rules(folder, edition, truths)
    if has_errors(rules.problems):
        return _refuse((*problems, *rules.problems), as_json=args.json)
    if args.enter:
        from quizgen.commands.keying import enter_rows

        problems += enter_rows(paths[0], edition, rules.schemes, truths, sys.stdin)
    with collector_at_rest():
        graded = _graded(args, Sources(folder, paths), edition, root, rules)
    problems += graded.problems
    if args.json:
        print_json(_as_json(graded, problems))
    else:
        print_problems(problems, sys.stderr)
        _summary(graded, problems)
    return int(has_errors(problems))


def _refuse(problems: Sequence[Problem], *, as_json: bool) -> int:
    if as_json:
        print_json({"folder": None, "students": [], "problems": as_rows(problems)})
    else:
        print_problems(problems, sys.stderr)
        print(f"\n{counted(problems)}. Nothing was marked.", file=sys.stderr)
    return 1


# --- What is read --------------------------------------------------------------------------------


def _edition(folder: Path) -> tuple[Edition | None, tuple[Problem, ...]]:
    path = folder / MANIFEST
    return read_manifest(path.read_bytes(), str(path))


def _root(folder: Path, named: Path | None) -> Path:
    """The project that results go to: that of the folder `printed/` around the edition, else the nearest."""
    whole = folder.resolve()
    if named is None and whole.parent.name == "printed":
        return whole.parent.parent
    return find_project(named)


def _truths(root: Path, language: str) -> Mapping[str, bool]:
    """The words for true and false: those of the papers before any others."""
    words = Templates(root).words("paper", language)
    own = {str(words[name]).casefold(): name.startswith("true") for name in _TRUTH_WORDS}
    return {**TRUTHS, **own}


_TRUTH_WORDS = ("true", "false", "true_sign", "false_sign")


def _rules(folder: Path, edition: Edition, truths: Mapping[str, bool]) -> Rules:
    """How each question is marked, with all corrections; marks by half of them would be no one's."""
    path = folder / CORRECTIONS
    corrections = read_corrections(path.read_bytes() if path.exists() else b"", str(path))
    schemes, refused = schemes_of(edition.forms, corrections.revisions, truths)
    return Rules(
        truths=truths,
        revisions=corrections.revisions,
        schemes=schemes,
        problems=(*corrections.problems, *corrections.refused(refused)),
    )


def _sheet(path: Path) -> Sheet:
    if not path.exists():
        raise Stop(f"There is no file {path}.")
    return read_sheet(path.read_bytes(), str(path))


def _graded(
    args: Namespace,
    sources: Sources,
    edition: Edition,
    root: Path,
    rules: Rules,
) -> Graded:
    problems = [*rules.problems]
    sheets = [_sheet(path) for path in sources.files]
    folder = f"{FOLDER}/{edition.quiz.plan.id}-{edition.number}"
    handed = dealt_before(root / folder / DEALT)
    dealt = {student: letter(one.form) for student, one in handed.items()}
    responses = read_responses(sheets, edition.forms, dealt)
    results, unclear = mark(responses.papers, edition.forms, rules.schemes, rules.truths)
    problems += [*responses.problems, *unclear]
    classes = [read_class(_sheet(path)) for path in args.classes]
    students = [one for found in classes for one in found.students]
    names = {same_student(one.id): (one.id, one.name) for one in students}
    problems += [problem for found in classes for problem in found.problems]
    problems += attendance(students, responses.papers, str(sources.files[0]))
    bands = args.bands or edition.quiz.plan.bands
    record = record_of(edition.quiz.plan.id, edition.number, results, rules.revisions)
    scores = root / folder / "scores.json"
    before = read_record(scores.read_bytes()) if scores.exists() else None
    said = changes(before, record, rules.revisions, rules.schemes, edition.forms) if before else ()
    book = gradebook(results, edition.forms, bands, names, sheets[0].delimiter)
    analysis, report = analysis_files(edition, results, root, folder, sheets[0].delimiter)
    kept = {f"{folder}/gradebook.csv": book, f"{folder}/scores.json": write_record(record)}
    back = Back(pages=args.feedback, decks=args.missed)
    papers = tuple(returned(results, edition.forms, bands, names)) if back.is_asked else ()
    returns = returns_of(edition, results, papers, sources.folder, root / folder, back)
    problems += returns.problems
    files = {f"{folder}/{name}": data for name, data in returns.files.items()}
    files = {**kept, **report, **files}
    write_files(root, files)
    for name in returns.gone:
        (root / folder / name).unlink(missing_ok=True)
    return Graded(
        edition=edition,
        results=results,
        analysis=analysis,
        changes=said,
        problems=tuple(problems),
        bands=bands,
        folder=folder,
        files=tuple(files),
        returns=returns,
    )


# --- What is said --------------------------------------------------------------------------------


def _summary(graded: Graded, problems: Sequence[Problem]) -> None:
    out = sys.stdout
    edition, results = graded.edition, graded.results.results
    title = f"{edition.quiz.plan.title}, edition {edition.number}"
    finished = [one for one in results if one.total is not None]
    absent = sum(one.is_absent for one in results)
    away = f", {absent} absent" if absent else ""
    print(
        f"{paint(title, '1', out)}: {count_of(len(results) - absent, 'paper')}, "
        f"{len(finished)} finished{away}"
    )
    for scheme in graded.results.schemes.values():
        if scheme.void:
            print(f"  {_void(scheme)}")
    percents = [one.percent for one in finished if one.percent is not None]
    if percents:
        mean = sum(percents, Fraction(0)) / len(percents)
        low, high = decimal(min(percents), 1), decimal(max(percents), 1)
        print(f"  mean {decimal(mean, 1)} %, from {low} to {high} %")
        grades = Counter(band_of(percent, graded.bands) for percent in percents)
        if graded.bands:
            names = [*(band.name for band in graded.bands), ""]
            shown = [f"{name or 'below'} {grades[name]}" for name in names if name or grades[name]]
            print(f"  {', '.join(shown)}")
    still = [one for one in results if one.open and not one.is_absent]
    for one in still[:_SHOWN]:
        print(f"  not finished: {one.student or 'no name'}: {'; '.join(one.open)}")
    if len(still) > _SHOWN:
        print(f"  and {len(still) - _SHOWN} more; the gradebook names them all")
    if graded.changes:
        print("\nSince the last time:")
        for sentence in graded.changes:
            print(f"  {sentence}")
    print(
        f"\n  {paint(f'{graded.folder}/gradebook.csv', '1', out)}\n      Open it in a spreadsheet."
    )
    suspected = gravest_first(graded.analysis.items)
    first = ", ".join(f'"{one.item}"' for one in suspected[:3])
    print(
        f"  {paint(f'{graded.folder}/analysis.html', '1', out)}\n      "
        + (f"Look first at {first}." if first else "What the answers say of the questions.")
    )
    if graded.returns.files:
        print(f"  {paint(f'{graded.folder}/feedback/', '1', out)}")
        print(f"      {_given_back(graded.returns)}")
    if problems:
        print(f"\n{counted(problems)}.", file=sys.stderr)


def _given_back(returns: Returns) -> str:
    """What was made now, such as "30 pages and 28 Anki decks to give back, one a student"."""
    pages, decks = (
        sum(name.endswith(ending) for name in returns.files) for ending in (".html", ".apkg")
    )
    said = [
        *([count_of(pages, "page")] if pages else []),
        *([f"{count_of(decks, 'Anki deck')} of what was missed"] if decks else []),
    ]
    if not said:
        return "Nothing to give back yet."
    return f"{' and '.join(said)} to give back, one a student; {FEEDBACK} says whose is which."


_SHOWN = 10
"""Papers that are not finished, of which the summary says why."""


def _void(scheme: Scheme) -> str:
    if scheme.void == "drop":
        return f'"{scheme.item.id}" is dropped from every total.'
    return f'"{scheme.item.id}" gives full marks to all.'


def _as_json(graded: Graded, problems: Sequence[Problem]) -> dict[str, object]:
    return {
        "folder": graded.folder,
        "files": list(graded.files),
        "students": [
            {
                "student": one.student,
                "form": one.form,
                "total": None if one.total is None else str(one.total),
                "possible": str(one.possible),
                "grade": band_of(one.percent, graded.bands) or None,
                "open": list(one.open),
            }
            for one in graded.results.results
        ],
        "returned": [
            {
                "student": one.student,
                "feedback": f"{graded.folder}/{one.page}" if one.page else None,
                "deck": f"{graded.folder}/{one.deck}" if one.deck else None,
            }
            for one in graded.returns.students
        ],
        "changes": list(graded.changes),
        "problems": as_rows(problems),
    }
