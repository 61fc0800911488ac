"""`quizgen draft`: a text to drafts of questions, each with its place and a stem to be written."""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from quizgen.bank import Reading
from quizgen.bank.names import name_from
from quizgen.bank.shapes import NAME
from quizgen.bank.writing import sources_text
from quizgen.checks.grounding.copied import Phrases
from quizgen.commands.declaring import declared, with_file
from quizgen.commands.documents import read_parts
from quizgen.commands.project import (
    BANK,
    Stop,
    add_project_option,
    find_project,
    read_project,
    write_files,
)
from quizgen.commands.report import count_of
from quizgen.drafting.admission import Place, Refused, file_text
from quizgen.drafting.drafters import Brought, Interrupted, bring, installed
from quizgen.drafting.program import ProgramError, ask
from quizgen.drafting.proposing import Proposal, Wish, propose
from quizgen.drafting.protocol import KINDS, Kind, Paragraph, Text
from quizgen.garbage import collector_at_rest
from quizgen.model import Bank, Document

DESCRIPTION = """\
Read a text (plain, Markdown or HTML) and propose drafts of questions: facts with
their paragraph and terms, a type for each, and wrong options. The stems are yours
to write; no sentence of the text is taken over. Drafts are used nowhere until you
delete "draft: true"."""

EXAMPLES = """\
examples:
  quizgen draft news.txt                                 print the drafts
  quizgen draft news.txt -o questions/drafts/news.yaml   write them, and declare the source
  quizgen draft news.html --limit 20 --kind year,money   the twenty most telling of these kinds
  quizgen draft notes.md --via "python ask_a_model.py"   have a program of yours draft

docs/drafting.md tells what is found, and what such a program reads and writes."""

_INTERRUPTED = 130
_SHOWN = 10
"""Refused drafts that are told of one by one."""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `draft`."""
    add_project_option(parser)
    parser.add_argument("text", type=Path, metavar="TEXT", help="a .txt, .md or .html file")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write to this file, which must be new"
    )
    parser.add_argument(
        "--source", metavar="NAME", help="what the bank calls the text (default: as its file)"
    )
    parser.add_argument(
        "--limit", type=_count, default=0, metavar="N", help="propose no more than N drafts"
    )
    parser.add_argument(
        "--kind",
        type=_kinds,
        action="extend",
        default=[],
        metavar="KIND",
        help=f"only of these kinds, with commas between them: {', '.join(KINDS)}",
    )
    parser.add_argument(
        "--seed", type=_count, default=1, metavar="N", help="another one: other wrong options"
    )
    parser.add_argument(
        "--via",
        metavar="COMMAND",
        help="have this program draft: JSON to its input and from its output",
    )
    parser.add_argument(
        "--seconds",
        type=_count,
        default=120,
        metavar="N",
        help="how long it may take (default: 120)",
    )


def run(args: Namespace) -> int:
    """Draft; 1 where the author must declare the source."""
    project = _project(args)
    if args.output is not None:
        _refuse_useless(args.output, project)
    text = _text(args, project)
    bank = _declaring(project, text.document, _file_of(args.text, project))
    place = Place(
        bank=bank,
        root=project.root,
        taken=frozenset(project.reading.origin.items if project.reading else ()),
        phrases=Phrases(paragraph.text for paragraph in text.paragraphs),
    )
    with collector_at_rest():
        brought = _brought(args, text)
        wish = Wish(kinds=tuple(args.kind), limit=args.limit, seed=args.seed)
        proposal = propose(brought, text, place, wish)
    _tell_of_troubles(brought.troubles, proposal.refused)
    if not proposal.admitted:
        raise Stop(f"Nothing to ask for was found in {args.text}; nothing was written.", code=1)
    head = _head(args, project)
    written = file_text(proposal.admitted, text.document, head, place.phrases)
    if args.output is None:
        sys.stdout.write(written)
    return _finish(args, project, proposal, written, bank.documents[-1])


class _Project(NamedTuple):
    """The project that drafts are for, or none: then they are printed for whoever wants them."""

    root: Path
    reading: Reading | None

    @property
    def declares(self) -> dict[str, str]:
        """The names of its documents, each with the file of its text, if it has one."""
        bank = self.reading.bank if self.reading else None
        return {document.name: document.file for document in bank.documents} if bank else {}


def _project(args: Namespace) -> _Project:
    try:
        root = find_project(args.project)
    except Stop:
        if args.project is not None:
            raise
        return _Project(Path(), None)
    reading = read_project(root)
    if reading.bank is None:
        raise Stop("The project here has no sound bank.yaml; mend it first: quizgen check", code=1)
    return _Project(root, reading)


def _text(args: Namespace, project: _Project) -> Text:
    name = args.source or name_from((args.text.stem,), set(), "text")
    if not NAME.fullmatch(name):
        raise Stop(
            f'"{name}" is no name of a source. Write --source with letters, digits and hyphens.'
        )
    language = project.reading.bank.language if project.reading and project.reading.bank else "en"
    paragraphs = tuple(
        Paragraph(number=number, text=part.text, role=part.role)
        for number, part in enumerate(read_parts(args.text), start=1)
    )
    return Text(document=name, paragraphs=paragraphs, language=language)


def _file_of(path: Path, project: _Project) -> str:
    """The path of the text from the project's folder; "" where it lies elsewhere."""
    root = project.root.resolve()
    is_there = project.reading is not None and path.resolve().is_relative_to(root)
    return path.resolve().relative_to(root).as_posix() if is_there else ""


