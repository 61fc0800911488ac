"""What a grading hands back beyond the gradebook: the report on the questions, pages for students."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from secrets import token_hex

from quizgen.commands.missed import decks_of
from quizgen.commands.printed import read_folder, read_media
from quizgen.commands.project import Stop
from quizgen.grading.analysis import analyze, columns_of
from quizgen.grading.classlist import same_student
from quizgen.grading.marking import Results
from quizgen.model import Analysis, Edition, Frozen, Returned
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


class ForStudent(Frozen, frozen=True, kw_only=True):
    """The page and the deck of one paper, by their paths; empty where there is none."""

    student: str
    name: str
    page: str = ""
    deck: str = ""


class Returns(Frozen, frozen=True, kw_only=True):
    """What goes back to students: files by their path from the folder of results, and whose each is.

    `gone` are files of before that are nobody's any more: decks of students who now have missed
    nothing, all of those without a paper. `problems` say what could not be given.
    """

    files: Mapping[str, bytes] = {}
    students: tuple[ForStudent, ...] = ()
    gone: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Back(Frozen, frozen=True, kw_only=True):
    """What is asked for: pages that say what was answered, decks of what was missed."""

    pages: bool = False
    decks: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether anything is."""
        return self.pages or self.decks


def returns_of(
    edition: Edition,
    results: Results,
    papers: Sequence[Returned],
    printed: Path,
    folder: Path,
    back: Back,
) -> Returns:
    """What is asked for, for each paper, under a name that nobody guesses; and who has which.

    `printed` is the edition's folder, `folder` that of its results. A student keeps the name of
    before, so that a link that was handed out stays good. Raises Stop where a template of the
    project cannot be used.
    """
    if not back.is_asked:
        return Returns()
    found = read_folder(printed.resolve(), printed.as_posix())
    media, problems = read_media(printed, found, edition)
    listed = _listed(folder / FEEDBACK)
    known = dict(reversed(listed))
    names = [known.pop(same_student(paper.student), "") or token_hex(16) for paper in papers]
    pages: Sequence[bytes] = ()
    decks: Sequence[bytes | None] = ()
    try:
        if back.pages:
            feedback = Feedback(edition, Templates(_project(folder)), media)
            pages = [feedback.page(paper) for paper in papers]
        if back.decks:
            decks, told = decks_of(edition, results, papers, media, _project(folder))
            problems += told
    except TemplateFault as fault:
        raise Stop(str(fault), code=1) from fault
    files = {_page(name): data for name, data in zip(names, pages, strict=False)}
    files |= {_deck(name): data for name, data in zip(names, decks, strict=False) if data}
    without = [_deck(name) for name, data in zip(names, decks, strict=False) if data is None]
    left = [path(name) for _, name in listed if name not in names for path in (_page, _deck)]
    gone = tuple(path for path in dict.fromkeys((*without, *left)) if (folder / path).is_file())

    def there(path: str) -> str:
        has_it = path in files or (path not in gone and (folder / path).is_file())
        return path if has_it else ""

    students = tuple(
        ForStudent(
            student=paper.student, name=paper.name, page=there(_page(name)), deck=there(_deck(name))
        )
        for paper, name in zip(papers, names, strict=True)
    )
    rows = [("student", "name", "file", "deck")]
    rows += [(one.student, one.name, one.page, one.deck) for one in students]
    files[FEEDBACK] = write_sheet(rows)
    return Returns(files=files, students=students, gone=gone, problems=problems)


FEEDBACK = "feedback.csv"
_FILE = re.compile(r"feedback/([0-9a-f]{32})\.(?:html|apkg)")


def _project(folder: Path) -> Path:
    return folder.parent.parent


def _page(name: str) -> str:
    return f"feedback/{name}.html"


def _deck(name: str) -> str:
    return f"feedback/{name}.apkg"


def _listed(path: Path) -> list[tuple[str, str]]:
    """Whose files had which name, by `same_student`; none where the list cannot be read."""
    if not path.is_file():
        return []
    rows = read_sheet(path.read_bytes(), str(path)).rows
    cells = [[cell.removeprefix("'") for cell in row.cells] for row in rows]
    found = [
        (same_student(row[0]), match[1])
        for row in cells
        for file in row[2:4]
        if (match := _FILE.fullmatch(file))
    ]
    return list(dict.fromkeys(found))
