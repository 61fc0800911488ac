"""bank.yaml to the bank's settings: its name, documents, topics with goals, and quizzes."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from quizgen.bank.fields import (
    BANK_FIELDS,
    DOCUMENT_FIELDS,
    QUIZ_FIELDS,
    QUOTA_FIELDS,
    RULE_WORDS,
    TOPIC_FIELDS,
    Field,
)
from quizgen.bank.limits import DECK, RETENTION
from quizgen.bank.names import is_device
from quizgen.bank.shapes import Shapes, described, identity
from quizgen.bank.slip import Path
from quizgen.bank.tree import Block
from quizgen.model import Document, Frozen, Goal, GradeBand, QuizPlan, Quota, Rules, Topic

_LANGUAGE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)
"""A tag as in HTML. https://www.rfc-editor.org/rfc/rfc5646.html#section-2.1"""

_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LONE_COLON = re.compile(r"^:|:(?! )")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,9})?) ?%")
_READ_APART = ("sources", "topics", "quizzes", "format", "retention")
"""The fields of bank.yaml that their shape does not tell all of."""


class Settings(Frozen, frozen=True, kw_only=True):
    """What bank.yaml says; empty where it could not be read."""

    values: Mapping[str, Any] = {}
    documents: Mapping[str, Document] = {}
    topics: Mapping[str, Mapping[str, str]] = {}
    quizzes: tuple[QuizPlan, ...] = ()
    is_whole: bool = True
    """Whether all that the file declares is here."""

    def topic_values(self) -> tuple[Topic, ...]:
        """The topics as the model has them."""
        return tuple(
            Topic(name=name, goals=tuple(Goal(id=key, text=text) for key, text in goals.items()))
            for name, goals in self.topics.items()
        )


