"""bank.yaml to the bank's settings: its name, documents, topics with goals, and quizzes."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from quizgen.bank.fields import (
    BANK_FIELDS,
    CHECK_FIELDS,
    DOCUMENT_FIELDS,
    SEVERITIES,
    TOPIC_FIELDS,
)
from quizgen.bank.limits import DECK, RETENTION
from quizgen.bank.quizzes import QuizReader
from quizgen.bank.shapes import described
from quizgen.bank.slip import Path
from quizgen.bank.tree import Block
from quizgen.model import Checking, Document, Frozen, Goal, QuizPlan, Silencing, Topic

_LANGUAGE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)
"""A tag as in HTML. https://www.rfc-editor.org/rfc/rfc5646.html#section-2.1"""

_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LONE_COLON = re.compile(r"^:|:(?! )")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,9})?) ?%")
_READ_APART = ("sources", "topics", "quizzes", "format", "retention", "check")
"""The fields of bank.yaml that their shape does not tell all of."""


class Settings(Frozen, frozen=True, kw_only=True):
    """What bank.yaml says; empty where it could not be read."""

    values: Mapping[str, Any] = {}
    documents: Mapping[str, Document] = {}
    topics: Mapping[str, Mapping[str, str]] = {}
    quizzes: tuple[QuizPlan, ...] = ()
    checking: Checking = Checking()
    is_whole: bool = True
    """Whether all that the file declares is here."""

    def topic_values(self) -> tuple[Topic, ...]:
        """The topics as the model has them."""
        return tuple(
            Topic(name=name, goals=tuple(Goal(id=key, text=text) for key, text in goals.items()))
            for name, goals in self.topics.items()
        )


