"""Drafts as a stranger's: which of them may come in, and why the others may not.

A draft comes in where its terms stand in the paragraph that it names, its question reads once it
has a stem, no rule finds an error in it, and no eight words in a row are the text's.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeAlias

from quizgen.bank.layout import Comment, Value, Word, entries, mapping
from quizgen.bank.names import name_from
from quizgen.bank.origin import BANK_FILE
from quizgen.bank.parsing import parse
from quizgen.bank.writing import settings_text
from quizgen.checks.grounding.copied import Phrases
from quizgen.checks.grounding.readings import stands
from quizgen.checks.grounding.sources import key_not_in_terms
from quizgen.checks.grounding.standing import paragraph_digest
from quizgen.checks.wrong import errors
from quizgen.drafting.protocol import Draft, Said, Text
from quizgen.drafting.sentences import sentences
from quizgen.model import Bank
from quizgen.problem import Problem

_OURS = ("id", "draft", "source", "type", "ignore", "retired", "corrected")
"""Keys that a draft never has from its drafter: they are ours to write, follow from the others, or
are the author's word on a question that is known."""
_TO_WRITE = ("stem", "statement", "front")
_FILE = "questions/drafts.yaml"
_FLAGS = ("true", "false")
_FLAG_KEYS = ("answer", "shuffle", "reverse", "grid", "claim")
_WORDS = re.compile(r"\w+")
_LONG = 4_000
"""Characters of a paragraph that is read as a whole for each term."""
_TRIED = 4
_UNSEEN = re.compile(r"[^\S ]+|[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


Names: TypeAlias = dict[Hashable, str]


class Place(NamedTuple):
    """Where drafts are to come in.

    That is a bank that declares the document of the text last, the folder of its project, the ids
    that are taken, and the runs of words of the text.
    """

    bank: Bank
    root: Path
    taken: frozenset[str]
    phrases: Phrases


class Admitted(NamedTuple):
    """A draft that came in, and its question as it is written."""

    draft: Draft
    block: Mapping[str, Value]


class Refused(NamedTuple):
    """A draft that did not, what it was, and the reason in a sentence."""

    paragraph: int
    said: str
    reason: str


def admit(
    drafts: Sequence[Draft], text: Text, place: Place, named: Names
) -> tuple[list[Admitted], list[tuple[int, Refused]]]:
    """Those that come in, and those that do not, each with its place among the drafts.

    Both stand in the order of the drafts. An id is made of document, paragraph and kind, never of
    the key, and is new in the bank. `named` keeps them: what comes again has the id of before.
    """
    refused: list[tuple[int, Refused]] = []
    standing: list[tuple[int, Draft, dict[str, Value]]] = []
    taken = {name.casefold() for name in (*place.taken, *named.values())}
    cited = _Cited(text)
    times: Counter[Hashable] = Counter()
    for at, draft in enumerate(drafts):
        if reason := _ungrounded(draft, cited):
            refused.append((at, _refused(draft, reason)))
        else:
            key = (draft.paragraph, draft.kind, draft.terms)
            times[key] += 1
            said = f"{text.document} p{draft.paragraph} {draft.kind or 'draft'}"
            if (key, times[key]) not in named:
                named[key, times[key]] = name_from((said,), taken)
            standing.append((at, draft, _block(draft, cited, named[key, times[key]])))
    wrong = _unreadable([block for _, _, block in standing], place)
    admitted: list[Admitted] = []
    for at, draft, block in standing:
        reason = wrong.get(str(block["id"]), "") or _copied(block, place.phrases)
        if reason:
            refused.append((at, _refused(draft, reason)))
        else:
            admitted.append(Admitted(draft, block))
    return admitted, sorted(refused, key=lambda one: one[0])


def file_text(admitted: Sequence[Admitted], document: str, head: str, phrases: Phrases) -> str:
    """The text of a file of these drafts; a head that the text itself says is left out."""
    blocks = [one.block for one in admitted]
    top = f"{mapping({'source': document})}\nquestions:\n"
    said = "" if phrases.copied_by(f"{head}{top}") else head
    return f"{said}{top}{entries(blocks)}"


def _refused(draft: Draft, reason: str) -> Refused:
    said = next(
        (
            _flat(draft.question[key])
            for key in ("answer", "accept", "number", "back", *draft.question)
            if key in draft.question
        ),
        "",
    )
    return Refused(draft.paragraph, said[:60], reason)


# --- Where it stands -----------------------------------------------------------------------------


class _Sought(NamedTuple):
    """The sentences of a long paragraph, and those that each word stands in."""

    sentences: Sequence[str]
    by_word: Mapping[str, Mapping[int, None]]

    def likely(self, term: str) -> Iterator[str]:
        """The first sentences that have all words of a term."""
        rows = sorted((self.by_word.get(word, {}) for word in _words_of(term)), key=len)
        whole = (at for at in (rows[0] if rows else ()) if all(at in row for row in rows[1:]))
        return (self.sentences[at] for at in islice(whole, _TRIED))


def _sought(text: str) -> _Sought:
    said = [text[start:end] for start, end in sentences(text)]
    by_word: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for at, sentence in enumerate(said):
        for word in _words_of(sentence):
            by_word[word][at] = None
    return _Sought(said, by_word)


def _words_of(text: str) -> list[str]:
    return _WORDS.findall(text.casefold())


class _Cited:
    """The paragraphs of a text, in the longest of which terms are sought by their words."""

    def __init__(self, text: Text) -> None:
        self._paragraphs = text.paragraphs
        self._sought: dict[int, _Sought] = {}

    def __len__(self) -> int:
        return len(self._paragraphs)

    def text(self, numbers: Sequence[int]) -> str:
        """The text of one paragraph or of several."""
        if len(numbers) == 1:
            return self._paragraphs[numbers[0] - 1].text
        return "\n".join(self._paragraphs[number - 1].text for number in numbers)

    def holds(self, term: str, numbers: Sequence[int]) -> bool:
        """Whether a term stands there: what stands in a sentence does, and else all is read."""
        text = self.text(numbers)
        if len(numbers) == 1 and len(text) > _LONG:
            if numbers[0] not in self._sought:
                self._sought[numbers[0]] = _sought(text)
            if any(stands(term, one) for one in self._sought[numbers[0]].likely(term)):
                return True
        return stands(term, text)


def _ungrounded(draft: Draft, cited: _Cited) -> str:
    """Why the draft does not rest on the text; "" where it does."""
    numbers = draft.paragraphs or (draft.paragraph,)
    for number in numbers:
        if not 1 <= number <= len(cited):
            return f"There is no paragraph {number}; the text has {len(cited)}."
    if not draft.terms:
        return "It names no term of the text."
    missing = next((term for term in draft.terms if not cited.holds(term, numbers)), None)
    if missing is not None:
        return f'"{missing[:60]}" does not stand in paragraph {", ".join(map(str, numbers))}.'
    return ""


# --- As it is written ----------------------------------------------------------------------------


def _block(draft: Draft, cited: _Cited, name: str) -> dict[str, Value]:
    numbers = draft.paragraphs or (draft.paragraph,)
    prompt = _places(numbers)
    if draft.ask:
        prompt += f": {draft.ask}"
    paragraph: list[Value] = [Word(str(number)) for number in numbers]
    source: dict[str, Value] = {
        "paragraph": paragraph[0] if len(paragraph) == 1 else paragraph,
        "terms": list(draft.terms),
    }
    if draft.derived:
        source["derived"] = draft.derived
    source["digest"] = _digest(cited.text(numbers))  # last: no eight words go past it into the next
    return {
        "id": name,
        Comment(_UNSEEN.sub(" ", prompt)): "",
        "draft": Word("true"),
        **{key: _written(key, said) for key, said in draft.question.items() if key not in _OURS},
        "source": source,
    }


def _places(numbers: Sequence[int]) -> str:
    """The paragraphs in words: "paragraph 3", "paragraphs 2 to 4", "paragraphs 2, 7"."""
    if len(numbers) == 1:
        return f"paragraph {numbers[0]}"
    is_row = len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[-1] + 1))
    said = f"{numbers[0]} to {numbers[-1]}" if is_row else ", ".join(map(str, numbers))
    return f"paragraphs {said}"