class SettingsReader(Shapes):
    """Reads the value of bank.yaml."""

    def __init__(self) -> None:
        super().__init__()
        self._readers: Mapping[str, Callable[[Any, Path], Any]] = {
            "text": self.text, "texts": self.texts, "flag": self.flag, "whole": self.whole,
            "amount": self.amount, "name": self.name, "rules": self._rules,
            "blueprint": self._blueprint, "reasons": self._goals, "deck": self._deck,
            "grades": self._grades,
        }  # fmt: skip

    def read(self, value: Any) -> Settings:
        """The settings, as far as they can be read."""
        block = self.block(value or "", (), "bank.yaml")
        if block is None:
            return Settings()
        self.known(block, (field.name for field in BANK_FIELDS), (), "bank.yaml")
        values = self._fields(block, BANK_FIELDS, (), skip=_READ_APART)
        self._check_name(values.get("bank", ""), is_there="bank" in block)
        self._check_language(values.get("language", "en"))
        self._check_format(block.get("format", "1"))
        self._check_title(block)
        if (retention := self._retention(block)) is not None:
            values["retention"] = retention
        topics = self._topics(block.get("topics", Block()), ("topics",))
        quizzes = self._quizzes(block.get("quizzes", Block()), ("quizzes",))
        self._check_rows(quizzes, topics)
        return Settings(
            values=values,
            documents=self._documents(block.get("sources", Block()), ("sources",)),
            topics=topics,
            quizzes=quizzes,
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
        self._file_name(name, ("bank",))

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

    def _check_rows(
        self, quizzes: tuple[QuizPlan, ...], topics: Mapping[str, Mapping[str, str]]
    ) -> None:
        """Every row of a blueprint names a topic that there is, where any are declared."""
        for plan in quizzes:
            for place, quota in enumerate(plan.blueprint):
                if topics and quota.topic and quota.topic not in topics:
                    self.slip(
                        "unknown_topic",
                        f'No topic "{quota.topic[:40]}" is declared.',
                        f"There are: {', '.join(topics)}; or add it under topics: in questions/bank.yaml.",
                        ("quizzes", plan.id, "blueprint", place, "topic"),
                    )

    def _file_name(self, name: str, path: Path, *, at_key: bool = False) -> None:
        """Products are called by the name, so it can be that of a file on any system."""
        if is_device(name) or name.endswith("."):
            why = "ends in a point" if name.endswith(".") else "is the name of a device"
            self.slip(
                "bad_name",
                f'"{name[:40]}" {why}, so on Windows no file can be called by it.',
                "Choose another name, of letters, digits and hyphens.",
                path,
                at_key=at_key,
            )

    def _fields(
        self,
        block: Mapping[str, Any],
        fields: tuple[Field, ...],
        path: Path,
        skip: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field in fields:
            if field.name not in block or field.name in skip:
                continue
            at = (*path, field.name)
            if field.shape == "word":
                read = self.word(block[field.name], at, field.words)
            else:
                read = self._readers[field.shape](block[field.name], at)
            if read is not None:
                values[field.name] = read
        return values

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

    def _documents(self, value: Any, path: Path) -> dict[str, Document]:
        found = {}
        for name, one in (self.block(value, path, '"sources"') or {}).items():
            at = (*path, name)
            block = self.block(one, at, "A source", "Write its title: {title: A reader}.")
            if block is None or self.name(name, at) is None:
                continue
            self.known(block, (field.name for field in DOCUMENT_FIELDS), at, "A source")
            values = self._fields(block, DOCUMENT_FIELDS, at)
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
                found[name] = self._fields(block, TOPIC_FIELDS, at).get("goals", {})
        return found

    def _goals(self, value: Any, path: Path) -> dict[str, str]:
        goals = self.reasons(value, path)
        for name in goals:
            self.name(name, (*path, name))
        return goals

    def _quizzes(self, value: Any, path: Path) -> tuple[QuizPlan, ...]:
        plans = []
        taken: dict[str, str] = {}
        for name, one in (self.block(value, path, '"quizzes"') or {}).items():
            at = (*path, name)
            block = self.block(one, at, "A quiz")
            if block is None or self.name(name, at) is None:
                continue
            self._file_name(name, at, at_key=True)
            if (first := taken.setdefault(identity(name), name)) != name:
                self.slip(
                    "duplicate_quizzes",
                    f'"{name}" and "{first}" differ in capitals alone, so on Windows and macOS the papers of one would replace those of the other.',
                    "Give one of the quizzes another name.",
                    at,
                    at_key=True,
                )
            self.known(block, (field.name for field in QUIZ_FIELDS), at, "A quiz")
            values = self._fields(block, QUIZ_FIELDS, at)
            if "blueprint" not in block:
                self.slip(
                    "missing_field",
                    f'The quiz "{name}" has no blueprint.',
                    "Write blueprint: and what to draw, such as - {count: 10, spread: true}.",
                    at,
                    at_key=True,
                )
            if not 1 <= values.get("forms", 2) <= 1000:
                self.slip(
                    "bad_forms",
                    "A quiz has 1 to 1000 forms.",
                    "Write a number from 1 to 1000.",
                    (*at, "forms"),
                )
                continue
            plans.append(QuizPlan(id=name, **{"title": name, "blueprint": (), **values}))
        return tuple(plans)

    def _rules(self, value: Any, path: Path) -> Rules:
        block = self.block(value, path, '"rules"') or Block()
        self.known(block, (*RULE_WORDS, "round"), path, '"rules"')
        step = self.amount(block["round"], (*path, "round")) if "round" in block else None
        named = {
            kind: self.word(block[kind], (*path, kind), words)
            for kind, words in RULE_WORDS.items()
            if kind in block
        }
        return Rules(**{kind: rule for kind, rule in named.items() if rule is not None}, round=step)

    def _grades(self, value: Any, path: Path) -> tuple[GradeBand, ...]:
        """Grades from the best down, each given from a percentage that is less than the last one's."""
        bands: list[GradeBand] = []
        example = (
            "Write the best grade first, each from fewer percent, such as {A: 90, B: 80, C: 70}."
        )
        for name, one in (self.block(value, path, '"bands"', example) or {}).items():
            at = (*path, name)
            written = one.strip().removesuffix("%") if isinstance(one, str) else one
            percent = self.value(written, at)
            if percent is None:
                continue
            if not 0 <= percent <= 100:
                wrong = f'"{name[:40]}" is given from a percentage, which lies from 0 to 100.'
            elif bands and percent >= bands[-1].percent:
                wrong = f'"{name[:40]}" stands below "{bands[-1].name[:40]}", but is not given from fewer percent.'
            else:
                bands.append(GradeBand(name=name, percent=percent))
                continue
            self.slip("bad_bands", wrong, example, at)
        return tuple(bands)

    def _blueprint(self, value: Any, path: Path) -> tuple[Quota, ...]:
        rows = []
        for place, one in enumerate(self.listed(value, path)):
            at = (*path, place)
            block = self.block(one, at, "A row of a blueprint")
            if block is None:
                continue
            self.known(block, (field.name for field in QUOTA_FIELDS), at, "A row of a blueprint")
            values = self._fields(block, QUOTA_FIELDS, at)
            asks = [name for name in ("count", "points", "items") if name in block]
            if len(asks) != 1:
                self.slip(
                    "bad_quota",
                    "A row asks for a count, for points or for items by name.",
                    "Write one of count:, points: and items:.",
                    at,
                )
            elif "count" in values and not values["count"]:
                self.slip(
                    "bad_quota",
                    "A row that asks for 0 questions draws none.",
                    "Write a count from 1, or delete the row.",
                    (*at, "count"),
                )
            else:
                rows.append(Quota(**values))
        return tuple(rows)
