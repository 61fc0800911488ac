"""Documents on disk to their paragraphs, as every command counts them."""

from pathlib import Path

from quizgen.commands.project import Stop
from quizgen.documents import Part, kind_of, parts


class Unreadable(Stop):
    """A document that cannot be read, with the reason alone beside the whole sentence."""

    def __init__(self, sentence: str, reason: str) -> None:
        super().__init__(sentence)
        self.reason = reason


def read_document(path: Path) -> tuple[str, ...]:
    """The paragraphs of a document, as `read_parts` has them."""
    return tuple(part.text for part in read_parts(path))


def read_parts(path: Path) -> tuple[Part, ...]:
    """The paragraphs of a document: text, Markdown or HTML, as its file's name says; UTF-8.

    Raises Unreadable, with what to do, where it cannot be read or holds no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or "the disk refuses"
        why = f"{why[:1].lower()}{why[1:]}"
        raise Unreadable(
            f"Cannot read {path}: {why}. Give the path of the document's text.", why
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"{path} is not UTF-8 text: see line {line}. Save it as UTF-8 text, Markdown or HTML.",
            f"it is not UTF-8 text, see its line {line}",
        ) from error
    if not (found := parts(text, kind_of(path.name))):
        raise Unreadable(
            f"{path} holds no text. Give the path of the document's text.", "it holds no text"
        )
    return found
