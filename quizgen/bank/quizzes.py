"""The quizzes that bank.yaml declares: their sections, and the rows of their blueprints."""

from collections.abc import Callable, Mapping
from typing import Any

from quizgen.bank.fields import (
    QUIZ_FIELDS,
    QUOTA_FIELDS,
    RULE_WORDS,
    SECTION_FIELDS,
    Field,
)
from quizgen.bank.names import is_device
from quizgen.bank.shapes import Shapes, identity
from quizgen.bank.slip import Path
from quizgen.bank.tree import Block
from quizgen.model import GradeBand, QuizPlan, Quota, Rules, Section


class QuizReader(Shapes):
    """Reads what stands under `quizzes`."""

    def __init__(self) -> None:
        super().__init__()
        self._readers: dict[str, Callable[[Any, Path], Any]] = {
            "text": self.text, "texts": self.texts, "flag": self.flag, "whole": self.whole,
            "amount": self.amount, "name": self.name, "rules": self._rules,
            "blueprint": self._blueprint, "sections": self._sections, "grades": self._grades,
        }  # fmt: skip

    def quizzes(self, value: Any, path: Path) -> tuple[QuizPlan, ...]:
        """All quizzes, as far as they can be read."""
        plans = []
        taken: dict[str, str] = {}
        for name, one in (self.block(value, path, '"quizzes"') or {}).items():
            at = (*path, name)
            block = self.block(one, at, "A quiz")
            if block is None or self.name(name, at) is None:
                continue
            self.file_name(name, at, at_key=True)
            if (first := taken.setdefault(identity(name), name)) != name:
                self.slip(
                    "duplicate_quizzes",
                    f'"{name}" and "{first}" differ in capitals alone, so on Windows and macOS the papers of one would replace those of the other.',
                    "Give one of the quizzes another name.",
                    at,
                    at_key=True,
                )
            self.known(block, (field.name for field in QUIZ_FIELDS), at, "A quiz")
            values = self.fields(block, QUIZ_FIELDS, at)
            self._drawn_from(block, name, at)
            if not 1 <= values.get("forms", 2) <= 1000:
                self.slip(
                    "bad_forms",
                    "A quiz has 1 to 1000 forms.",
                    "Write a number from 1 to 1000.",
                    (*at, "forms"),
                )
                continue
            order = {"shuffle_questions": values.get("shuffle_questions", False)}
            values["sections"] = tuple(
                Section(**(order | section)) for section in values.get("sections", ())
            )
            plans.append(QuizPlan(id=name, **{"title": name, "blueprint": (), **values}))
        return tuple(plans)

    def _drawn_from(self, block: Block, name: str, at: Path) -> None:
        """A quiz says what to draw in one place."""
        if "blueprint" not in block and "sections" not in block:
            self.slip(
                "missing_field",
                f'The quiz "{name}" has no blueprint.',
                "Write blueprint: and what to draw, such as - {count: 10, spread: true}.",
                at,
                at_key=True,
            )
        if "blueprint" in block and "sections" in block:
            self.slip(
                "blueprint_and_sections",
                f'The quiz "{name}" has sections, and a blueprint beside them.',
                "Move its rows into the blueprint of a section.",
                (*at, "blueprint"),
                at_key=True,
            )

    def _sections(self, value: Any, path: Path) -> list[dict[str, Any]]:
        """The fields of each section, since the quiz still has to say what they do not."""
        found = []
        for place, one in enumerate(self.listed(value, path)):
            at = (*path, place)
            block = self.block(one, at, "A section")
            if block is None:
                continue
            self.known(block, (field.name for field in SECTION_FIELDS), at, "A section")
            values = self.fields(block, SECTION_FIELDS, at)
            self.needed(block, "title", at, "A section", "Part one")
            self.needed(block, "blueprint", at, "A section", "[{count: 4}]")
            found.append({"title": "", "blueprint": (), **values})
        return found

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
            values = self.fields(block, QUOTA_FIELDS, at)
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

    def check_topics(
        self, quizzes: tuple[QuizPlan, ...], topics: Mapping[str, Mapping[str, str]]
    ) -> None:
        """Every row of a blueprint names a topic that there is, where any are declared."""
        rows = (
            ((*at, place, "topic"), quota)
            for plan in quizzes
            for number, section in enumerate(plan.all_sections)
            for at in [
                (
                    *("quizzes", plan.id),
                    *(("sections", number) if plan.sections else ()),
                    "blueprint",
                )
            ]
            for place, quota in enumerate(section.blueprint)
        )
        for path, quota in rows:
            if topics and quota.topic and quota.topic not in topics:
                self.slip(
                    "unknown_topic",
                    f'No topic "{quota.topic[:40]}" is declared.',
                    f"There are: {', '.join(topics)}; or add it under topics: in questions/bank.yaml.",
                    path,
                )

    def file_name(self, name: str, path: Path, *, at_key: bool = False) -> None:
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

    def fields(
        self,
        block: Mapping[str, Any],
        fields: tuple[Field, ...],
        path: Path,
        skip: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        """The values of a block's fields, but for those that are read apart."""
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
