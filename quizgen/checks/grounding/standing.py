"""Citations held against a document: what stands, what changed, what moved, what is gone.

A digest tells whether the paragraphs are as they were when the question was written; the terms
tell whether the question still rests on them.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, product
from typing import Literal, TypeAlias

from quizgen.checks.grounding.readings import stands
from quizgen.checks.grounding.replaced import replacement
from quizgen.checks.scope import in_use
from quizgen.model import Bank, Citation, Frozen

Standing: TypeAlias = Literal["ok", "changed", "moved", "broken"]
_SOUGHT = 100
"""Terms that are gone of which it is looked up what became of them; more means another document."""
_TITLE = 100
"""Characters that a headline has at most."""
_NEAR = 5
"""Paragraphs put in or taken out between those of one citation that are looked for."""


class Missing(Frozen, frozen=True, kw_only=True):
    """A term that does not stand where it is cited; its place in `terms`, from 0.

    `there` are the paragraphs to cite instead, in which more of the terms stand than where they
    are cited; `now` is what stands in its stead, there or else where it is cited, as far as one
    can tell; `elsewhere` is a paragraph in which the term does stand. (), "" and 0 where there is
    none.
    """

    place: int
    term: str
    now: str = ""
    elsewhere: int = 0
    there: tuple[int, ...] = ()


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
        self._standing: dict[str, frozenset[int]] = {}
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
            missing = tuple(self._missing(source, lost, cited or "", terms))
            return Stand(
                item=item,
                source=source,
                state="broken",
                paragraphs=source.paragraphs,
                digest=digest,
                missing=missing,
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
        return _joined(numbers, self._paragraphs)

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

    def _missing(
        self, source: Citation, lost: Sequence[int], cited: str, terms: Iterable[str]
    ) -> Iterator[Missing]:
        """What became of the terms at these places, as far as it is looked up."""
        self._sought += len(lost)
        if self._sought > _SOUGHT:
            yield from (Missing(place=place, term=source.terms[place]) for place in lost)
            return
        there = self._now_at(source)
        stead = (self._cited(there) if there else None) or cited
        for place in lost:
            term = source.terms[place]
            at = self._paragraphs_of(source, term)
            found = next((n for n in there if n in at), 0)
            others = [one for one in terms if one != term]
            now = "" if found else replacement(term, stead, others)
            if not (found or now or there):
                found = min(at, key=lambda n: self._rank(n, source), default=0)
            yield Missing(place=place, term=term, now=now, elsewhere=found, there=there)

    def _now_at(self, source: Citation) -> tuple[int, ...]:
        """The paragraphs, as far apart as those cited, in which most terms stand, if that is more
        than stand where they are cited: headlines last, the nearest first.
        """
        if not source.paragraphs:
            return ()
        first = source.paragraphs[0]
        where = [self._paragraphs_of(source, term) for term in source.terms]
        steps = {n - old for at in where for n in at for old in source.paragraphs}

        def score(step: int) -> int:
            numbers = [number + step for number in source.paragraphs]
            return sum(not at.isdisjoint(numbers) for at in where)

        def rank(step: int) -> tuple[int, tuple[bool, int, int]]:
            return -score(step), self._rank(first + step, source)

        count = len(self._paragraphs)
        whole = [s for s in steps if all(1 <= n + s <= count for n in source.paragraphs)]
        best = min(whole, key=rank, default=0)
        if score(best) <= score(0):
            return ()
        return tuple(number + best for number in source.paragraphs)

    def _rank(self, number: int, source: Citation) -> tuple[bool, int, int]:
        """Of paragraphs that may be meant the likelier come first; what stands behind, before."""
        first = source.paragraphs[0] if source.paragraphs else number
        return _is_headline(self._paragraphs[number - 1]), abs(number - first), -number

    def _paragraphs_of(self, source: Citation, term: str) -> frozenset[int]:
        """The paragraphs in which a term stands letter for letter, or, near those cited, in any way."""
        if term not in self._standing:
            self._standing[term] = frozenset(
                n for n in self._holding(term) if stands(term, self._paragraphs[n - 1])
            )
        last = len(self._paragraphs)
        near = {
            number
            for cited in source.paragraphs
            for number in range(max(1, cited - _NEAR), min(last, cited + _NEAR) + 1)
        }
        return self._standing[term] | {
            n for n in near - self._standing[term] if stands(term, self._paragraphs[n - 1])
        }

    def _holding(self, term: str) -> Iterator[int]:
        """The paragraphs in which the term stands letter for letter, be it as a part of others."""
        at = self._whole.find(term)
        while at >= 0:
            number = bisect_right(self._starts, at)
            yield number
            at = self._whole.find(term, self._starts[number]) if number < len(self._starts) else -1


def cited_text(source: Citation, paragraphs: tuple[str, ...]) -> str:
    """What a citation rests on, of the paragraphs of its document; "" where one is missing."""
    return _joined(source.paragraphs, paragraphs) or ""


def _joined(numbers: tuple[int, ...], paragraphs: tuple[str, ...]) -> str | None:
    if not numbers:
        return "\n".join(paragraphs)
    if not all(1 <= number <= len(paragraphs) for number in numbers):
        return None
    return "\n".join(paragraphs[number - 1] for number in numbers)


def _is_headline(text: str) -> bool:
    """Whether a paragraph is a title of what follows rather than a sentence that says something."""
    return len(text) < _TITLE and not text.rstrip().endswith(
        (".", "!", "?", ":", ";", '"', "”", ")")
    )


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
