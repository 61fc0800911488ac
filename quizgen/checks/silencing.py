"""What the rules find to what is told of it: without what is silenced with a reason, and as heavy
as the bank says. A silencing that silences nothing is a problem itself.

An error is wrong by construction, so only the question in which it stands may silence it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from msgspec.structs import replace

from quizgen.bank.origin import BANK_FILE, Files, Reading
from quizgen.checks.rule import UNSILENCED, Rule, rules
from quizgen.checks.scope import in_use
from quizgen.model import Bank, Silencing
from quizgen.problem import Problem, Where, has_errors

OF_DOCUMENTS = frozenset(
    "broken_source changed_source moved_source missing_digest copied_text "
    "distractor_in_source".split()
)
"""The rules that only a document at hand can answer."""


def asked(*, notes: bool, documents: bool) -> frozenset[str]:
    """The codes of all rules, but for those of notes, or of documents, that were not asked."""
    return frozenset(
        rule.code
        for rule in rules().values()
        if (notes or rule.severity != "note") and (documents or rule.code not in OF_DOCUMENTS)
    )


def needs_notes(bank: Bank) -> bool:
    """Whether the rules of notes have to be asked though no notes are shown: one of them weighs
    more here, or is silenced, which may be in vain.
    """
    checking = bank.checking
    named = {
        *(code for code, severity in checking.severities.items() if severity != "note"),
        *(one.code for one in checking.silencings),
        *(code for item in bank.items for code in item.ignore),
    }
    return any(code in rules() and rules()[code].severity == "note" for code in named)


def settled(
    reading: Reading, found: Iterable[Problem], *, codes: frozenset[str], notes: bool
) -> tuple[Problem, ...]:
    """The findings that stand, notes among them only if asked for, and what is wrong with the
    silencings. `codes` are the rules that were asked: of the others none is called unused, and of
    none where not all could be read or asked, since what a silencing is for may be missing.
    """
    bank = reading.bank
    if bank is None:
        return ()
    found = tuple(found)
    silenced = _Silenced(reading, bank)
    severities = bank.checking.severities
    kept = []
    for problem in found:
        if silenced(problem):
            continue
        weighs = severities.get(problem.code, problem.severity)
        if problem.severity not in {"error", weighs}:
            problem = replace(problem, severity=weighs)  # noqa: PLW2901 - the same problem, as heavy as here
        if notes or problem.severity != "note":
            kept.append(problem)
    has_failed = any(problem.code == "failed_rule" for problem in found)
    judged = frozenset() if has_failed or has_errors(reading.problems) else codes
    return (*kept, *_of_silencings(reading, bank, silenced, judged))


class _Silenced:
    """Whether a finding is silenced; keeps count of which silencings were of use."""

    def __init__(self, reading: Reading, bank: Bank) -> None:
        self._places = reading.origin.items
        self._of_items = {item.id: item.ignore for item in bank.items if item.ignore}
        self._others: Mapping[str, list[Silencing]] = defaultdict(list)
        for one in bank.checking.silencings:
            self._others[one.code].append(one)
        self.used_items: set[tuple[str, str]] = set()
        self.used: set[Silencing] = set()

    def __call__(self, problem: Problem) -> bool:
        item, code = problem.item or "", problem.code
        by_item = code in self._of_items.get(item, ())
        if by_item:
            self.used_items.add((item, code))
        if problem.severity == "error" or code not in self._others:
            return by_item
        place = self._places.get(item)
        hits = [one for one in self._others[code] if reaches(one, place.file if place else "")]
        self.used.update(hits)
        return by_item or bool(hits)


def reaches(silencing: Silencing, file: str) -> bool:
    """Whether a silencing is for the questions of a file."""
    if silencing.file:
        return silencing.file == file
    return not silencing.files or bool(_pattern(silencing.files).fullmatch(file))


@cache
def _pattern(files: str) -> re.Pattern[str]:
    """A pattern of paths, in which * and ? stay within a folder and ** does not."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", files)
    signs = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(signs.get(part) or re.escape(part) for part in parts), re.DOTALL)


