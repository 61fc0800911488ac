"""What a grading hands back beyond the gradebook: the report on the questions, pages for students."""

import re
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from quizgen.commands.printed import read_folder, read_media
from quizgen.commands.project import Stop
from quizgen.grading.analysis import analyze, columns_of
from quizgen.grading.classlist import same_student
from quizgen.grading.marking import Results
from quizgen.grading.returning import returned
from quizgen.model import Analysis, Edition, GradeBand
from quizgen.outputs import analysis as report
from quizgen.outputs.feedback import Feedback
from quizgen.outputs.template import TemplateFault, Templates
from quizgen.problem import Problem
from quizgen.sheet import Delimiter, read_sheet, write_sheet


def analysis_files(
    edition: Edition, results: Results, root: Path, folder: str, delimiter: Delimiter
) -> tuple[Analysis, Mapping[str, bytes]]:
    """The analysis of a grading, and its report. Raises Stop where a project's template cannot be used."""
    found = analyze(*columns_of(results))
    try:
        built = report.build(edition, found, Templates(root), folder, delimiter)
    except TemplateFault as fault:
        raise Stop(str(fault), code=1) from fault
    return found, built.files


def feedback_files(
    edition: Edition,
    results: Results,
    bands: Sequence[GradeBand],
    names: Mapping[str, tuple[str, str]],
    printed: Path,
    folder: Path,
) -> tuple[Mapping[str, bytes], tuple[Problem, ...]]:
    """A page for each paper under a name that nobody guesses, and the list of who has which.

    `printed` is the edition's folder, `folder` that of its results. A student keeps the name of
    before, so that a link that was handed out stays good. Paths are relative to `folder`.
    """
    found = read_folder(printed.resolve(), printed.as_posix())
    media, problems = read_media(printed, found, edition)
    known = _known_files(folder / FEEDBACK)
    rows = [["student", "name", "file"]]
    files: dict[str, bytes] = {}
    try:
        feedback = Feedback(edition, Templates(_project(folder)), media)
        for paper in returned(results, edition.forms, bands, names):
            same = same_student(paper.student)
            file = known.pop(same, "") or f"feedback/{secrets.token_hex(16)}.html"
            files[file] = feedback.page(paper)
            rows.append([paper.student, paper.name, file])
    except TemplateFault as fault:
        raise Stop(str(fault), code=1) from fault
    files[FEEDBACK] = write_sheet(rows)
    return files, problems


FEEDBACK = "feedback.csv"
_FILE = re.compile(r"feedback/[0-9a-f]{32}\.html")


def _project(folder: Path) -> Path:
    return folder.parent.parent


def _known_files(path: Path) -> dict[str, str]:
    """The file that each student has had; none where the list cannot be read."""
    if not path.is_file():
        return {}
    rows = read_sheet(path.read_bytes(), str(path)).rows
    cells = [[cell.removeprefix("'") for cell in row.cells] for row in rows]
    return {
        same_student(row[0]): row[2] for row in cells if len(row) > 2 and _FILE.fullmatch(row[2])
    }
