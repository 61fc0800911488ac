"""Items held against the documents they rest on: does each fact stand where the item says?

A document is its paragraphs, as `quizgen.documents` counts them. Of a source the bank holds
paragraph numbers, terms and a digest, never a sentence.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never

from msgspec.structs import replace

from quizgen.checks.grounding.copied import Phrases, copied_passages, copied_text
from quizgen.checks.grounding.readings import stands
from quizgen.checks.grounding.second_key import distractor_in_source
from quizgen.checks.grounding.standing import Missing, Stand, cited_text, held_against
from quizgen.checks.scope import in_use
from quizgen.checks.wording import phrases, values
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Entry,
    Item,
    Match,
    Number,
    Open,
    Order,
    TrueFalse,
)
from quizgen.problem import Cite, Problem


def ground(bank: Bank, documents: Mapping[str, tuple[str, ...]]) -> tuple[Problem, ...]:
    """What of the items does not stand in the documents given: by name, each as its paragraphs.

    Errors: a paragraph or term that is not there. Warnings: eight words in a row taken over, a
    paragraph that changed or moved. Notes: a digest to be written. Documents not given are left.
    What items ignore is among them.
    """
    found = [problem for stand in held_against(bank, documents) for problem in told(stand)]
    copies = Phrases(paragraph for text in documents.values() for paragraph in text)
    found += (problem for item in bank.items for problem in copied_text(item, copies))
    found += copied_passages(bank, copies)
    found += distractor_in_source(bank, documents)
    return tuple(found)


def broken_sources(bank: Bank, documents: Mapping[str, tuple[str, ...]]) -> tuple[Problem, ...]:
    """The errors among these alone, for a build: nothing is looked up but what is gone."""
    stands_of = held_against(bank, documents)
    return tuple(one for stand in stands_of if stand.state == "broken" for one in told(stand))


def key_not_in_terms(bank: Bank) -> Iterator[Problem]:
    """The key is among the terms cited, or the item says what it is derived from.

    A source that cites no terms, such as one that came out of a deck, claims none of its key.
    """
    for item in in_use(bank):
        source = item.source
        if source is None or source.derived or not source.terms:
            continue
        strange = [name for name, texts in keys_of(item) if not _among(texts, source.terms)]
        if strange:
            named = ", ".join(f'"{name}"' for name in strange)
            yield Problem(
                code="key_not_in_terms",
                message=f"The answer {named} is not among the terms of its source.",
                fix="Add it to terms, or say in derived: what it follows from.",
                severity="warning",
                item=item.id,
                field="source",
            )


def heeding_documents(
    bank: Bank, found: Iterable[Problem], documents: Mapping[str, tuple[str, ...]]
) -> Iterator[Problem]:
    """The problems; none advises to cite an answer that the paragraphs at hand do not hold."""
    items = {item.id: item for item in bank.items}
    for problem in found:
        source = items[problem.item].source if problem.item in items else None
        if problem.code == "key_not_in_terms" and source and source.document in documents:
            text = cited_text(source, documents[source.document])
            keys = [texts for _, texts in keys_of(items[problem.item or ""])]
            if not all(_among(texts, source.terms) or _holds(text, texts) for texts in keys):
                cited = (
                    f"paragraph {numbers(source.paragraphs)}" if source.paragraphs else "its text"
                )
                yield replace(
                    problem,
                    fix=f"It does not stand in {cited}, either: mend the answer, or say in "
                    "derived: what it follows from.",
                )
                continue
        yield problem


def _holds(text: str, ways: Iterable[str]) -> bool:
    return any(stands(one, text) for one in ways)


def keys_of(item: Item) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is right, each with all the ways to say it; nothing where the key is no wording."""
    match item:
        case Choice():
            return tuple((o.text, (o.text,)) for o in item.options if o.id in item.keys)
        case Entry():
            return ((item.accept[0], item.accept),) if item.accept else ()
        case Number():
            return ((item.text, (item.text, f"{item.text} {item.unit}")),)
        case Cloze():
            return tuple((gap.accept[0], gap.accept) for gap in item.gaps)
        case Match():
            return tuple(
                (pair.right.text, (pair.right.text, pair.left.text)) for pair in item.pairs
            )
        case Order():
            return tuple((thing.text, (thing.text,)) for thing in item.sequence)
        case Card():
            return ((item.back, (item.back, item.front)),)
        case TrueFalse() | Open():
            return ()
        case _:
            assert_never(item)