class SettingsReader(QuizReader):
    """Reads the value of bank.yaml."""

    def __init__(self) -> None:
        super().__init__()
        self._readers |= {
            "reasons": self._goals, "deck": self._deck, "severities": self._severities,
            "silencings": self._silencings,
        }  # fmt: skip

    def read(self, value: Any) -> Settings:
        """The settings, as far as they can be read."""
        block = self.block(value or "", (), "bank.yaml")
        if block is None:
            return Settings()
        self.known(block, (field.name for field in BANK_FIELDS), (), "bank.yaml")
        values = self.fields(block, BANK_FIELDS, (), skip=_READ_APART)
        self._check_name(values.get("bank", ""), is_there="bank" in block)
        self._check_language(values.get("language", "en"))
        self._check_format(block.get("format", "1"))
        self._check_title(block)
        if (retention := self._retention(block)) is not None:
            values["retention"] = retention
        topics = self._topics(block.get("topics", Block()), ("topics",))
        quizzes = self.quizzes(block.get("quizzes", Block()), ("quizzes",))
        self.check_topics(quizzes, topics)
        return Settings(
            values=values,
            documents=self._documents(block.get("sources", Block()), ("sources",)),
            topics=topics,
            quizzes=quizzes,
            checking=self._checking(block.get("check", Block()), ("check",)),
        )

    def _check_name(self, name: str, *, is_there: bool) -> None:
        """The bank has a name, which can be that of a file and reads the same in small letters."""
        if not is_there:
            self.slip(
                "no_bank_name",
                "The bank has no name.",
                "Write bank: NAME, such as bank: water-on-earth; then never change it.",
            )
        if name != name.lower():
            self.slip(
                "bad_name",
                f'"{name}" has capital letters.',
                f"Write {name.lower()}.",
                ("bank",),
            )
        self.file_name(name, ("bank",))

    def _check_language(self, language: str) -> None:
        if not _LANGUAGE.fullmatch(language):
            self.slip(
                "bad_language",
                f'"{language[:40]}" is no language.',
                "Write its short name, such as en, fr, pt-BR, zh-Hant or ar.",
                ("language",),
            )

    def _check_format(self, number: Any) -> None:
        if number != "1":
            self.slip(
                "unknown_format",
                "This version of quizgen reads format 1.",
                "Write format: 1, or install a newer quizgen.",
                ("format",),
            )

    def _check_title(self, block: Block) -> None:
        if "title" not in block:
            self.slip(
                "missing_field",
                "The bank has no title.",
                "Write title: and what the bank is called.",
            )

    def _retention(self, block: Block) -> Fraction | None:
        """A share that Anki takes; a percentage is told as the share that it is."""
        if "retention" not in block:
            return None
        written, path = block["retention"], ("retention",)
        percent = _PERCENT.fullmatch(written) if isinstance(written, str) else None
        share = Fraction(percent[1]) / 100 if percent else self.amount(written, path)
        low, high = RETENTION
        if share is None or (low <= share <= high and not percent):
            return share
        in_range = low <= share <= high
        self.slip(
            "bad_retention",
            f"A retention is a share, not {described(written)}."
            if in_range
            else f"Anki takes a retention from {float(low)} to {float(high)}.",
            f"Write {float(share)}." if in_range else "Write a share in that range, such as 0.9.",
            path,
        )
        return None

    def _deck(self, value: Any, path: Path) -> str | None:
        """The name of a deck as Anki has it, in one line, its parts parted by `::`."""
        text = self.text(value, path)
        if text is None:
            return None
        parts = [part.strip() for part in text.split("::")]
        fix = "Write it in one line, with :: between a deck and the one in it, such as Geography::Water."
        if _UNSHOWN.search(text):
            wrong = "holds a line break or another sign that is not shown"
        elif not all(parts):
            wrong = "has a part without a name"
        elif any(map(_LONE_COLON.search, parts)):
            wrong = "holds a single colon, which parts nothing"
            fix = "Write a space after the colon, such as Geography: Water, or :: for a deck within the other, such as Geography::Water."
        elif len(text) > DECK:
            wrong = f"is longer than {DECK} characters"
        else:
            return "::".join(parts)
        self.slip("bad_deck", f"The deck's name {wrong}.", fix, path)
        return None

    def _checking(self, value: Any, path: Path) -> Checking:
        """How the bank is to be checked; whether its rules exist is for the rules to say."""
        block = self.block(value, path, '"check"') or Block()
        self.known(block, (field.name for field in CHECK_FIELDS), path, '"check"')
        values = self.fields(block, CHECK_FIELDS, path, skip=("ignore",))
        everywhere = self.reasons(block.get("ignore", Block()), (*path, "ignore"))
        return Checking(
            notes=values.get("notes", False),
            severities=values.get("severity", {}),
            silencings=(
                *(Silencing(code=code, reason=reason) for code, reason in everywhere.items()),
                *values.get("files", ()),
            ),
        )

    def _severities(self, value: Any, path: Path) -> dict[str, Any]:
        block = self.block(value, path, '"severity"', "Write rule: warning, one to a line.")
        words = {
            code: self.word(one, (*path, code), SEVERITIES) for code, one in (block or {}).items()
        }
        return {code: word for code, word in words.items() if word is not None}

    def _silencings(self, value: Any, path: Path) -> tuple[Silencing, ...]:
        """The rules of each pattern of files, in the order of the file."""
        block = self.block(value, path, '"files"', "Write questions/old/*.yaml: {rule: reason}.")
        return tuple(
            Silencing(code=code, reason=reason, files=files)
            for files, one in (block or {}).items()
            for code, reason in self.reasons(one, (*path, files)).items()
        )

    def _documents(self, value: Any, path: Path) -> dict[str, Document]:
        found = {}
        for name, one in (self.block(value, path, '"sources"') or {}).items():
            at = (*path, name)
            block = self.block(one, at, "A source", "Write its title: {title: A reader}.")
            if block is None or self.name(name, at) is None:
                continue
            self.known(block, (field.name for field in DOCUMENT_FIELDS), at, "A source")
            values = self.fields(block, DOCUMENT_FIELDS, at)
            if "title" not in values:
                self.slip(
                    "missing_field",
                    f'The source "{name}" has no title.',
                    "Write title: and what the document is called.",
                    at,
                    at_key=True,
                )
            found[name] = Document(name=name, **{"title": name, **values})
        return found

    def _topics(self, value: Any, path: Path) -> dict[str, Mapping[str, str]]:
        found: dict[str, Mapping[str, str]] = {}
        for name, one in (
            self.block(value, path, '"topics"', "Write each with a colon behind it, one to a line.")
            or {}
        ).items():
            at = (*path, name)
            if one in ("", None):
                found[name] = {}
                continue
            block = self.block(one, at, "A topic")
            if block is not None:
                self.known(block, (field.name for field in TOPIC_FIELDS), at, "A topic")
                found[name] = self.fields(block, TOPIC_FIELDS, at).get("goals", {})
        return found

    def _goals(self, value: Any, path: Path) -> dict[str, str]:
        goals = self.reasons(value, path)
        for name in goals:
            self.name(name, (*path, name))
        return goals