_digest = lru_cache(maxsize=64)(paragraph_digest)


def _written(key: str, said: Said) -> Value:
    """What stands behind a key; nothing, and room for it, where it is still to be written."""
    if isinstance(said, str):
        is_flag = key in _FLAG_KEYS and said in _FLAGS
        return Word(said) if not said or is_flag else said
    if isinstance(said, Mapping):
        return {inner: _written("", one) for inner, one in said.items()}
    return [_written("", one) for one in said]


def _flat(said: object) -> str:
    """All texts of a value, in one."""
    if isinstance(said, Mapping):
        return " ".join(f"{key} {_flat(one)}" for key, one in said.items())
    return (
        said
        if isinstance(said, str)
        else " ".join(map(_flat, said))
        if isinstance(said, Sequence)
        else str(said)
    )


# --- Whether it reads ----------------------------------------------------------------------------


def _unreadable(blocks: Sequence[Mapping[str, Value]], place: Place) -> dict[str, str]:
    """Why questions would be refused once their stems are written, by id."""
    wrong = _wrong(blocks, place)
    if wrong is not None:
        return wrong
    found: dict[str, str] = {}
    for block in blocks:  # a sign that no file may hold: whose is it?
        alone = _wrong([block], place)
        found |= (
            {str(block["id"]): "It holds signs that no question file can hold."}
            if alone is None
            else alone
        )
    return found


