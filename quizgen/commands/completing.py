"""The words typed so far, held against the parsers, to what may stand next: never a list of its own."""

from argparse import (
    ONE_OR_MORE,
    OPTIONAL,
    SUPPRESS,
    ZERO_OR_MORE,
    Action,
    ArgumentParser,
    BooleanOptionalAction,
    _AppendAction,
    _SubParsersAction,
)
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from quizgen.model import Frozen

Kind = Literal["words", "files", "folders"]
Rows: TypeAlias = tuple[tuple[str, str], ...]
"""Words, each with what it is for."""
Named: TypeAlias = Callable[[str], Iterable[str]]
"""What there is of a name that stands for it in help: TOPIC, TAG, QUIZ of the bank, CODE of rules."""

_NAMED: Mapping[str, tuple[str, ...]] = {
    "TOPIC": ("TOPIC",),
    "TAG": ("TAG",),
    "QUIZ": ("QUIZ",),
    "TOPIC or QUIZ": ("TOPIC", "QUIZ"),
    "CODE": ("CODE",),
}
_ENDLESS = (ZERO_OR_MORE, ONE_OR_MORE)
_WIDEST = 72


class Wanted(Frozen, frozen=True, kw_only=True):
    """What may stand next: one of these words, or a file or folder, which the shell knows best."""

    kind: Kind
    rows: Rows = ()


class _Place:
    """Where the words so far have led: the parser, what it still takes, and what was given."""

    def __init__(self, parser: ArgumentParser) -> None:
        self.given: set[str] = set()
        self.waiting: Action | None = None
        self.only_positionals = False
        self.is_lost = False
        self._enter(parser)

    def _enter(self, parser: ArgumentParser) -> None:
        self.parser = parser
        self.positionals = [one for one in parser._actions if not one.option_strings]  # noqa: SLF001

    def take(self, word: str) -> None:
        """Go on by one word."""
        waiting, self.waiting = self.waiting, None
        is_option = word.startswith("-") and word != "-" and not self.only_positionals
        if waiting is not None and (not is_option or waiting.nargs is None):
            return
        if word == "--":
            self.only_positionals = True
        elif is_option:
            name, equals, _ = word.partition("=")
            action = self.option(name)
            if action is not None:
                self.given.add(action.dest)
                self.waiting = action if not equals and action.nargs != 0 else None
        elif self.positionals:
            self._positional(self.positionals[0], word)

    def _positional(self, action: Action, word: str) -> None:
        if isinstance(action, _SubParsersAction):
            parser = action.choices.get(word)
            self.is_lost = parser is None
            if parser is not None:
                self._enter(parser)
        elif action.nargs not in _ENDLESS:
            self.positionals = self.positionals[1:]

    def option(self, name: str) -> Action | None:
        """The option of this name, or of a name that only it begins with."""
        named = self.parser._option_string_actions  # noqa: SLF001
        if name in named:
            return named[name]
        alike = {id(one): one for text, one in named.items() if text.startswith(name)}
        return next(iter(alike.values())) if len(alike) == 1 else None


def wanted(parser: ArgumentParser, words: Sequence[str], named: Named) -> Wanted:
    """What may stand in the place of the last of these words, of which a part may be typed."""
    *before, current = words or ("",)
    place = _Place(parser)
    for word in before:
        place.take(word)
    if place.is_lost:
        return Wanted(kind="words")
    if place.waiting is not None and not (
        current.startswith("-") and place.waiting.nargs in (OPTIONAL, *_ENDLESS)
    ):
        return _values(place.waiting, current, named)
    if current.startswith("-") and not place.only_positionals:
        name, equals, value = current.partition("=")
        action = place.option(name) if equals else None
        if action is not None:
            found = _values(action, value, named)
            rows = tuple((f"{name}={word}", help_) for word, help_ in found.rows)
            return Wanted(kind=found.kind, rows=rows)
        return Wanted(kind="words", rows=_options(place, current))
    if place.positionals:
        return _values(place.positionals[0], current, named)
    return Wanted(kind="words", rows=() if current else _options(place, "--"))


def _options(place: _Place, current: str) -> Rows:
    """The long names of the options that may still be given; short ones once they are typed. Of
    one that can be taken back, such as --notes and --no-notes, both.
    """
    return tuple(
        (word, _said(action.help))
        for action in place.parser._actions  # noqa: SLF001
        if action.help != SUPPRESS
        and (action.dest not in place.given or isinstance(action, _AppendAction))
        and (fitting := [one for one in action.option_strings if one.startswith(current)])
        for word in (
            fitting if isinstance(action, BooleanOptionalAction) else (max(fitting, key=len),)
        )
    )


def _values(action: Action, current: str, named: Named) -> Wanted:
    """What an option or a positional takes."""
    rows: list[tuple[str, str]] = []
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    if isinstance(action, _SubParsersAction):
        rows = [(one.dest, _said(one.help)) for one in action._choices_actions]  # noqa: SLF001
    elif action.choices is not None:
        rows = [(str(one), "") for one in action.choices]
    elif metavar in _NAMED:
        rows = [(word, kind.lower()) for kind in _NAMED[metavar] for word in named(kind)]
    elif metavar == "FOLDER" or action.dest == "folder":
        return Wanted(kind="folders")
    elif action.type is Path or metavar == "FILE":
        return Wanted(kind="files")
    fold = current.casefold()
    return Wanted(
        kind="words", rows=tuple(row for row in rows if row[0].casefold().startswith(fold))
    )


def _said(text: str | None) -> str:
    """Help on one line that stands beside a word."""
    line = " ".join((text or "").replace("%%", "%").split())
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 3].rstrip()}..."
