"""What a trial in Anki has shown, in sentences for the author of the deck.

An error is what a learner suffers from; a note is what is worth knowing.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from quizgen.commands.report import count_of
from quizgen.outputs.anki.trial.seen import Reference, Trial, Update
from quizgen.problem import Problem, Severity

SHOWN = 20
"""How many names a sentence holds; the rest is counted."""
_STEERING = dict.fromkeys(
    (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)


def findings(trial: Trial) -> tuple[Problem, ...]:
    """All that is wrong with the deck and its update, and what is worth knowing of them."""
    found = [*_of_deck(trial), *(_of_update(trial.update) if trial.update else ())]
    return tuple(
        replace(problem, message=visible(problem.message))
        for problem in found
        if problem is not None
    )


def visible(text: str) -> str:
    """A stranger's text without the characters that would steer a terminal."""
    return text.translate(_STEERING)


def named(them: Sequence[str]) -> str:
    """Up to twenty of them in quotes, and how many more there are."""
    shown = ", ".join(f"“{name}”" for name in them[:SHOWN])
    more = len(them) - SHOWN
    return f"{shown} and {more:,} more" if more > 0 else shown


def _about(
    code: str,
    them: Sequence[str],
    what: str,
    fix: str,
    *,
    noun: str = "note",
    severity: Severity = "error",
) -> Problem | None:
    """One problem of all of these; none where there are none."""
    if not them:
        return None
    message = f"{count_of(len(them), noun)} {what}: {named(them)}."
    return Problem(code=code, message=message, fix=fix, severity=severity)


# --- The deck ------------------------------------------------------------------------------------


def _of_deck(trial: Trial) -> Iterator[Problem | None]:
    yield _about(
        "shared_guid",
        trial.twins,
        "with the guid of another note",
        "Give each note a guid of its own: of several with one guid an update reaches only one.",
    )
    yield from _of_cards(trial)
    yield from map(_missing_file, trial.missing)
    yield _about(
        "latex",
        trial.formulas,
        "with LaTeX that has no picture, so that learners read that its generation is disabled",
        r"Write formulas for MathJax, between \( and \), or let Anki make the pictures and export.",
    )
    if trial.complaints:
        yield Problem(
            code="database",
            message=f"Anki's Check Database had to mend the deck: {' '.join(trial.complaints)}",
            fix="Make the package anew. If it is then the same, tell the authors of the program that made it.",
        )
    yield _about(
        "repeated_note",
        trial.repeats,
        "with the same first field as an earlier one",
        "Anki's editor calls them duplicates. Where two ask the same, leave one out.",
        severity="note",
    )
    yield _about(
        "unused_media",
        trial.unused,
        "in the package that no note names, which Anki leaves out",
        "Leave out what nobody needs; a file that only a template names needs a name that begins with _.",
        noun="file",
        severity="note",
    )


def _of_cards(trial: Trial) -> Iterator[Problem | None]:
    yield _about(
        "blank_card",
        trial.blank,
        "with a card that has nothing on its front",
        "Fill a field that the front shows (in a cloze: use the card's number), or leave that card out.",
    )
    yield _about(
        "missing_card",
        trial.incomplete,
        "with fewer cards than Anki would make",
        "Learners get such a card only when they edit the note. Write all cards into the package.",
    )
    for fault in trial.broken:
        yield _about(
            "broken_card",
            fault.notes,
            f"on whose cards learners see an error, “{fault.said}”",
            "Mend the template of the note type.",
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


def _of_update(update: Update) -> Iterator[Problem | None]:
    if not (update.changed or update.untouched):
        yield Problem(
            code="nothing_in_common",
            message="No note of the earlier deck is in this one: learners get every card anew, beside all that they have.",
            fix="See whether these are editions of one deck. If so, give each note the same guid in every edition.",
        )
    yield _about(
        "conflict",
        update.conflicting,
        "in conflict, since their note type is another one than before, or had fields or templates added, removed or moved; nothing of this edition reaches learners there",
        "Keep the fields and templates of the note type as in the earlier deck, in number, order and id.",
    )
    yield _about(
        "second_note_type",
        update.second_types,
        "that learners get a second time",
        "Keep the id, the fields and the templates of the note type as in the earlier deck.",
        noun="note type",
    )
    yield _about(
        "not_updated",
        update.unreached,
        "with another text in this edition, which does not reach learners",
        "Give a note a later time than before whenever it changes.",
    )
    all_anew = len(update.overwritten) == update.untouched
    yield _about(
        "overwritten_note",
        update.overwritten,
        "written anew though the text is the same, so that what learners wrote there is lost",
        "Give a note a later time only when it changes. (genanki gives all notes the present time, unless write_to_file has a timestamp.)"
        if all_anew
        else "It is so where a note was changed and changed back, since both must reach learners. Elsewhere, give a note a later time only when it changes.",
        severity="error" if all_anew else "note",
    )
    yield _about(
        "note_twice",
        update.reborn,
        "that came as new beside an earlier note of partly the same text, so that learners have both and begin the new one from nothing",
        "Give a note the same guid in every edition. (genanki makes it of the fields, unless it is given.)",
    )
    yield _about(
        "emptied_card",
        update.emptied,
        "with a card that this edition leaves blank",
        "An update cannot take cards away: keep the number of a gap, and the fields that a front shows, or tell learners of Tools, Empty Cards.",
    )
    yield _about(
        "lost_schedule",
        update.rescheduled,
        "with a card whose schedule is lost",
        "With Anki's default options this should not happen. Keep the note types as in the earlier deck.",
    )
    yield _about(
        "stale_media",
        update.stale_media,
        "that learners keep in the earlier version",
        "Give a changed file a new name, and change the name in its notes, too.",
        noun="file",
    )
    yield _about(
        "moved_note",
        update.left_behind,
        "in another deck than before, with cards that stay where learners have them",
        "An update moves no card. Tell learners how to find them, if it matters.",
        severity="note",
    )
    yield _about(
        "vanished_note",
        update.vanished,
        "no longer in the deck, but kept by learners",
        "An update deletes nothing. Tell learners which cards to delete, if it matters.",
        severity="note",
    )
