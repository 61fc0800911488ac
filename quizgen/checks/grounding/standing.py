"""Citations held against a document: what stands, what changed, what moved, what is gone.

A digest tells whether the paragraphs are as they were when the question was written; the terms
tell whether the question still rests on them.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, product
from typing import Literal, TypeAlias

from quizgen.checks.grounding.readings import stands
from quizgen.checks.grounding.replaced import replacement
from quizgen.checks.scope import in_use
from quizgen.model import Bank, Citation, Frozen

Standing: TypeAlias = Literal["ok", "changed", "moved", "broken"]
_SOUGHT = 100
"""Terms that are gone of which it is looked up what became of them; more means another document."""
_NEAR = 5
"""Paragraphs put in or taken out between those of one citation that are looked for."""


class Missing(Frozen, frozen=True, kw_only=True):
    """A term that does not stand where it is cited; its place in `terms`, from 0.

    `now` is what stands there in its stead, as far as one can tell, `elsewhere` a paragraph in
    which the term does stand; "" and 0 where there is none.
    """

    place: int
    term: str
    now: str = ""
    elsewhere: int = 0


class Stand(Frozen, frozen=True, kw_only=True):
    """What became of the citation of an item.

    `paragraphs` is where its text stands now, `digest` what is to be written ("" where a
    paragraph is gone, or none is cited); `gone` are the paragraphs that the document does not
    have.
    """

    item: str
    source: Citation
    state: Standing
    paragraphs: tuple[int, ...] = ()
    digest: str = ""
    missing: tuple[Missing, ...] = ()
    gone: tuple[int, ...] = ()


def paragraph_digest(text: str) -> str:
    """Twelve hex digits that change with the words of a paragraph, or of several, not its spaces."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def held_against(bank: Bank, documents: Mapping[str, tuple[str, ...]]) -> tuple[Stand, ...]:
    """What became of each citation of an item in use whose document is given, in the bank's order.

    ok: all stands there; changed: the terms do, the digest differs; moved: the same words stand in
    another paragraph; broken: a paragraph or a term is gone.
    """
    texts = {name: _Text(paragraphs) for name, paragraphs in documents.items()}
    cited = [(i.id, i.source) for i in in_use(bank) if i.source and i.source.document in texts]
    terms: dict[tuple[str, tuple[int, ...]], set[str]] = {}
    for _, source in cited:
        terms.setdefault((source.document, source.paragraphs), set()).update(source.terms)
    return tuple(
        texts[source.document].stand(item, source, terms[source.document, source.paragraphs])
        for item, source in cited
    )


class _Text:
    """The paragraphs of a document, found by number and by digest."""

    def __init__(self, paragraphs: tuple[str, ...]) -> None:
        self._paragraphs = paragraphs
        self._by_digest: dict[tuple[int, ...], dict[str, list[int]]] = {}
        self._sought = 0
        self._whole = "\n".join(paragraphs)
        self._starts = tuple(accumulate((len(text) + 1 for text in paragraphs[:-1]), initial=0))

    def stand(self, item: str, source: Citation, terms: Iterable[str]) -> Stand:
        """What became of a citation; `terms` are all that are cited of its paragraphs."""
        cited = self._cited(source.paragraphs)
        digest = paragraph_digest(cited) if cited is not None and source.paragraphs else ""
        is_changed = bool(source.digest) and digest != source.digest
        there = self._moved_to(source) if is_changed else ()
        if there and not _lost(source.terms, self._cited(there) or ""):
            return Stand(
                item=item, source=source, state="moved", paragraphs=there, digest=source.digest
            )
        lost = () if cited is None else _lost(source.terms, cited)
        gone = tuple(n for n in source.paragraphs if not 1 <= n <= len(self._paragraphs))
        if cited is None or lost:
            return Stand(
                item=item,
                source=source,
                state="broken",
                paragraphs=source.paragraphs,
                digest=digest,
                missing=tuple(self._missing(source, at, cited or "", terms) for at in lost),
                gone=gone,
            )
        return Stand(
            item=item,
            source=source,
            state="changed" if is_changed else "ok",
            paragraphs=source.paragraphs,
            digest=digest,
        )

    def _cited(self, numbers: tuple[int, ...]) -> str | None:
        """The paragraphs, or the whole document where none is named; None where one is missing."""
        if not numbers:
            return "\n".join(self._paragraphs)
        if not all(1 <= number <= len(self._paragraphs) for number in numbers):
            return None
        return "\n".join(self._paragraphs[number - 1] for number in numbers)

    def _moved_to(self, source: Citation) -> tuple[int, ...]:
        """The nearest paragraphs that have the digest: as far apart as those cited, or nearly so."""
        if not source.paragraphs:
            return ()
        first = source.paragraphs[0]
        apart = tuple(number - first for number in source.paragraphs)
        firsts = self._digests(apart).get(source.digest, ())
        if firsts:
            nearest = min(firsts, key=lambda one: (abs(one - first), one))
            return tuple(nearest + step for step in apart)
        for numbers in _torn_apart(source.paragraphs):
            if (text := self._cited(numbers)) and paragraph_digest(text) == source.digest:
                return numbers
        return ()

    def _digests(self, apart: tuple[int, ...]) -> Mapping[str, list[int]]:
        """The first paragraphs of all that stand so far apart, by their digest."""
        if apart not in self._by_digest:
            found: dict[str, list[int]] = {}
            for first in range(1 - min(apart), len(self._paragraphs) - max(apart) + 1):
                text = self._cited(tuple(first + step for step in apart)) or ""
                found.setdefault(paragraph_digest(text), []).append(first)
            self._by_digest[apart] = found
        return self._by_digest[apart]

    def _missing(self, source: Citation, place: int, cited: str, terms: Iterable[str]) -> Missing:
        term = source.terms[place]
        self._sought += 1
        if self._sought > _SOUGHT:
            return Missing(place=place, term=term)
        found = next((n for n in self._holding(term) if stands(term, self._paragraphs[n - 1])), 0)
        now = "" if found else replacement(term, cited, [t for t in terms if t != term])
        return Missing(place=place, term=term, now=now, elsewhere=found)

    def _holding(self, term: str) -> Iterator[int]:
        """The paragraphs in which the term stands letter for letter, be it as a part of others."""
        at = self._whole.find(term)
        while at >= 0:
            number = bisect_right(self._starts, at)
            yield number
            at = self._whole.find(term, self._starts[number]) if number < len(self._starts) else -1


def _lost(terms: tuple[str, ...], text: str) -> tuple[int, ...]:
    """The places of the terms that do not stand in the text."""
    return tuple(place for place, term in enumerate(terms) if not stands(term, text))


def _torn_apart(numbers: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The numbers with all from one of them on moved by another step than those before."""
    steps = range(-_NEAR, _NEAR + 1)
    for split in range(1, len(numbers)):
        for one, two in product(steps, steps):
            if one != two:
                yield (
                    *(number + one for number in numbers[:split]),
                    *(number + two for number in numbers[split:]),
                )
