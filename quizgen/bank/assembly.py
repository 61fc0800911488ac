"""The fields of one question to an item: what must hold between them, type by type."""

import re
from collections.abc import Callable, Mapping
from typing import Any, assert_never

from msgspec.structs import fields as struct_fields

from quizgen.bank.cloze import ClozeError, cloze_parts, unnumbered
from quizgen.bank.quoting import quoted
from quizgen.bank.slip import Path
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Entry,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Pair,
    TrueFalse,
    TypeName,
)

_CLASSES: Mapping[TypeName, type[Item]] = {
    "choice": Choice, "true_false": TrueFalse, "entry": Entry, "number": Number, "cloze": Cloze,
    "match": Match, "order": Order, "open": Open, "card": Card,
}  # fmt: skip
_REQUIRED: Mapping[TypeName, frozenset[str]] = {
    kind: frozenset(field.name for field in struct_fields(shape) if field.required)
    for kind, shape in _CLASSES.items()
}
_SEPARATOR = re.compile(r"[,;、，；\n]")
_HAS_WORD = re.compile(r"[^\W\d_]{4,}")


class Assembly:
    """Puts items together; says what does not fit by `slip`, with paths within the question."""

    def __init__(self, slip: Callable[..., None]) -> None:
        self._slip = slip
        self._is_draft = False
        self._fits = True

    def item(
        self, kind: TypeName, values: dict[str, Any], *, is_draft: bool, is_new: bool
    ) -> Item | None:
        """The item of these fields; None where it lacks or mixes something. A draft may lack, and
        what is new has no id yet, so that no one's progress hangs on it.
        """
        self._is_draft, self._fits = is_draft, True
        match kind:
            case "choice":
                self._choice(values)
            case "number":
                self._number(values)
            case "cloze":
                self._cloze(values, is_new=is_new)
            case "match":
                self._match(values)
            case "order":
                self._order(values)
            case "entry":
                self._entry(values)
            case "open":
                if values.get("rubric"):
                    total = sum(line.points for line in values["rubric"])
                    values.setdefault("points", total)
            case "true_false" | "card":
                pass
            case _:
                assert_never(kind)
        if not self._fits or not values.keys() >= _REQUIRED[kind]:
            return None
        return _CLASSES[kind](**values)

    def _misfit(
        self, code: str, message: str, fix: str, path: Path = (), *, at_key: bool = False
    ) -> None:
        self._fits = False
        self._slip(code, message, fix, path, at_key=at_key)

    def _lack(self, code: str, message: str, fix: str, path: Path = ()) -> None:
        """What a draft may still lack."""
        self._fits = False
        if not self._is_draft:
            self._slip(code, message, fix, path)

    # --- What is typed ---------------------------------------------------------------------------

    def _entry(self, values: dict[str, Any]) -> None:
        """Members of a set or list that are written apart become the one answer they make."""
        accept: tuple[str, ...] = values.get("accept", ())
        is_parted = any(_SEPARATOR.search(text) for text in accept)
        if values.get("kind") in ("set", "list") and len(accept) > 1 and not is_parted:
            values["accept"] = (", ".join(accept),)

    # --- Choices ---------------------------------------------------------------------------------

    def _choice(self, values: dict[str, Any]) -> None:
        several = "answers" in values
        if several and "answer" in values:
            self._misfit(
                "two_keys",
                '"answer" and "answers" stand together.',
                "Keep answer: for one right option, answers: for all that apply.",
                ("answers",),
                at_key=True,
            )
        single: tuple[Option, ...] = (values.pop("answer"),) if "answer" in values else ()
        keys: tuple[Option, ...] = values.pop("answers", single)
        shuffle: bool | None = values.pop("shuffle", None)
        listed: tuple[Option, ...] | None = values.pop("options", None)
        wrong: tuple[Option, ...] = values.pop("distractors", ())
        if not keys:
            self._lack(
                "no_key",
                "No option is said to be right.",
                "Write answer: with the right one, or answers: with all that are right.",
            )
        self._distinct(keys, "answers" if several else "answer")
        if listed is not None:
            if wrong:
                self._misfit(
                    "options_twice",
                    '"options" and "distractors" stand together.',
                    "Keep distractors:, or write all options under options: in their order.",
                    ("distractors",),
                    at_key=True,
                )
            is_fixed = shuffle is not True
            names = self._listed(keys, listed, is_fixed=is_fixed, several=several)
            if is_fixed:
                values["arrangement"] = "fixed"
        else:
            listed = (*keys, *wrong)
            names = tuple(key.id for key in keys)
            self._distinct(listed, "distractors", offset=len(keys))
            self._shuffled(wrong, keys, shuffle)
        values |= {"options": listed, "keys": names, "multiple": several}

    def _listed(
        self, keys: tuple[Option, ...], listed: tuple[Option, ...], *, is_fixed: bool, several: bool
    ) -> tuple[str, ...]:
        """The identities of the keys among all the options in their order."""
        self._distinct(listed, "options")
        if len(listed) < 2:
            self._lack(
                "too_few_options",
                "A choice needs two options at least.",
                "Write the others, too.",
                ("options",),
            )
        for place, option in enumerate(listed):
            if option.pin and is_fixed:
                self._misfit(
                    "pin_without_shuffle",
                    "Options that stand in a fixed order need no pin.",
                    "Put it in its place and delete pin:, or write shuffle: true.",
                    ("options", place, "pin"),
                    at_key=True,
                )
        by_name = {option.text: option.id for option in listed}
        by_name |= {option.id: option.id for option in listed}
        names = []
        for place, key in enumerate(keys):
            path: Path = ("answers", place) if several else ("answer",)
            name = by_name.get(key.id) or by_name.get(key.text)
            if name is None:
                self._misfit(
                    "key_not_an_option",
                    f'The answer "{key.text[:40]}" is none of the options.',
                    "Write it as it stands under options:, or add it there.",
                    path,
                )
            elif key.why or key.pin or key.image:
                self._misfit(
                    "key_says_more",
                    "What is said of an option belongs under options: here.",
                    "Write the text alone as the answer, and the rest with the option.",
                    path,
                )
            names.append(name or "")
        return tuple(names)

    def _shuffled(
        self, wrong: tuple[Option, ...], keys: tuple[Option, ...], shuffle: bool | None
    ) -> None:
        if keys and len(keys) + len(wrong) < 2:
            self._lack(
                "no_distractors",
                "A choice needs wrong options as well.",
                "Write distractors: [one, another].",
            )
        elif shuffle is False:
            self._misfit(
                "shuffle_without_options",
                "Unshuffled, the right option would always stand first.",
                "Write all options under options: in the order that they are to have.",
                ("shuffle",),
                at_key=True,
            )

    def _distinct(self, options: tuple[Option, ...], field: str, *, offset: int = 0) -> None:
        """No two options are one and the same; those before `offset` stand in another field."""
        seen: dict[str, str] = {}
        for place, option in enumerate(options):
            if option.id in seen and place >= offset:
                # By itself an option is known without capitals and powers, which tell symbols apart.
                named = f"{{text: {quoted(option.text[:40])}, id: NAME}}"
                may_differ = seen[option.id] != option.text and not _HAS_WORD.search(option.text)
                self._misfit(
                    "duplicate_options",
                    f'"{option.text[:40]}" stands twice among the options.',
                    f"Change one of the two, or write {named} if they do differ."
                    if may_differ
                    else "Delete or change one of the two.",
                    (field, place - offset),
                )
            seen.setdefault(option.id, option.text)

    # --- The other types -------------------------------------------------------------------------

    def _number(self, values: dict[str, Any]) -> None:
        if "number" in values:
            values["value"], values["text"] = values.pop("number")
        if "units" in values and "unit" not in values:
            self._misfit(
                "units_without_unit",
                'Without "unit" nothing says what the other units are counted in.',
                "Write unit: and the unit of the number.",
                ("units",),
                at_key=True,
            )

    def _cloze(self, values: dict[str, Any], *, is_new: bool) -> None:
        if "cloze" not in values:
            return
        text: str = values.pop("cloze")
        try:
            parts = cloze_parts(text)
        except ClozeError as error:
            self._misfit(
                "bad_gap",
                str(error),
                error.fix,
                ("cloze",),
            )
            return
        values["parts"] = parts
        if all(isinstance(part, str) for part in parts):
            self._lack(
                "no_gap",
                "The cloze has no gap.",
                "Put two braces around what is to be filled in: {{answer}}.",
                ("cloze",),
            )
        gaps = sum(not isinstance(part, str) for part in parts)
        if gaps > 1 and (without := len(unnumbered(text))) and not (is_new or self._is_draft):
            which = "None" if without == gaps else "Not all"
            self._misfit(
                "gaps_not_numbered",
                f"{which} of the gaps have numbers, so one could take over the progress of another.",
                "Number them: {{c1::...}}, {{c2::...}} and so on. Of a question that was in a deck before, the gap that was there first is c1."
                if without == gaps
                else 'Run "quizgen ids", which numbers the others.',
                ("cloze",),
            )

    def _match(self, values: dict[str, Any]) -> None:
        if "match" not in values:
            return
        pairs: tuple[Pair, ...] = values.pop("match")
        values["pairs"] = pairs
        if len(pairs) < 2:
            self._lack(
                "too_few_pairs",
                "A match needs two pairs at least.",
                "Add a pair, or make it a card.",
                ("match",),
            )
        lefts: set[str] = set()
        for place, pair in enumerate(pairs):
            if pair.left.id in lefts:
                self._misfit(
                    "duplicate_options",
                    f'"{pair.left.text[:40]}" stands twice on the left.',
                    "Delete or change one of the two.",
                    ("match", place),
                )
            lefts.add(pair.left.id)
        rights = {pair.right.id for pair in pairs}
        for place, option in enumerate(values.get("extra", ())):
            if option.id in rights:
                self._misfit(
                    "duplicate_options",
                    f'"{option.text[:40]}" stands twice on the right; an extra belongs to no pair.',
                    "Take it out of extra.",
                    ("extra", place),
                )
            rights.add(option.id)

    def _order(self, values: dict[str, Any]) -> None:
        if "order" not in values:
            return
        sequence: tuple[Option, ...] = values.pop("order")
        values["sequence"] = sequence
        if len(sequence) < 2:
            self._lack(
                "too_few_options",
                "One thing alone has no order.",
                "Write two at least.",
                ("order",),
            )
        self._distinct(sequence, "order")
        for place, option in enumerate(sequence):
            if option.pin:
                self._misfit(
                    "pin_without_shuffle",
                    "A pin would tell where a thing belongs that is to be put in order.",
                    "Delete pin:.",
                    ("order", place, "pin"),
                    at_key=True,
                )