def _declaring(project: _Project, name: str, file: str) -> Bank:
    """The bank with nothing but what drafts are read by, the text's document the last of its own.

    That has the file of the text where the bank names none.
    """
    bank = project.reading.bank if project.reading else None
    known = {document.name: document for document in bank.documents} if bank else {}
    title = name.replace("-", " ").replace("_", " ").strip().capitalize() or name
    document = known.pop(name, Document(name=name, title=title))
    document = replace(document, file=document.file or file)
    of_others = Bank(name="drafts", title="Drafts") if bank is None else bank
    return replace(
        of_others, documents=(*known.values(), document), items=(), passages=(), quizzes=()
    )


def _brought(args: Namespace, text: Text) -> Brought:
    try:
        brought = bring(installed(), text)
    except Interrupted as interrupt:
        print(file=sys.stderr)  # a terminal has ^C in this line
        raise Stop(f"{interrupt} Nothing was drafted.", code=_INTERRUPTED) from interrupt
    if args.via is None:
        return brought
    try:
        answered = ask(args.via, text, brought.facts, limit=args.limit, seconds=args.seconds)
    except ProgramError as error:
        raise Stop(f"{error} Nothing was drafted.", code=1) from error
    return Brought(answered.facts, answered.drafts, (*brought.troubles, *answered.troubles))


# --- What is written -----------------------------------------------------------------------------


def _refuse_useless(path: Path, project: _Project) -> None:
    """Stop before a file is overwritten, or written where no question is read from."""
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise Stop(f"{path} would not be read as questions. Give it a name that ends in .yaml.")
    if os.path.lexists(path):  # a link that leads nowhere is something as well
        raise Stop(f"{path} is there already; nothing was changed. Give another name.", code=1)
    if project.reading is None:
        return
    folder = (project.root / "questions").resolve()
    if not path.resolve().is_relative_to(folder):
        better = os.path.relpath(project.root / "questions" / path.name)
        raise Stop(
            f"{path} is not below questions/, where questions are read. Give -o {Path(better).as_posix()}, "
            "or print the drafts, without -o."
        )
    if any(part.startswith(".") for part in path.resolve().relative_to(folder).parts):
        raise Stop(f"{path} is hidden, so that its questions are not read. Give another name.")


