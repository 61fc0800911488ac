"""The fields of our own notes to the texts, numbers, pictures and sources they were written from."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date as Date  # noqa: N812 - a type, beside dates that are texts
from fractions import Fraction
from html import escape, unescape
from typing import Protocol

from quizgen.bank.cloze import ClozeError, cloze_parts
from quizgen.bank.names import name_from
from quizgen.bank.shapes import exact, identity
from quizgen.imports.anki.texts import words_of
from quizgen.imports.html import cleaned
from quizgen.imports.markdown import markdown
from quizgen.imports.media import NO_WORDS, MediaPlan
from quizgen.imports.phrases import literal
from quizgen.markup import to_text
from quizgen.model import Citation, Correction, Document, Gap, Image, Option, Passage

_PLAIN = re.compile(r"[\w \n.,;:?!'’“”()%/–—-]*")
_PICTURE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"(?: style="width:([\d.]+)([^"]*)")?>')
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>')


class Rich(Protocol):
    """How an author's text is written into a field."""

    def __call__(self, text: str, *, inline: bool = False) -> str:
        """The HTML of the text."""


class UnreadNote(Exception):
    """A field does not hold what we would have written there."""


def needed(text: str) -> str:
    """The text; raises UnreadNote where there is none."""
    if not text.strip():
        raise UnreadNote
    return text


