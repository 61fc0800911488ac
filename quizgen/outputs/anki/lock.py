"""The lock file: what each note last said and when, so that only what changed counts as changed.

Anki takes a note from a package where its time is later than that of the note it has. So a note
keeps its time as long as it says the same, and gets a later one when it says something else, even
if that is what it said long ago. Anki moves no card and takes none away, so the file knows the
cards and decks of each note, too. It stands in git beside the bank; its lines merge by union.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from msgspec.structs import replace

from quizgen.model import Frozen
from quizgen.outputs.anki.identity import NoteTypeName
from quizgen.problem import Problem, Where

State: TypeAlias = Literal["deck", "retired", "type"]

FILE = "questions/anki.lock"
LAST = "build/.cache/anki.lock"
"""Where the lock of the deck built last is kept, so that one that goes back is seen."""
FORMAT = 1
LATEST = 10**12 - 1
"""The last time that a line can say."""
_HEADER = """\
# What each note of the Anki deck last said, and when. Written by quizgen build: keep it in git, and
# in a merge keep the lines of both sides. Without it the next deck overwrites learners' own edits.
"""
_LINE = re.compile(
    r"(?P<key>\S+) (?P<type>question|cloze) (?P<digest>[0-9a-f]{16}) (?P<time>\d{1,12})"
    r" (?P<state>deck|retired|type) (?P<item>\S[^\t]*)"
    r"(?:\t(?P<lies>(?:\d{1,4}(?:,\d{1,4})*)?\t\S.*))?"
)
_FORMAT = re.compile(r"format (?P<number>\d{1,6})")
_BANK = re.compile(r"bank (?P<name>\S+)")
_CONFLICT = re.compile(r"<{7}|={7}|>{7}|\|{7}")


class Entry(Frozen, frozen=True, kw_only=True):
    """One line: a note by its guid, or a note type with a look of the project's own.

    `time` is in seconds since 1970. Anki changes neither a note's type nor takes a card away, so in a
    lock `type` is that in which the note first came, and `cards` are the places of all cards that it
    ever had of that type. `decks` are the deck where they belong, then those where they once did.
    Locks of 0.1.0 say neither cards nor decks.
    """

    key: str
    type: NoteTypeName
    digest: str
    time: int
    state: State
    item: str
    cards: tuple[int, ...] = ()
    decks: tuple[str, ...] = ()


class Lock(Frozen, frozen=True, kw_only=True):
    """All lines by their keys, and the name of the bank whose notes they are.

    `found` says whether there was anything to read.
    """

    bank: str = ""
    entries: Mapping[str, Entry] = {}
    found: bool = False

    def time_of(self, key: str, digest: str, now: int) -> int:
        """The time of a note that says this: that of before where it says the same, else a later one."""
        old = self.entries.get(key)
        if old is not None and old.digest == digest:
            return old.time
        return min(LATEST, now if old is None else max(now, old.time + 1))

    def decks_of(self, key: str, deck: str) -> tuple[str, ...]:
        """The deck of a note's cards, then those where learners of earlier editions have them."""
        old = self.entries.get(key)
        return (deck,) if old is None else _decks(deck, old.decks)

    def of_next(self, bank: str, entries: Iterable[Entry]) -> "Lock":
        """The lock of the next edition; what is no more in the bank stays known."""
        known = {**self.entries, **{one.key: self._remembering(one) for one in entries}}
        return Lock(bank=bank, entries=known, found=True)

    def _remembering(self, entry: Entry) -> Entry:
        """The line of a note that also says what learners of earlier editions have of it."""
        old = self.entries.get(entry.key)
        if old is None or (old.type, old.cards) == (entry.type, entry.cards):
            return entry
        return replace(entry, type=old.type, cards=_cards(old, entry))

    def behind(self, last: "Lock") -> tuple[Entry, ...]:
        """The notes of the lock of another deck that this one knows an earlier time of, or none."""
        return tuple(
            one
            for one in last.entries.values()
            if (here := self.entries.get(one.key)) is None or here.time < one.time
        )

    def with_later(self, others: Iterable[Entry]) -> "Lock":
        """The lock with these lines, too; of two for one note the later counts."""
        known = dict(self.entries)
        for one in others:
            known[one.key] = _merged(known[one.key], one) if one.key in known else one
        return replace(self, entries=known)