def _head(args: Namespace, project: _Project) -> str:
    schema = (project.root / "questions" / "quizgen.schema.json").resolve()
    line = ""
    if args.output is not None and project.reading is not None and schema.is_file():
        where = os.path.relpath(schema, args.output.resolve().parent)
        line = f"# yaml-language-server: $schema={Path(where).as_posix()}\n"
    name = "".join(c for c in args.text.name if c.isprintable())
    return (
        f"{line}# Drafts from {name}. They are used nowhere until they are questions:\n"
        "# write the stem in words of your own, delete draft: true, run quizgen check.\n"
    )


def _finish(
    args: Namespace, project: _Project, proposal: Proposal, written: str, document: Document
) -> int:
    """Write the files, and say what was made; 1 where bank.yaml was left to the author."""
    out = sys.stderr if args.output is None else sys.stdout
    is_ours = args.output is not None and project.reading is not None
    is_new = project.reading is not None and document.name not in project.declares
    settings = None
    lacks_file = document.file != project.declares.get(document.name, document.file)
    if is_ours and (is_new or lacks_file):
        write = declared if is_new else with_file
        settings = write((project.root / BANK).read_bytes(), document)
    if args.output is not None:
        files = {str(args.output.absolute()): written.encode()}
        if settings is not None:
            files[str((project.root / BANK).absolute())] = settings
        write_files(Path(), files)
        print(f"Wrote {args.output}", file=out)
    print(_summary(proposal), file=out)
    if settings is not None and not is_new:
        print(
            f'{BANK.as_posix()} now says that the text of "{document.name}" is {document.file}.',
            file=out,
        )
    elif settings is not None:
        print(
            f'{BANK.as_posix()} now names the source "{document.name}"; mend its title there.',
            file=out,
        )
    elif is_new:
        print(
            f'{BANK.as_posix()} names no source "{document.name}" yet. Write there, under sources:\n'
            f"{sources_text([document])}".rstrip(),
            file=out,
        )
        return int(is_ours)
    elif is_ours and lacks_file:
        print(
            f"{BANK.as_posix()} does not say where the text is. Write there, at "
            f'"{document.name}" under sources, file: {document.file}, so that check reads it.',
            file=out,
        )
    return 0


def _summary(proposal: Proposal) -> str:
    counts = proposal.counts
    kinds = [count_of(counts[kind], noun) for kind, noun in _NOUNS.items() if counts[kind]]
    kinds += [f"{counts['other']} of no kind"] if counts["other"] else []
    return f"{count_of(len(proposal.admitted), 'draft')}: {', '.join(kinds)}."


_NOUNS: dict[str, str] = {
    "year": "year", "date": "date", "number": "number", "money": "sum", "share": "share",
    "name": "name", "acronym": "acronym", "definition": "definition", "list": "list", "order": "order",
}  # fmt: skip


def _tell_of_troubles(troubles: tuple[str, ...], refused: tuple[Refused, ...]) -> None:
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    for one in refused[:_SHOWN]:
        print(f'Left out, paragraph {one.paragraph}, "{one.said}": {one.reason}', file=sys.stderr)
    if len(refused) > _SHOWN:
        print(f"Left out as well: {len(refused) - _SHOWN} more.", file=sys.stderr)


# --- Arguments -----------------------------------------------------------------------------------


def _count(word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) < 10 and int(word)):
        raise ArgumentTypeError(f'"{word}" is no whole number from 1 on')
    return int(word)


def _kinds(words: str) -> list[Kind]:
    by_name: dict[str, Kind] = {kind: kind for kind in KINDS}
    found = []
    for word in words.split(","):
        if word.strip() not in by_name:
            raise ArgumentTypeError(
                f'there is no kind "{word.strip()}"; there are {", ".join(KINDS)}'
            )
        found.append(by_name[word.strip()])
    return found
