"""A document written into `bank.yaml` under `sources`; nothing else in the file changes."""

import re
from pathlib import Path

from msgspec.structs import replace

from quizgen.bank.origin import BANK_FILE
from quizgen.bank.parsing import parse
from quizgen.bank.writing import sources_text
from quizgen.model import Bank, Document

_SOURCES = re.compile(r"^sources:[ \t]*(?:#.*)?$", re.MULTILINE)
_NEXT = re.compile(r"\n(?:[ \t]*(?:#.*)?\r?\n)*(?P<indent>[ \t]+)[^\s#]")


def declared(text: str, document: Document) -> str | None:
    """The text of bank.yaml with the document in it; None where that cannot be said for certain.

    It then reads as before but for the document.
    """
    lines = sources_text([document])
    found = _SOURCES.search(text)
    if found is None:
        end = "" if text.endswith("\n") or not text else "\n"
        new = f"{text}{end}sources:\n{lines}"
    else:
        after = _NEXT.match(text, found.end())
        indent = after["indent"] if after else "  "
        shifted = re.sub(r"^  ", indent, lines, flags=re.MULTILINE)
        at = text.find("\n", found.end()) + 1 or len(text)
        new = f"{text[:at]}{'' if at < len(text) or text.endswith(chr(10)) else chr(10)}{shifted}{text[at:]}"
    if "\r\n" in text:
        new = re.sub(r"\r?\n", "\r\n", new)
    return new if _is_same_but_for(text, new, document) else None


def _is_same_but_for(text: str, new: str, document: Document) -> bool:
    before, after = _read(text), _read(new)
    if before is None or after is None:
        return False
    rest = tuple(one for one in after.documents if one != document)
    return document in after.documents and replace(after, documents=rest) == before


def _read(text: str) -> Bank | None:
    reading = parse(Path(), {BANK_FILE: text.encode()}, {})
    has_slips = any(problem.code != "no_questions" for problem in reading.problems)
    return None if has_slips else reading.bank
