"""The sheets that answers are filled into: how they are made, and which of them is marked.

One without names stands beside the manifest. Where a class was dealt its forms, one with ids, names
and forms stands in `results/`, since all of these may be personal.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from quizgen.commands.handing import RESULTS, Handing
from quizgen.commands.printed import MANIFEST, PRINTED, RESPONSES
from quizgen.commands.project import Stop
from quizgen.core.columns import columns
from quizgen.grading.classlist import same_student
from quizgen.grading.heads import read_head
from quizgen.grading.responses import ABSENT
from quizgen.model import Form
from quizgen.sheet import read_sheet, write_sheet


def blank_sheet(forms: Sequence[Form]) -> bytes:
    """A sheet to fill in: its heading alone, a column for each answer."""
    heading = ["student", "form", *(column.heading for column in columns(forms))]
    return (",".join(heading) + "\r\n").encode()


def class_sheet(forms: Sequence[Form], handing: Handing) -> bytes:
    """A sheet with a row for each student of the class: id, name and the form that they got.

    It is parted as the class list is, so that the same spreadsheet opens it.
    """
    dealt = handing.dealt(len(forms))
    heading = [column.heading for column in columns(forms)]
    rows = [["student", "name", "form", *heading]]
    for student in handing.students:
        form = forms[dealt[same_student(student.id)].form]
        rows.append([student.id, student.name, form.letter, *("" for _ in heading)])
    return write_sheet(rows, handing.delimiter)


class Sources(NamedTuple):
    """The folder of an edition, and the files of responses that are marked by it."""

    folder: Path
    files: tuple[Path, ...]


def sources_of(named: Sequence[Path]) -> Sources:
    """What the paths on the command line mean: folders of editions, their results, files.

    The first tells the edition. A folder stands for its sheet of responses, unless files are named
    besides and nothing was entered there. Raises Stop where that is no edition or there are
    several, and where answers stand in two sheets of one.
    """
    folder = _edition_of(named[0])
    if not (folder / MANIFEST).is_file():
        raise Stop(_no_edition(named[0]))
    for path in named[1:]:
        other = _edition_of(path)
        is_edition = (other / MANIFEST).is_file()
        if is_edition and not other.samefile(folder):
            raise Stop(f"{path} is of another edition than {folder}. Mark each edition by itself.")
        if path.is_dir() and not is_edition:
            raise Stop(
                f"{path} is a folder, but of no edition. Name the files in it that are to be marked."
            )
    folders = [path for path in named if path.is_dir() or path.name == MANIFEST]
    files = [path for path in named if path not in folders]
    own = [_sheet_of(_edition_of(path)) for path in folders]
    entered = [path for path in own if not files or has_answers(path)]
    return Sources(folder, (*dict.fromkeys(entered), *files))


def _no_edition(path: Path) -> str:
    """Why nothing can be marked by this path, and what to write instead."""
    editions = _editions()
    if path.is_file():
        wrong = f"{path} lies beside no {MANIFEST}, so its edition is not known."
    elif path.is_dir():
        wrong = f"There is no {MANIFEST} in {path}."
    else:
        wrong = f"There is no file or folder {path}."
    if not editions:
        make = "make one with quizgen freeze QUIZ before the papers are handed out"
        return f"{wrong} Only an edition is marked: {make}."
    if path.is_file():
        return f"{wrong} Name that first: quizgen grade {editions[0]} {path}"
    return f"{wrong} The editions here are: {', '.join(map(str, editions[:8]))}."


def _editions() -> list[Path]:
    """The folders of editions in the nearest project that has any."""
    here = Path.cwd()
    for base in (here, *here.parents):
        if found := sorted(path.parent for path in (base / PRINTED).glob(f"*/{MANIFEST}")):
            return [_shown(path) for path in found]
    return []


def has_answers(path: Path) -> bool:
    """Whether anything was entered into a sheet, if only that somebody was absent.

    A file that cannot be read, such as a workbook, may hold answers, and so is to be told.
    """
    if not path.is_file():
        return False
    sheet = read_sheet(path.read_bytes(), str(path))
    if not sheet.rows:
        return any(problem.code != "empty_file" for problem in sheet.problems)
    known = read_head(sheet, 0).columns
    told = {column for name, column in known.items() if name in ("student", "name", "form")}
    form = known.get("form", -1)
    return any(
        cell.strip() and (column not in told or (column == form and cell.casefold() in ABSENT))
        for row in sheet.rows[1:]
        for column, cell in enumerate(row.cells)
    )


def _edition_of(path: Path) -> Path:
    """The folder of the edition that a path belongs to: its own or, from `results/`, its twin."""
    folder = path if path.is_dir() else path.parent
    whole = folder.resolve()
    twin = whole.parent.parent / PRINTED / whole.name
    if whole.parent.name == RESULTS and (twin / MANIFEST).is_file():
        return _shown(twin)
    return folder


def _sheet_of(folder: Path) -> Path:
    """The sheet into which the answers of an edition are entered."""
    beside = folder / RESPONSES
    whole = folder.resolve()
    of_class = _shown(whole.parent.parent / RESULTS / whole.name / RESPONSES)
    if whole.parent.name != PRINTED or not of_class.is_file():
        return beside
    if has_answers(beside) and has_answers(of_class):
        raise Stop(
            f"Answers stand in two sheets, {beside} and {of_class}. Put them into one and delete "
            "the rows of the other, or name the files to be marked."
        )
    return beside if has_answers(beside) else of_class


def _shown(path: Path) -> Path:
    """The path from the working folder, where it lies below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