class OurFields:
    """Reads fields in one language; the documents and passages that they speak of gather here."""

    def __init__(
        self,
        rich: Rich,
        words: Mapping[str, str],
        media: MediaPlan,
        taken: set[str],
        documents: Iterable[Document] = (),
    ) -> None:
        """`taken` are the ids that no passage may have; `documents` those that have names already."""
        self._rich = rich
        self.words = words
        self._media = media
        self._taken = taken
        self.documents = {_cited(document): document for document in documents}
        self.passages: dict[str, Passage] = {}
        self._known: dict[tuple[str, bool], str] = {}

    # --- Texts -----------------------------------------------------------------------------------

    def text(self, html: str, *, inline: bool = False) -> str:
        """The author's text of a field, or of the part of one."""
        if (html, inline) not in self._known:
            self._known[html, inline] = self._text(html, inline=inline)
        return self._known[html, inline]

    def _text(self, html: str, *, inline: bool) -> str:
        def says(text: str) -> bool:
            return self._rich(text, inline=inline) == html

        if _PLAIN.fullmatch(html) and says(html):
            return html
        text = markdown(words_of(html), says, keep_lines=True)
        return text if text.strip() else ""

    def shown(self, text: str) -> str:
        """A text as it stands within a line of a field."""
        return self._rich(text, inline=True)

    def shows(self, text: str, html: str) -> bool:
        """Whether this stands in a field for that text."""
        return self._rich(text, inline=True) == html

    def plain(self, html: str) -> str:
        """The author's text of what stands in a field without markup."""
        return literal(unescape(html), lambda text: " ".join(to_text(text).split()))

    def gap(self, html: str) -> str:
        """The author's text of an answer or a hint in a gap, which nothing in it ends."""
        for sign, code in (("{", "&#123;"), ("}", "&#125;"), (":", "&#58;")):
            html = html.replace(code, sign)

        def says(text: str) -> bool:
            return self._rich(text, inline=True) == html and is_gap(text)

        found = markdown(words_of(html), says, keep_lines=True)
        if is_gap(found):
            return found
        return re.sub(r"(?<!\\)([{}])", r"\\\1", found).replace("::", ":\\:")

    # --- Numbers ---------------------------------------------------------------------------------

    def number(self, text: str) -> Fraction | None:
        """A number in the style of the language."""
        text = text.strip().replace("\u2212", "-")
        if self.words["decimal"] != ".":
            text = text.replace(self.words["decimal"], ".")
        return exact(text)

    def pattern(self, key: str) -> re.Pattern[str]:
        """What finds the places of a sentence of the language."""
        parts = re.split(r"\{(\w+)\}", self.words[key])
        found = (
            re.escape(part) if n % 2 == 0 else f"(?P<{part}>.*?)" for n, part in enumerate(parts)
        )
        return re.compile("".join(found), re.DOTALL)

    # --- Pictures and sounds ---------------------------------------------------------------------

    def with_picture(self, html: str, called: str) -> tuple[str, Image | None]:
        """The HTML before a picture at its end, and the picture."""
        found = _PICTURE.search(html)
        if found is None or found.end() != len(html):
            return html, None
        path = self._media.picture(unescape(found[1]), called)
        if not path:
            return html[: found.start()], None
        width = f"{found[3]} {found[4]}" if found[3] else ""
        return html[: found.start()], Image(
            file=path, alt=self.plain(found[2]) or NO_WORDS, width=width
        )

    def sound(self, html: str, called: str) -> str:
        """The path of the sound that a field plays."""
        found = re.fullmatch(r"\[sound:(.*)\]", html)
        return self._media.sound(unescape(found[1]), called) if found else ""

    # --- Options ---------------------------------------------------------------------------------

    def option(self, html: str, called: str, *, pin: str = "") -> Option:
        """An option from its text and picture; its text is its identity."""
        before, image = self.with_picture(html, called)
        text = self.text(before)
        if not text.strip():
            raise UnreadNote
        return Option(id=identity(text), text=text, image=image, pin=pin)  # type: ignore[arg-type]

    # --- Passages and sources --------------------------------------------------------------------

    def passage(self, html: str) -> str:
        """The id of the passage that a field shows."""
        if html not in self.passages:
            body, title = html, ""
            if html.startswith("<b>"):
                title, _, body = html.removeprefix("<b>").partition("</b><br>")
            name = name_from((unescape(title or body),), self._taken, "passage")
            body, image = self.with_picture(body, name)
            self.passages[html] = Passage(
                id=name,
                text=needed(self.text(body)),
                title=self.text(title, inline=True),
                image=image,
            )
        return self.passages[html].id

    def source(self, html: str, *, is_claim: bool) -> Citation | None:
        """Where a fact stands, from the line below its card."""
        if is_claim:
            html = html.removesuffix(self.words["claim"]).removesuffix(", ")
        if not html:
            return None
        paragraph = "|".join(
            self.pattern(key).pattern.replace("(?P<n>.*?)", f"(?P<{key}>{self._runs})")
            for key in ("paragraph_one", "paragraph_many")
        )
        derived = self.pattern("derived").pattern.replace(".*?", ".*")
        found = re.fullmatch(rf"(.*?)(?:, (?:{paragraph}))?(?:, {derived})?", html, re.DOTALL)
        if found is None:
            raise UnreadNote
        numbers = tuple(self._numbers(found["paragraph_one"] or found["paragraph_many"] or ""))
        if found["paragraph_many"] and len(numbers) == 1:  # the author named it twice
            numbers *= 2
        return Citation(
            document=self._document(found[1]),
            paragraphs=numbers,
            derived=self.text(found["text"] or "", inline=True),
        )

    def retirement(self, html: str) -> tuple[str, str]:
        """Why an item was retired, and what the same field then says of a correction."""
        said = self.pattern("retired_because")
        for why, rest in (html.rpartition("<br>")[::2], (html, "")):
            is_whole = not rest or self.pattern("corrected").fullmatch(rest)
            if is_whole and (found := said.fullmatch(why)):
                return needed(self.text(found["text"], inline=True)), rest
        return "", html

    def correction(self, html: str) -> Correction | None:
        """When an item was put right, and what was wrong."""
        if not html:
            return None
        found = self.pattern("corrected").fullmatch(html)
        day = self.pattern("day").fullmatch(found["date"]) if found else None
        if found is None or day is None:
            raise UnreadNote
        date = f"{day['year']}-{day['month']}-{day['day']}"
        if not _is_day(date):
            raise UnreadNote
        return Correction(date=date, text=needed(self.text(found["text"], inline=True)))

    @property
    def _runs(self) -> str:
        """A pattern for numbers with their runs: 1, 2 and 5 to 7."""
        between = "|".join(re.escape(part) for part in (", ", self._last, self._range))
        return rf"\d{{1,9}}(?:(?:{between})\d{{1,9}})*"

    @property
    def _range(self) -> str:
        return self.words["range"].replace("{first}", "").replace("{last}", "")

    @property
    def _last(self) -> str:
        return self.words["list_last"].replace("{first}", "").replace("{last}", "")

    def _numbers(self, text: str) -> Iterator[int]:
        parts = text.replace(self._last, ", ").split(", ")
        for part in filter(None, parts):
            first, _, last = part.partition(self._range)
            end = int(last or first)
            yield from range(int(first), min(end, int(first) + 1000) + 1)

    def _document(self, html: str) -> str:
        if html not in self.documents:
            link = _LINK.fullmatch(html)
            title, url = (link[2], cleaned(unescape(link[1]))) if link else (html, "")
            taken = {document.name for document in self.documents.values()}
            name = name_from((unescape(title),), taken, "source")
            self.documents[html] = Document(name=name, title=self.plain(title), url=url)
        return self.documents[html].name


def _cited(document: Document) -> str:
    """How a document is cited in a field."""
    title = escape(" ".join(to_text(document.title).split()), quote=False)
    if document.url.startswith(("https://", "http://")):
        return f'<a href="{escape(document.url)}">{title}</a>'
    return title


def is_gap(text: str) -> bool:
    """Whether a text may stand in a gap and is all of its one answer."""
    try:
        inside = text.replace("|", "\\|")
        return cloze_parts(f"{{{{c1::{inside}}}}}") == (Gap(number=1, accept=(text,)),)
    except ClozeError:
        return False


def _is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, such as 2026-11-25, and nothing else."""
    try:
        return text.isascii() and Date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
