"""A quiz as it was handed out, which no later change of the bank touches."""

from collections.abc import Mapping

from quizgen.model.bank import Document
from quizgen.model.frozen import Frozen
from quizgen.model.quiz import Form, Quiz


class Edition(Frozen, frozen=True, kw_only=True):
    """All that the papers, keys and marking of a quiz need, whatever the bank says later.

    `number` counts a quiz's editions from 1, `frozen` is the day such as 2026-11-25, `version` that
    of quizgen. `language` and `title` are the bank's; `bank_digest` names what it said that day.
    `documents` are those that the items cite. `media` maps each picture's path to the digest of its
    bytes.
    """

    number: int
    frozen: str
    version: str
    bank_digest: str
    language: str
    title: str
    documents: tuple[Document, ...] = ()
    quiz: Quiz
    forms: tuple[Form, ...]
    media: Mapping[str, str] = {}
