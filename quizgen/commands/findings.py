"""What a trial in Anki has shown, in sentences for the author of the deck.

An error is what a learner suffers from; a note is what is worth knowing. What is said of notes or
files by their names stands in two tables, a row for each finding.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from msgspec.structs import replace

from quizgen.commands.report import count_of
from quizgen.outputs.anki.trial.seen import Fault, Reference, Trial, Update
from quizgen.problem import Problem, Severity

SHOWN = 20
"""How many names a sentence holds; the rest is counted."""
_STEERING = dict.fromkeys(
    (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)

Seen = TypeVar("Seen")


class Row(NamedTuple, Generic[Seen]):
    """A finding: the notes or files that it is of, what is the matter with them, what to do."""

    code: str
    severity: Severity
    them: Callable[[Seen], Sequence[str]]
    what: str
    fix: str
    noun: str = "note"

    def of(self, seen: Seen) -> Iterator[Problem]:
        """One problem of all of them; none where there are none."""
        if them := self.them(seen):
            message = f"{count_of(len(them), self.noun)} {self.what}: {named(them)}."
            yield Problem(code=self.code, message=message, fix=self.fix, severity=self.severity)


def findings(trial: Trial) -> tuple[Problem, ...]:
    """All that is wrong with the deck and its update, and what is worth knowing of them."""
    found = [*_of_cards(trial), *_rows(OF_DECK, trial)]
    if trial.is_retired:
        found += _of_retired(trial.update)
    if trial.update:
        rows = _rows(OF_UPDATE, trial.update)
        if trial.is_retired:
            found += (problem for problem in rows if problem.code not in _NOT_OF_RETIRED)
        else:
            found += [*_of_update(trial.update), *rows]
    return tuple(replace(problem, message=visible(problem.message)) for problem in found)


def visible(text: str) -> str:
    """A stranger's text without the characters that would steer a terminal."""
    return text.translate(_STEERING)


def named(them: Sequence[str]) -> str:
    """Up to twenty of them in quotes, and how many more there are."""
    shown = ", ".join(f"“{name}”" for name in them[:SHOWN])
    more = len(them) - SHOWN
    return f"{shown} and {more:,} more" if more > 0 else shown


def _rows(rows: Iterable[Row[Seen]], seen: Seen) -> Iterator[Problem]:
    return (problem for row in rows for problem in row.of(seen))


# --- The deck ------------------------------------------------------------------------------------

OF_DECK: tuple[Row[Trial], ...] = (
    Row(
        "shared_guid",
        "error",
        lambda trial: trial.twins,
        "with the guid of another note",
        "Give each note a guid of its own: of several with one guid an update reaches only one.",
    ),
    Row(
        "blank_card",
        "error",
        lambda trial: trial.blank,
        "with a card that has nothing on its front",
        "Fill a field that the front shows (in a cloze: use the card's number), or leave that card out.",
    ),
    Row(
        "missing_card",
        "error",
        lambda trial: trial.incomplete,
        "with fewer cards than Anki would make",
        "Learners get such a card only when they edit the note. Write all cards into the package.",
    ),
    Row(
        "latex",
        "error",
        lambda trial: trial.formulas,
        "with LaTeX that has no picture, so that learners read that its generation is disabled",
        r"Write formulas for MathJax, between \( and \), or let Anki make the pictures and export.",
    ),
    Row(
        "repeated_note",
        "note",
        lambda trial: trial.repeats,
        "with the same first field as an earlier one",
        "Anki's editor calls them duplicates. Where two ask the same, leave one out.",
    ),
    Row(
        "unused_media",
        "note",
        lambda trial: trial.unused,
        "in the package that no note names, which Anki leaves out",
        "Leave out what nobody needs; a file that only a template names needs a name that begins with _.",
        "file",
    ),
)
"""What may be said of a deck by the names of its notes and files."""


def _of_cards(trial: Trial) -> Iterator[Problem]:
    """What is said with more than names: the words of Anki itself, or of a missing file."""
    yield from map(_broken_card, trial.broken)
    yield from map(_missing_file, trial.missing)
    if trial.complaints:
        yield Problem(
            code="database",
            message=f"Anki's Check Database had to mend the deck: {' '.join(trial.complaints)}",
            fix="Make the package anew. If it is then the same, tell the authors of the program that made it.",
        )


def _broken_card(fault: Fault) -> Problem:
    notes = count_of(len(fault.notes), "note")
    return Problem(
        code="broken_card",
        message=f"{notes} on whose cards learners see an error, “{fault.said}”: {named(fault.notes)}.",
        fix="Mend the template of the note type.",
    )


def _missing_file(one: Reference) -> Problem:
    users = f"{count_of(len(one.notes), 'note')}: {named(one.notes)}" if one.notes else "a note"
    if one.is_packed:
        return Problem(
            code="unfollowed_media",
            message=f"The file “{one.file}” is in the package, but Anki leaves it out, since it is named in a way that Anki does not follow; it is missing from {users}.",
            fix='In a field write <img src="NAME"> or [sound:NAME], with the name as it is (no %20); a file that only a template or its style names needs a name that begins with _.',
        )
    return Problem(
        code="missing_media",
        message=f"The file “{one.file}” is not in the package; it is missing from {users}.",
        fix="Put the file into the package under this very name.",
    )


