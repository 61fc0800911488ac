"""Fields of other people's notes to Markdown that shows the same words, with pictures and sounds."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from typing import NamedTuple

from quizgen.imports.anki.ourfields import is_gap
from quizgen.imports.anki.texts import TAGS, Picture, signs_in_formulas, text_of, words_of
from quizgen.imports.html import Element, visible
from quizgen.imports.markdown import markdown
from quizgen.imports.media import NO_WORDS, MediaPlan
from quizgen.imports.phrases import literal
from quizgen.imports.wrapping import wrapped
from quizgen.markup import to_html, to_text
from quizgen.model import Gap, Image


class Said(NamedTuple):
    """What a field says: its Markdown, its media, what was lost, the signs within its formulas."""

    text: str = ""
    pictures: tuple[Picture, ...] = ()
    sounds: tuple[str, ...] = ()
    lost: frozenset[str] = frozenset()
    formulas: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether it neither says, shows nor plays anything."""
        return not (self.text or self.pictures or self.sounds)


class FieldTexts:
    """Reads fields; files that they show go to the plan of media."""

    def __init__(self, media: MediaPlan) -> None:
        self._media = media

    def said(self, html: str) -> Said:
        """All that a field says."""
        if not html.strip():
            return Said()
        text = text_of(html)
        found = wrapped(_markdown(text.body))
        found = found if found.strip() else ""  # a space that does not break is no word, either
        formulas = signs_in_formulas(text.body)
        return Said(found, text.pictures, text.sounds, text.lost, formulas)

    def words(self, html: str) -> str:
        """The words of a field in one line, without any markup."""
        return visible(text_of(html).body) if html else ""

    def plain(self, text: str) -> str:
        """The words of a Markdown text."""
        return to_text(text)

    def literal(self, text: str) -> str:
        """The Markdown that shows these very words."""
        return literal(text, lambda one: " ".join(to_text(one).split()))

    # --- Gaps ------------------------------------------------------------------------------------

    def gap(self, html: str) -> str:
        """The Markdown of an answer or hint, which nothing in it ends; empty where it has no words."""
        text = " ".join(_markdown(text_of(html).body).split())
        if not text or is_gap(text):
            return text
        plain = self.words(html)
        for sign in "\\`*_~$<>&[]!#{}|":
            plain = plain.replace(sign, f"\\{sign}")
        plain = plain.replace("::", ":\\:")
        return plain if is_gap(plain) else ""

    def latex(self, html: str) -> str:
        """The LaTeX of a gap within a formula."""
        text = " ".join(unescape(TAGS.sub(" ", html)).split())
        return text if is_gap(text) else ""

    def parts(
        self, text: str, signs: Collection[str], gaps: Mapping[str, Gap]
    ) -> tuple[str | Gap, ...]:
        """The Markdown with its gaps for their signs; those without an answer are gone."""
        parts: list[str | Gap] = []
        for sign in text:
            if sign in gaps:
                parts.append(gaps[sign])
            elif sign not in signs:
                if parts and isinstance(parts[-1], str):
                    parts[-1] += sign
                else:
                    parts.append(sign)
        if parts and isinstance(parts[-1], str):  # behind a gap that is gone
            parts[-1] = parts[-1].rstrip()
        return tuple(part for part in parts if part)

    # --- Media -----------------------------------------------------------------------------------

    def image(self, said: Said) -> Image | None:
        """The first picture that can be had."""
        for one in said.pictures:
            if path := self._media.picture(one.file):
                alt = self.literal(" ".join(one.alt.split())) or NO_WORDS
                return Image(file=path, alt=alt, width=one.width)
        return None

    def audio(self, said: Said) -> str:
        """The first sound that can be had."""
        return next(iter(self.sounds(said)), "")

    def pictures(self, said: Said) -> list[str]:
        """The files of all its pictures."""
        found = (self._media.picture(one.file) for one in said.pictures)
        return list(dict.fromkeys(path for path in found if path))

    def sounds(self, said: Said) -> list[str]:
        """The files of all its sounds."""
        found = map(self._media.sound, said.sounds)
        return list(dict.fromkeys(path for path in found if path))

    def files(self, said: Said) -> list[str]:
        """The files of all its pictures and sounds."""
        return [*self.pictures(said), *self.sounds(said)]

    def trouble(self, *said: Said) -> Iterator[tuple[str, str]]:
        """The files that cannot be had, each with the code of a remark."""
        for one in said:
            for name in (*(picture.file for picture in one.pictures), *one.sounds):
                if name in self._media.missing:
                    yield "missing_media", name[:80]
                elif name in self._media.unusable:
                    yield "unusable_media", name[:80]


def _markdown(body: Element) -> str:
    seen = _folded(body)
    return markdown(body, lambda text: _folded(words_of(to_html(text, math="anki"))) == seen)


def _folded(body: Element) -> str:
    """The words that a reader sees, spaces aside; raised and lowered signs are like others."""
    return "".join(unicodedata.normalize("NFKC", visible(body)).split())
