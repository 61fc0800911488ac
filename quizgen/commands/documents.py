"""Documents on disk to their paragraphs, as every command counts them."""

from pathlib import Path

from quizgen.commands.project import Stop
from quizgen.documents import Part, kind_of, parts


def read_document(path: Path) -> tuple[str, ...]:
    """The paragraphs of a document, as `read_parts` has them."""
    return tuple(part.text for part in read_parts(path))


def read_parts(path: Path) -> tuple[Part, ...]:
    """The paragraphs of a document: text, Markdown or HTML, as its file's name says; UTF-8.

    Raises Stop, with what to do, where it cannot be read or holds no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or "the disk refuses"
        raise Stop(
            f"Cannot read {path}: {why[:1].lower()}{why[1:]}. Give the path of the document's text."
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Stop(
            f"{path} is not UTF-8 text: see line {line}. Save it as UTF-8 text, Markdown or HTML."
        ) from error
    if not (found := parts(text, kind_of(path.name))):
        raise Stop(f"{path} holds no text. Give the path of the document's text.")
    return found
