"""What a lock and a bank say of one another: what learners of earlier editions will meet."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime

from quizgen.model import Bank
from quizgen.outputs.anki.identity import NoteTypeName, guid
from quizgen.outputs.anki.lock import FILE, LAST, Lock, named
from quizgen.outputs.anki.standing import Standing, standings
from quizgen.problem import Problem, Where

_CALLED: dict[NoteTypeName, str] = {
    "question": "a question with its answer on the back",
    "cloze": "a text with gaps to fill in",
}
_DAY = 86_400
_LAST_YEAR = 253_402_300_799


def lock_problems(bank: Bank, lock: Lock, drafts: Collection[str]) -> tuple[Problem, ...]:
    """All that the next edition cannot make clean for those who have an earlier one.

    `drafts` are the ids of those that lack too much to be items of the bank.
    """
    if not lock.found:
        return (_no_lock(),)
    if lock.bank and lock.bank != bank.name:
        return (_renamed(bank.name, lock.bank),)
    there = standings(bank, lock)
    return (
        *_used_again(there, lock),
        *_turned(there, lock),
        *_without_card(there, lock),
        *_vanished(bank, there, lock, drafts),
    )


def went_back(name: str, lock: Lock, last: Lock) -> tuple[Problem, ...]:
    """That the lock is behind the deck of this bank that was built last, as after `git revert`.

    Whoever has that deck has its times, and takes nothing from a deck with earlier ones.
    """
    later = lock.behind(last) if last.bank == name else ()
    if not later:
        return ()
    return (
        Problem(
            code="lock_went_back",
            severity="warning",
            message=f"{FILE} has gone back: the deck built here last said something else of {named(one.item for one in later)}, and learners who have that deck would keep what it said.",
            fix=f"If it was handed out, copy {LAST} to {FILE} and build again. If it was not, delete {LAST}. Until you do one of the two, each build says this.",
            where=Where(FILE),
        ),
    )


def ahead(text: str, lock: Lock, now: int) -> tuple[Problem, ...]:
    """That times in the text of a lock are more than a day later than the clock, in seconds since 1970.

    They stay as they are: whoever has a note of such a time takes none with an earlier one.
    """
    later = [one for one in lock.entries.values() if one.time > now + _DAY]
    if not later:
        return ()
    dated = f" {later[0].digest} {later[0].time} "
    lines = enumerate(text.split("\n"), start=1)
    line = next(n for n, said in lines if said.startswith(f"{later[0].key} ") and dated in said)
    until = _date(max(one.time for one in later))
    return (
        Problem(
            code="lock_ahead",
            severity="warning",
            message=f"By this computer's clock today is {_date(now)}, but {FILE} dates {named(one.item for one in later)} later, up to {until}: if the clock is right, each import until then overwrites what learners wrote into these notes.",
            fix="If the clock is wrong, set it right and build again. If that of an earlier build was and no deck was handed out since, take the file from git as it was before. If one was, leave it so: with earlier dates these notes could not be corrected any more.",
            where=Where(FILE, line),
        ),
    )


def _date(time: int) -> str:
    return datetime.fromtimestamp(min(time, _LAST_YEAR), UTC).date().isoformat()


def _no_lock() -> Problem:
    return Problem(
        code="no_lock",
        severity="note",
        message="questions/anki.lock was started: it remembers each note, so that the next deck updates those of learners.",
        fix="Keep it in git. If a deck was handed out before, restore its lock and build again, or learners lose their own edits.",
    )


def _renamed(name: str, before: str) -> Problem:
    return Problem(
        code="bank_renamed",
        message=f'The bank is called "{name}" now but was "{before}" in the last deck: learners would get every card a second time, without their progress.',
        fix=f"Write bank: {before} again. If this is another bank, delete the lock file, questions/anki.lock.",
        field="bank",
    )


def _used_again(there: Sequence[Standing], lock: Lock) -> Iterator[Problem]:
    for one in there:
        known = lock.entries.get(one.key)
        if one.state == "deck" and known is not None and known.state == "retired":
            yield Problem(
                code="retired_id",
                message=f'The id "{one.item}" was retired; learners have its old question under it.',
                fix="Give this question an id of its own, and keep the retired one in the file.",
                item=one.item,
                field="id",
            )


def _turned(there: Sequence[Standing], lock: Lock) -> Iterator[Problem]:
    for one in there:
        known = lock.entries.get(one.key)
        if known is not None and known.type != one.type:
            was, now = _CALLED[known.type], _CALLED[one.type]
            yield Problem(
                code="note_type_changed",
                severity="warning",
                message=f'"{one.item}" was {was} in an earlier deck and is {now} now: Anki cannot make one of the other, so learners who have it keep the old card as it was, and nothing that you write here reaches them.',
                fix="Make it again what it was. Or give this one an id of its own, and keep the old one in the file under its id, with retired: REASON.",
                item=one.item,
            )


def emptied(there: Sequence[Standing], lock: Lock) -> Iterator[tuple[Standing, list[int]]]:
    """Those of a deck with cards that learners keep but see empty, and the places of these cards."""
    for one in there:
        known = lock.entries.get(one.key)
        if known is not None and one.state == "deck" and known.type == one.type:
            gone = sorted(set(known.cards) - set(one.cards))
            if gone:
                yield one, gone


def _without_card(there: Sequence[Standing], lock: Lock) -> Iterator[Problem]:
    for one, gone in emptied(there, lock):
        numbers = ", ".join(str(place + 1) for place in gone)
        lost = f"no gap {numbers} any more" if one.type == "cloze" else "no reversed card any more"
        yield Problem(
            code="card_gone",
            severity="warning",
            message=f'"{one.item}" has {lost}: learners keep its card, and see it empty.',
            fix="Bring it back, or tell them of Tools, Empty Cards in Anki, which takes such cards away.",
            item=one.item,
        )


def _vanished(
    bank: Bank, there: Sequence[Standing], lock: Lock, drafts: Collection[str]
) -> Iterator[Problem]:
    keys = {one.key for one in there}
    items = {item.id: item for item in bank.items}
    for known in lock.entries.values():
        if known.key in keys or known.state == "type":
            continue
        if known.key != guid(bank.name, known.item):  # a merge of two banks' locks brought it in
            continue
        item = items.get(known.item)
        if known.item in drafts:
            why = "is a draft now that lacks something"
        elif item is None:
            why = "is no more in the bank"
        elif item.draft:
            why = "is a draft now"
        else:
            why = "is for exams only now"
        if known.state == "retired":
            yield Problem(
                code="retired_gone",
                severity="warning",
                message=f'"{known.item}" was retired but {why}: the deck that tells its learners so goes without it.',
                fix="Keep the retired question in its file, with retired: REASON, for as long as someone may have its card.",
                item=known.item,
            )
        else:
            yield Problem(
                code="vanished_item",
                severity="warning",
                message=f'"{known.item}" was in an earlier deck but {why}; learners keep its card.',
                fix=f"Keep the question in its file and say why it went: retired: REASON. If nobody ever got that deck, delete {FILE} and {LAST} instead.",
                item=known.item,
            )