def _wrong(blocks: Sequence[Mapping[str, Value]], place: Place) -> dict[str, str] | None:
    """The first problem of each question; None where the file as such cannot be read."""
    file = f"source: {place.bank.documents[-1].name}\nquestions:\n{entries([_ready(n, b) for n, b in enumerate(blocks)])}"
    files = {
        BANK_FILE: settings_text(place.bank).encode(),
        _FILE: file.encode(errors="surrogatepass"),
    }
    reading = parse(place.root, files, {})
    found: dict[str, str] = {}
    for problem in reading.problems:
        if problem.item is None:
            return None
        found.setdefault(problem.item, _reason(problem))
    if reading.bank is not None:
        for problem in (*errors(reading.bank), *key_not_in_terms(reading.bank)):
            if problem.item:
                found.setdefault(problem.item, _reason(problem))
        read = {item.id for item in reading.bank.items}
        for block in blocks:
            if block["id"] not in read:
                found.setdefault(str(block["id"]), "It is no whole question.")
    return found


def _reason(problem: Problem) -> str:
    return f"{problem.message} [{problem.code}]"


def _ready(place: int, block: Mapping[str, Value]) -> dict[str, Value]:
    """The question with words in place of those that are to be written."""
    ready = {
        key: value
        for key, value in block.items()
        if key != "draft" and not isinstance(key, Comment)
    }
    for key in _TO_WRITE:
        if key in ready and not ready[key]:
            ready[key] = f"What is the answer to question {place} of the text?"
    return ready


# --- Whether it is the text's --------------------------------------------------------------------


def _copied(block: dict[str, Value], phrases: Phrases) -> str:
    """Why the draft says too much in the words of the text; "" where it does not.

    A prompt that does is shortened first.
    """
    if not phrases.copied_by(_text_of(block)):
        return ""
    for key in [key for key in block if isinstance(key, Comment)]:
        shorter = str(key).partition(";")[0]
        renamed = {Comment(shorter) if one is key else one: value for one, value in block.items()}
        block.clear()
        block.update(renamed)
    words = phrases.copied_by(_text_of(block))
    return f'"{words}" stands so in the text.' if words else ""


def _text_of(block: Mapping[str, Value]) -> str:
    return entries([block])