# --- Its update ----------------------------------------------------------------------------------


def _most_came_anew(update: Update) -> bool:
    return 2 * len(update.reborn) > len(update.vanished)


OF_UPDATE: tuple[Row[Update], ...] = (
    Row(
        "conflict",
        "error",
        lambda update: update.conflicting,
        "in conflict, since their note type is another one than before, or had fields or templates added, removed or moved; nothing of this edition reaches learners there",
        "Keep the fields and templates of the note type as in the earlier deck, in number, order and id. (A question of quizgen's that became a cloze, or was one, needs a new id; retire it under its old one.)",
    ),
    Row(
        "second_note_type",
        "error",
        lambda update: update.second_types,
        "that learners get a second time",
        "Keep the id, the fields and the templates of the note type as in the earlier deck.",
        "note type",
    ),
    Row(
        "not_updated",
        "error",
        lambda update: update.unreached,
        "with another text in this edition, which does not reach learners",
        "Give a note a later time than before whenever it changes.",
    ),
    Row(
        "overwritten_note",
        "error",
        lambda update: update.overwritten if update.is_redated else (),
        "written anew though the text is the same, so that what learners wrote there is lost",
        "Give a note a later time only when it changes. (genanki gives all notes the present time, unless write_to_file has a timestamp.)",
    ),
    Row(
        "overwritten_note",
        "note",
        lambda update: () if update.is_redated else update.overwritten,
        "written anew though the text is the same, so that what learners wrote there is lost",
        "It is so where a note was changed and changed back, since both must reach learners. Elsewhere, give a note a later time only when it changes.",
    ),
    Row(
        "note_twice",
        "error",
        lambda update: update.reborn if _most_came_anew(update) else (),
        "that came as new beside an earlier note of partly the same text, so that learners have both and begin the new one from nothing",
        "Give a note the same guid in every edition. (genanki makes it of the fields, unless it is given.)",
    ),
    Row(
        "note_twice",
        "note",
        lambda update: () if _most_came_anew(update) else update.reborn,
        "that came as new beside an earlier note of partly the same text, which is no longer in the deck",
        "Where the two are one question, give it the guid that it had: then learners keep their progress with it.",
    ),
    Row(
        "emptied_card",
        "error",
        lambda update: update.emptied,
        "with a card that this edition leaves blank",
        "An update cannot take cards away: keep the number of a gap, and the fields that a front shows, or tell learners of Tools, Empty Cards.",
    ),
    Row(
        "lost_schedule",
        "error",
        lambda update: update.rescheduled,
        "with a card whose schedule is lost",
        "With Anki's default options this should not happen. Keep the note types as in the earlier deck.",
    ),
    Row(
        "stale_media",
        "error",
        lambda update: update.stale_media,
        "that learners keep in the earlier version",
        "Give a changed file a new name, and change the name in its notes, too.",
        "file",
    ),
    Row(
        "moved_note",
        "note",
        lambda update: update.left_behind,
        "in another deck than before, with cards that stay where learners have them",
        "An update moves no card. Tell learners how to find them, if it matters.",
    ),
    Row(
        "vanished_note",
        "note",
        lambda update: update.vanished,
        "no longer in the deck, but kept by learners",
        "An update deletes nothing. Tell learners which cards to delete, if it matters.",
    ),
)
"""What may be said of an update by the names of notes and files."""


def _of_update(update: Update) -> Iterator[Problem]:
    if not (update.changed or update.untouched):
        yield Problem(
            code="nothing_in_common",
            message="No note of the earlier deck is in this one: learners get every card anew, beside all that they have.",
            fix="See whether these are editions of one deck. If so, give each note the same guid in every edition.",
        )


# --- A deck of the retired -----------------------------------------------------------------------

_NOT_OF_RETIRED = {"note_twice", "vanished_note"}
"""What no fault is of a deck that holds the retired alone: all else stays in the deck beside it."""


def _of_retired(update: Update | None) -> Iterator[Problem]:
    """That such a deck is for those who have its cards, or whose of them the earlier deck has not."""
    if update is None:
        yield Problem(
            code="retired_deck",
            severity="note",
            message="All questions of this deck are retired: it marks the cards of learners who had an earlier edition, and gives all others its cards as new ones.",
            fix="Hand it only to those who had an earlier edition.",
        )
    elif update.added:
        has_none = not (update.changed or update.untouched)
        who = "none of them" if has_none else "not all of them"
        yield Problem(
            code="retired_anew",
            severity="note",
            message=f"All questions of this deck are retired, and the earlier deck has {who}: whoever had no other edition gets {count_of(len(update.added), 'note')} of them as new: {named(update.added)}.",
            fix="Hand it only to those who had an edition with these questions; to see what it does for them, hold it against that edition.",
        )
