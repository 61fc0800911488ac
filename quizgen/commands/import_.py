"""`quizgen import`: a deck of Anki's back into question files."""

import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from quizgen.bank import Reading, read_bank
from quizgen.bank.shapes import NAME
from quizgen.bank.writing import settings_text
from quizgen.commands.import_summary import Summary, as_row, print_summary
from quizgen.commands.init import FILES, bank_name
from quizgen.commands.project import BANK, Stop, write_files
from quizgen.commands.report import print_json
from quizgen.commands.returned import Change, returned
from quizgen.commands.schema import schema_text
from quizgen.imports.anki import (
    MissingLibrary,
    Package,
    PackageError,
    Press,
    Target,
    banks_in,
    read,
)
from quizgen.imports.files import question_files
from quizgen.imports.imported import Imported, comments
from quizgen.model import Bank, Document, Topic
from quizgen.outputs.anki import Lock, read_lock, write_lock
from quizgen.outputs.anki.identity import guid
from quizgen.outputs.anki.lock import FILE as LOCK
from quizgen.outputs.anki.texts import rich
from quizgen.outputs.template import TemplateFault, Templates
from quizgen.problem import has_errors

DESCRIPTION = """\
Make question files of an Anki deck (.apkg of any version of Anki): into the project
here, or into a new one. A deck that quizgen built comes back as it was, so that the
next build updates the same cards; of other decks, notes become cards, typed answers,
clozes and choices. What could not be said in a question is listed. Scheduling is
left out."""

EXAMPLES = """\
examples:
  quizgen import spanish.apkg -C spanish   a project in the folder spanish
  quizgen import spanish.apkg              into the project here, or start one here
  quizgen import spanish.apkg --json       what was done, for a program

Nothing that is there is overwritten; --force does so with files of the same name."""