def named(items: Iterable[str]) -> str:
    """The first three of these items by name, and how many more there are."""
    names = [f'"{one}"' for one in items]
    if len(names) > 3:
        names[3:] = [f"{len(names) - 3} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def read_lock(text: str) -> tuple[Lock, tuple[Problem, ...]]:
    """The lock that a file says, and what is wrong with it. An empty text is no lock yet.

    Of two lines for one note the later counts.
    """
    bank = ""
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    known: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {"": ((), ())}
    for number, written in enumerate(text.split("\n"), start=1):
        line = written.rstrip("\r ")
        if not line.strip() or line.startswith("#"):
            continue
        if said := _FORMAT.fullmatch(line):
            if int(said["number"]) > FORMAT:
                return Lock(found=True), (_from_later(number),)
            continue
        if said := _BANK.fullmatch(line):
            bank = said["name"]
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            problems.append(_unreadable(line, number))
            continue
        lies = found["lies"] or ""
        if lies not in known:
            known[lies] = _cards_and_decks(lies)
        cards, decks = known[lies]
        entry = Entry(
            key=found["key"],
            type=found["type"],  # type: ignore[arg-type]
            digest=found["digest"],
            time=int(found["time"]),
            state=found["state"],  # type: ignore[arg-type]
            item=found["item"],
            cards=cards,
            decks=decks,
        )
        old = entries.get(entry.key)
        entries[entry.key] = entry if old is None else _merged(old, entry)
    return Lock(bank=bank, entries=entries, found=bool(entries or problems)), tuple(problems)


def write_lock(lock: Lock) -> str:
    """The text of the file: a line for each note, by item, so that edits stay apart in a merge."""
    lines = sorted(
        f"{one.item}\0{one.key} {one.type} {one.digest} {one.time} {one.state} {one.item}{_tail(one)}\n"
        for one in lock.entries.values()
    )
    head = f"{_HEADER}format {FORMAT}\nbank {lock.bank}\n"
    return head + "".join(line.partition("\0")[2] for line in lines)


def _cards_and_decks(text: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    cards, *decks = text.split("\t")
    return tuple(int(place) - 1 for place in cards.split(",") if place), tuple(decks)


def _tail(entry: Entry) -> str:
    if not entry.decks:
        return ""
    return "\t".join(("", ",".join(str(place + 1) for place in entry.cards), *entry.decks))


def _decks(deck: str, others: Iterable[str]) -> tuple[str, ...]:
    """The deck, then the others by name. Anki tells no capital from small letters."""
    known = {name.casefold(): name for name in others}
    known.pop(deck.casefold(), None)
    return (deck, *sorted(known.values()))


def _cards(first: Entry, other: Entry) -> tuple[int, ...]:
    """The places of all cards of a note that came first as in the one line, then as in the other."""
    if first.type != other.type:
        return first.cards
    return tuple(sorted({*first.cards, *other.cards}))


def _merged(one: Entry, other: Entry) -> Entry:
    """The later of two lines for one note; it remembers the cards and decks of both.

    A line of 0.1.0 knows the type of its own edition, not of the first: the other knows better.
    """
    earlier, later = sorted((one, other), key=_age)
    first, second = (earlier, later) if earlier.decks or not later.decks else (later, earlier)
    decks = (*later.decks, *earlier.decks)
    return replace(
        later,
        type=first.type,
        cards=_cards(first, second),
        decks=_decks(decks[0], decks) if decks else (),
    )


def _age(entry: Entry) -> tuple[int, str, str, tuple[str, ...]]:
    return (entry.time, entry.digest, entry.state, entry.decks)


def _from_later(number: int) -> Problem:
    return Problem(
        code="lock_format",
        message="The lock file of the deck was written by a later quizgen than this one.",
        fix="Bring quizgen up to date, then build again.",
        where=Where(FILE, number),
    )


def _unreadable(line: str, number: int) -> Problem:
    where = Where(FILE, number)
    if _CONFLICT.match(line):
        return Problem(
            code="lock_conflict",
            message="The lock file of the deck holds the marks of a merge.",
            fix="Keep the lines of both sides and delete the marks.",
            where=where,
        )
    return Problem(
        code="lock_line",
        message="This line of the lock file of the deck cannot be read.",
        fix="Take the file from git as it was. Without the line the next deck would overwrite what learners wrote into its note.",
        where=where,
    )