def told(stand: Stand) -> Iterator[Problem]:
    """What an author is told of a citation."""
    source, cited = stand.source, numbers(stand.source.paragraphs)
    match stand.state:
        case "moved":
            now = numbers(stand.paragraphs)
            yield Problem(
                code="moved_source",
                message=f"What was paragraph {cited} is now {now}.",
                fix=f"Write paragraph: {now}, or have --update-digests write it.",
                severity="warning",
                item=stand.item,
                field="source.paragraph",
                mend=Cite(paragraphs=stand.paragraphs),
            )
        case "changed":
            yield Problem(
                code="changed_source",
                message=f"Paragraph {cited} has changed; the terms still stand.",
                fix=f"Read it again, then write digest: {stand.digest}, or have --update-digests write it.",
                severity="warning",
                item=stand.item,
                field="source.digest",
            )
        case "broken":
            yield from _broken(stand)
        case "ok":
            if stand.digest and not source.digest:
                yield Problem(
                    code="missing_digest",
                    message="The citation has no digest.",
                    fix=f"Write digest: {stand.digest}, or have --update-digests write it.",
                    severity="note",
                    item=stand.item,
                    field="source",
                    mend=Cite(digest=stand.digest),
                )
        case _:
            assert_never(stand.state)


def _broken(stand: Stand) -> Iterator[Problem]:
    """Each paragraph that is not there, and each term that does not stand where it is cited."""
    source = stand.source
    for place in stand.gone:
        among = f".{source.paragraphs.index(place)}" if len(source.paragraphs) > 1 else ""
        yield Problem(
            code="broken_source",
            message=f"The document has no paragraph {place}.",
            fix="Cite a paragraph that it has, counted from 1; lines without text do not count.",
            item=stand.item,
            field=f"source.paragraph{among}",
        )
    cited = f"paragraph {numbers(source.paragraphs)}" if source.paragraphs else "the document"
    for missing in stand.missing:
        yield Problem(
            code="broken_source",
            message=f'"{missing.term}" does not stand in {cited}.',
            fix=_mended(missing, has_others=len(stand.missing) < len(source.terms)),
            item=stand.item,
            field=f"source.terms.{missing.place}",
        )


def _mended(missing: Missing, *, has_others: bool) -> str:
    """What to do about a term that is gone, as far as one can tell what became of it.

    `has_others` says that other terms still stand where they are cited.
    """
    there = numbers(missing.there)
    if missing.there and missing.elsewhere:
        return f"Cite paragraph {there}, where it stands, or mend the term."
    if missing.there:
        lead = f"Cite paragraph {there}, where more of the terms stand"
        if missing.now:
            return f'{lead}. If it is "{missing.now}" there now, mend the term and the question.'
        return f"{lead}, and mend this one."
    if missing.now:
        return f'If it is "{missing.now}" now, mend the term and the question.'
    if missing.elsewhere and has_others:
        return f"Mend the term, or cite paragraph {missing.elsewhere}, too, where it stands."
    if missing.elsewhere:
        return f"Cite paragraph {missing.elsewhere}, where it stands, or mend the term."
    return "Cite the paragraph where it stands, or mend the term."


def numbers(paragraphs: tuple[int, ...]) -> str:
    """Paragraphs as a file has them: "14" or "[14, 15]"; nothing where none is cited."""
    if len(paragraphs) == 1:
        return str(paragraphs[0])
    return f"[{', '.join(map(str, paragraphs))}]" if paragraphs else ""


def _among(texts: Sequence[str], terms: Sequence[str]) -> bool:
    """Whether a way to say the key holds a term, or a term holds it; figures and dates by value."""
    if any(_stands_in(term, text) for text in texts for term in terms):
        return True
    cited = [phrases(term) for term in terms]
    for text in texts:  # words first: they are the likelier, and read in a fraction of the time
        words = phrases(text)
        if any(words in term or term in words for term in cited):
            return True
    figures = {value for term in terms for value in values(term)}
    if figures and any(not figures.isdisjoint(values(text)) for text in texts):
        return True
    return any(stands(text, term) or stands(term, text) for text in texts for term in terms)


def _stands_in(term: str, text: str) -> bool:
    """Whether the term stands as it is in the text: most do, and then no words need be compared."""
    if f" {term} " not in f" {text} ":
        return False
    return "%" not in text and "cent" not in text  # which belong to the figure before them