_NAMED = 5
"""How many files a sentence names."""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `import`."""
    parser.add_argument("deck", type=Path, metavar="DECK", help="the .apkg file")
    parser.add_argument(
        "-C",
        "--project",
        metavar="FOLDER",
        type=Path,
        help="the project's folder, new or not (default: the project here, else this folder)",
    )
    parser.add_argument(
        "--bank",
        metavar="NAME",
        help="the bank's name: of a new one, or which one of a deck that holds several",
    )
    parser.add_argument(
        "--force", action="store_true", help="overwrite question files of the same name"
    )
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def run(args: Namespace) -> int:
    """Import; 1 where what was written has errors that the author must mend."""
    root = args.project or _project_here()
    try:
        file = args.deck.open("rb")
    except OSError as error:
        raise Stop(f"Cannot read {args.deck}: {error.strerror}.") from error
    with file:
        try:
            summary = _Import(root, args).of(Package(file))
        except PackageError as error:
            raise Stop(f"{args.deck} was not imported. {error}") from error
        except MissingLibrary as error:
            raise Stop(
                f"{args.deck} needs one more library to be read. Install it with: "
                "pip install 'quizgen[import]'"
            ) from error
        except TemplateFault as fault:
            raise Stop(f"{fault} Mend it, or delete it to use quizgen's own.", code=1) from fault
    if args.json:
        print_json(as_row(summary))
    else:
        print_summary(summary, args.deck, root)
    return int(has_errors(summary.problems) or bool(summary.topics or summary.sources))


def _project_here() -> Path:
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / BANK).is_file()), Path())


def _texts(imported: Imported) -> Mapping[str, str]:
    """The files of questions; those of another program apart from what there may be."""
    its = comments(imported.remarks)
    return question_files(imported.bank, its, apart=not imported.own)


class _Import:
    """One deck on its way into one project."""

    def __init__(self, root: Path, args: Namespace) -> None:
        self._root = root
        self._deck: Path = args.deck
        self._bank: str | None = args.bank
        self._force: bool = args.force
        self._templates = Templates(root)
        self._press = Press(
            rich=rich,
            guid=guid,
            words=lambda language: self._templates.words("anki", language),
        )
        self._reading = read_bank(root) if (root / BANK).exists() else None

    def of(self, package: Package) -> Summary:
        """Write the files of the deck, all or none, and say what was done."""
        name = self._name(banks_in(package.collection, self._press))
        imported = self._imported(package, name)
        if not imported.bank.items:
            raise Stop(f"{self._deck} holds no note that a question could be made of.")
        texts = _texts(imported)
        self._refuse_to_overwrite(texts)
        files = {path: text.encode() for path, text in texts.items()}
        files |= {f"questions/{path}": data for path, data in imported.media.items()}
        files = {**self._new_project(imported), **files}
        topics = self._topics_to_add(imported)
        sources = self._sources_to_add(imported)
        reading = self._read_back(files, topics, sources)
        changes: tuple[Change, ...] = ()
        if imported.own and reading.bank is not None and not has_errors(reading.problems):
            changes, lock = returned(
                reading.bank, imported.media, package.collection.notes, self._root
            )
            files |= self._lock(lock)
        write_files(self._root, files)
        return Summary(
            imported=imported,
            files=tuple(files),
            problems=reading.problems,
            changes=changes,
            topics=topics,
            sources=sources,
        )

    # --- Which bank ------------------------------------------------------------------------------

    def _name(self, banks: tuple[str, ...]) -> str:
        """The name of the bank that the questions are for."""
        there = self._name_there()
        if self._bank is not None and not (
            NAME.fullmatch(self._bank) and self._bank == self._bank.lower()
        ):
            raise Stop(
                "The name of a bank is of small letters, digits and hyphens: --bank my-course"
            )
        if there and self._bank not in (None, there):
            raise Stop(f'The project is of the bank "{there}"; leave out --bank.')
        wanted = there or self._bank
        if wanted and banks and wanted not in banks:
            raise Stop(
                f'The deck is of the bank "{banks[0]}" and not of "{wanted}". Its cards stay the '
                f"same only there: quizgen import {self._deck} -C {banks[0]}"
            )
        if wanted is None and len(banks) > 1:
            raise Stop(
                f"The deck holds several banks. Choose one: --bank {' or --bank '.join(banks)}"
            )
        return wanted or next(iter(banks), None) or bank_name(Path(self._deck.stem))

    def _name_there(self) -> str:
        if self._reading is None:
            return ""
        if self._reading.bank is None or has_errors(self._reading.problems):
            raise Stop("The project here has errors; mend them first: quizgen check", code=1)
        return self._reading.bank.name

    # --- What is there ---------------------------------------------------------------------------

    def _imported(self, package: Package, name: str) -> Imported:
        title = " ".join(self._deck.stem.replace("_", " ").split()) or name
        there = self._reading.bank if self._reading else None
        target = Target(bank=name, title=title, there=self._medium_there)
        if there is None:
            return read(package, target, self._press)
        target = target._replace(documents=there.documents)
        gone: Mapping[str, str] = {}
        if self._force:
            gone = _texts(read(package, target, self._press))
        return read(package, target._replace(ids=self._ids(there, gone)), self._press)

    def _ids(self, there: Bank, gone: Mapping[str, str]) -> frozenset[str]:
        """The ids that the project has, but for those in files that are to be overwritten."""
        places = self._reading.origin.items if self._reading else {}
        names = [one.id for one in (*there.items, *there.passages)]
        return frozenset(
            name for name in names if name not in places or places[name].file not in gone
        )

    def _medium_there(self, path: str) -> bytes | None:
        file = self._root / "questions" / path
        return file.read_bytes() if file.is_file() else None

    def _refuse_to_overwrite(self, texts: Mapping[str, str]) -> None:
        there = [path for path in texts if (self._root / path).exists()]
        if there and not self._force:
            named = ", ".join(str(self._root / path) for path in there[:_NAMED])
            others = f" and {len(there) - _NAMED} more" if len(there) > _NAMED else ""
            are = "are" if len(there) > 1 else "is"
            raise Stop(
                f"{named}{others} {are} there already; nothing was changed. "
                "To overwrite, add --force.",
                code=1,
            )

    # --- What is written -------------------------------------------------------------------------

    def _new_project(self, imported: Imported) -> dict[str, bytes]:
        """The files of a project beside its questions, where there is none yet."""
        if self._reading is not None:
            return {}
        plain = {name: source for name, source in FILES.items() if name != "questions/general.yaml"}
        files = {
            BANK.as_posix(): settings_text(imported.bank).encode(),
            "questions/quizgen.schema.json": schema_text().encode(),
            **{name: Templates().source(source).encode() for name, source in plain.items()},
        }
        return {name: data for name, data in files.items() if not (self._root / name).exists()}

    def _lock(self, lock: Lock) -> dict[str, bytes]:
        """The lock file with a line for each note of ours; the lines that are there stay."""
        path = self._root / LOCK
        text = path.read_text(encoding="utf-8-sig", errors="replace") if path.exists() else ""
        there, problems = read_lock(text)
        entries = {**lock.entries, **there.entries}
        if problems or entries.keys() == there.entries.keys():
            return {}
        return {LOCK: write_lock(Lock(bank=lock.bank, entries=entries, found=True)).encode()}

    def _topics_to_add(self, imported: Imported) -> tuple[Topic, ...]:
        """The topics of questions that the project, which declares its own, does not know."""
        there = self._reading.bank.topics if self._reading and self._reading.bank else ()
        known = {"", *(topic.name for topic in there)}
        found = dict.fromkeys(item.topic for item in imported.bank.items)
        return tuple(Topic(name=name) for name in found if there and name not in known)

    def _sources_to_add(self, imported: Imported) -> tuple[Document, ...]:
        """The documents that questions cite and that the project's own settings do not declare."""
        there = self._reading.bank if self._reading else None
        if there is None:
            return ()
        known = {document.name for document in there.documents}
        cited = {item.source.document for item in imported.bank.items if item.source}
        return tuple(one for one in imported.bank.documents if one.name in cited - known)

    def _read_back(
        self,
        files: Mapping[str, bytes],
        topics: tuple[Topic, ...],
        sources: tuple[Document, ...],
    ) -> Reading:
        """What is read of the files, with the settings of the project that they go to.

        The author is asked for these `topics` and `sources` by themselves, and not in each question.
        """
        there = self._reading.bank if self._reading else None
        if there is not None:
            documents = (*there.documents, *sources)
            its = replace(there, topics=(*there.topics, *topics), documents=documents)
            files = {BANK.as_posix(): settings_text(its).encode(), **files}
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            write_files(Path(folder), files)
            return read_bank(Path(folder))
