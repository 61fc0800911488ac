"""A document written into `bank.yaml` under `sources`; nothing else in the file changes."""

import re
from codecs import BOM_UTF8
from pathlib import Path

from msgspec.structs import replace

from quizgen.bank.layout import mapping
from quizgen.bank.origin import BANK_FILE
from quizgen.bank.parsing import parse
from quizgen.bank.writing import sources_text
from quizgen.model import Bank, Document

_END = re.compile(r"\r\n|\r|\n")
_SOURCES = re.compile(r"(?:^|(?<=[\r\n]))sources:[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n]|\Z)")
_NEXT = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*(?P<indent>[ \t]+)[^\s#]")


def declared(data: bytes, document: Document) -> bytes | None:
    """The bytes of bank.yaml with the document in them; None where that cannot be said for certain.

    It then reads as before but for the document. Its byte order mark and the ends of its lines stay.
    """
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    try:
        text = data.removeprefix(mark).decode()
    except UnicodeDecodeError:
        return None
    new = mark + _with(text, document).encode()
    return new if _is_same_but_for(data, new, document) else None


def with_file(data: bytes, document: Document) -> bytes | None:
    """The bytes of bank.yaml in which the document that it declares has its `file` as well; None
    where that cannot be said for certain. It then reads as before but for that.
    """
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    try:
        text = data.removeprefix(mark).decode()
    except UnicodeDecodeError:
        return None
    for declaration in _declarations(document.name).finditer(text):
        new = mark + _with_field(text, declaration, document.file).encode()
        if _is_same_but_for(data, new, document):
            return new
    return None


def _declarations(name: str) -> re.Pattern[str]:
    """The line of a document below `sources`, its fields in braces or in the lines that follow."""
    return re.compile(
        rf"^(?P<indent>[ \t]+){re.escape(name)}:[ \t]*(?:\{{(?P<fields>[^\r\n]*)(?P<brace>\}})|(?P<below>(?:\r\n|\r|\n)(?P<deeper>[ \t]+)))",
        re.MULTILINE,
    )


def _with_field(text: str, declaration: re.Match[str], file: str) -> str:
    field = mapping({"file": file}).strip()
    if declaration["below"] is not None:
        at = declaration.end()
        end = declaration["below"].removesuffix(declaration["deeper"])
        return f"{text[:at]}{field}{end}{declaration['deeper']}{text[at:]}"
    at = declaration.start("brace")
    return f"{text[:at].rstrip()}, {field}{text[at:]}"


def _with(text: str, document: Document) -> str:
    """The text with the document first under `sources`, in lines that end as its own do."""
    first = _END.search(text)
    end = first.group() if first else "\n"
    lines = sources_text([document])
    found = _SOURCES.search(text)
    at = len(text) if found is None else found.end()
    if found is None:
        lines = f"sources:\n{lines}"
    elif after := _NEXT.match(text, at):
        lines = re.sub(r"^  ", after["indent"], lines, flags=re.MULTILINE)
    before = "" if not at or text[at - 1] in "\r\n" else end
    return f"{text[:at]}{before}{lines.replace(chr(10), end)}{text[at:]}"


def _is_same_but_for(data: bytes, new: bytes, document: Document) -> bool:
    before, after = _read(data), _read(new)
    if before is None or after is None:
        return False
    rest = tuple(one for one in after.documents if one.name != document.name)
    others = tuple(one for one in before.documents if one.name != document.name)
    return document in after.documents and replace(after, documents=rest) == replace(
        before, documents=others
    )


def _read(data: bytes) -> Bank | None:
    reading = parse(Path(), {BANK_FILE: data}, {})
    has_slips = any(problem.code != "no_questions" for problem in reading.problems)
    return None if has_slips else reading.bank