# --- What is wrong with the silencings ------------------------------------------------------------


def _of_silencings(
    reading: Reading, bank: Bank, silenced: _Silenced, codes: frozenset[str]
) -> Iterator[Problem]:
    """Rules that there are not, and silencings in vain of those with these codes."""
    files = Files(reading.origin)
    places = reading.origin.items
    in_files = {places[item.id].file for item in in_use(bank) if item.id in places}
    for item in in_use(bank):
        for code in item.ignore:
            problem = _unsilenced(code)
            if problem is None and code in codes:
                problem = None if (item.id, code) in silenced.used_items else _unused("question")
            if problem is not None and (place := places.get(item.id)):
                where = files.key(place.file, (*place.path, "ignore", code))
                yield replace(problem, where=where, item=item.id, field=f"ignore.{code}")
    nowhere: set[str] = set()
    for one in bank.checking.silencings:
        problem = _unsilenced(one.code, by_question=False)
        if problem is None and one.code in codes and one not in silenced.used:
            if one.files and not any(reaches(one, place.file) for place in places.values()):
                if one.files not in nowhere:  # once for all the rules below it
                    nowhere.add(one.files)
                    where = files.key(BANK_FILE, ("check", "files", one.files))
                    yield replace(_no_file(one.files), where=where)
                continue
            problem = _in_vain(one, in_files)
        if problem is not None:
            yield replace(problem, where=_written(one, files))
    for code in bank.checking.severities:
        problem = _unweighed(code)
        if problem is not None:
            yield replace(problem, where=files.key(BANK_FILE, ("check", "severity", code)))


def _written(one: Silencing, files: Files) -> Where:
    if one.file:
        return files.key(one.file, ("ignore", one.code))
    within = ("files", one.files) if one.files else ("ignore",)
    return files.key(BANK_FILE, ("check", *within, one.code))


def _unused(what: str) -> Problem:
    return Problem(
        code="unused_ignore",
        message=f"The rule finds nothing in this {what}, so there is nothing to ignore.",
        fix="Delete it.",
        severity="warning",
    )


def _in_vain(one: Silencing, in_use_files: set[str]) -> Problem | None:
    """A silencing of no use; None where all that it is for are drafts or retired."""
    if any(reaches(one, file) for file in in_use_files):
        return _unused("file" if one.file else "bank" if not one.files else "part of the bank")
    return None


def _no_file(files: str) -> Problem:
    return Problem(
        code="unused_ignore",
        message=f'"{files}" is the path of no file with questions.',
        fix="Write it from the project's folder, such as questions/old/*.yaml, or delete it.",
        severity="warning",
    )


def _unsilenced(code: str, *, by_question: bool = True) -> Problem | None:
    """Why a rule cannot be ignored: there is none, it is read by no rule, or it finds errors."""
    rule = rules().get(code)
    if rule is None:
        return _unknown(code)
    if code in UNSILENCED:
        return _fixed(rule, "cannot be ignored, since such a question cannot be read.")
    if rule.severity == "error" and not by_question:
        return _fixed(
            rule, "finds errors, which only the question itself may ignore, with its reason."
        )
    return None


def _unweighed(code: str) -> Problem | None:
    rule = rules().get(code)
    if rule is None:
        return _unknown(code)
    if rule.severity == "error":
        return _fixed(rule, "finds what is wrong by construction, which stays an error.")
    return None


def _fixed(rule: Rule, why: str) -> Problem:
    return Problem(
        code="fixed_rule",
        message=f'"{rule.code}" {why}',
        fix="Delete it, and mend the questions that it names.",
        severity="warning",
    )


def _unknown(code: str) -> Problem:
    near = get_close_matches(code, rules(), n=1)
    return Problem(
        code="unknown_rule",
        message=f'There is no rule "{code[:40]}".',
        fix=f"Write {near[0]}, or delete it." if near else "Delete it; docs/rules.md lists them.",
        severity="warning",
    )
