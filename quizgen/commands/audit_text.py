"""An audit in words and tables for the author of a bank, who need know nothing of statistics."""

from collections.abc import Iterator, Sequence

from quizgen.checks.audit import Audit, Finding
from quizgen.checks.audit.leaks import LEVEL, Verdict
from quizgen.commands.audit_contents import contents_lines
from quizgen.commands.audit_json import Place
from quizgen.commands.audit_look import Look, percent
from quizgen.commands.audit_places import places
from quizgen.commands.report import count_of
from quizgen.study.words import wrapped

_WORDS: dict[Verdict, str] = {"leak": "LEAK", "no_leak": "no leak", "too_few": "too few"}
_SIGNS: dict[Verdict, tuple[str, str]] = {
    "leak": ("✗", "!"),
    "no_leak": ("·", "-"),
    "too_few": ("?", "?"),
}
_STYLES: dict[Verdict, str] = {"leak": "31", "no_leak": "", "too_few": "2"}


def audit_lines(audit: Audit, place: Place, *, drafts: int, look: Look) -> Iterator[str]:
    """The report, line by line: guessing first, then where keys stand, what is asked and what is missing."""
    contents = audit.contents
    yield look.paint(f"Audit of {audit.title}", "1")
    left_out = ", ".join(
        filter(
            None,
            (
                count_of(drafts, "draft") if drafts else "",
                f"{contents.retired} retired" if contents.retired else "",
            ),
        )
    )
    yield from look.said(
        f"{count_of(contents.items, 'question')}{f', without {left_out}' if left_out else ''}."
    )
    yield from _guessing(audit, place, look)
    yield from contents_lines(audit, place, look)


# --- Guessing ------------------------------------------------------------------------------------


def _guessing(audit: Audit, place: Place, look: Look) -> Iterator[str]:
    yield from look.head("Can it be guessed?")
    if not audit.findings:
        yield from look.said("No question has options to choose from, so there is nothing to try.")
        return
    yield from look.said(_opening(audit))
    yield ""
    yield from (_stacked if look.is_narrow else _table)(audit.findings, look)
    yield ""
    yield from (look.paint(line, "2") for line in _legend(audit.findings, look))
    for one in audit.leaks:
        yield ""
        yield from _leak(one, place, look)


def _opening(audit: Audit) -> str:
    """What a pupil gets by lot, and what the strategies came to."""
    placed = [one for one in audit.ranks if one.by in ("printed", "written")]
    by_lot = []
    if questions := sum(sum(one.counts) for one in placed):
        got = sum(sum(one.counts) / one.options for one in placed)
        share = percent(got / questions)
        by_lot.append(f"{share} of the {count_of(questions, 'question')} with one right option")
    if statements := audit.statements.true + audit.statements.false:
        several = f"half of the {count_of(statements, 'statement')}"
        by_lot.append(several if statements > 1 else "the one statement half the time")
    luck = f"Luck alone answers {' and '.join(by_lot)}. " if by_lot else ""
    number, leaks = len(audit.findings), len(audit.leaks)
    tried = "One strategy that knows" if number == 1 else f"{number} strategies that know"
    tried = f"{luck}{tried} nothing of the subject took the test."
    if leaks:
        beat = f"{leaks} of them beat chance" if leaks > 1 else "One of them beats chance"
        beat = "It beats chance" if number == 1 else beat
        return f"{tried} {beat}: one can score by looking at the options alone."
    return f"{tried} None does better than luck explains."


def _legend(findings: Sequence[Finding], look: Look) -> Iterator[str]:
    """What the words of the table mean, those that stand in it."""
    words = {
        "asked": "questions that the strategy says something of",
        "right": "in so many the right option is among what the strategy picks",
        "by lot": "in how many that would be so if the right options were placed by lot",
        "leaks at": f"with so many right, luck is no explanation: in {round(1 / LEVEL)} banks without a leak at most one is said to have one",
        "gain in %": "right less by lot, in percent of asked, and its interval of 95 %",
        "p for all": "how often luck would do as well with any of the strategies",
        "no leak": "the strategy did no better than guessing; with more questions a small leak might show",
        "too few": "even if all were right, that might be luck",
    }
    verdicts = {one.verdict for one in findings}
    if look.is_narrow:
        del words["asked"]
    if not look.is_wide:
        del words["gain in %"], words["p for all"]
    if "no_leak" not in verdicts:
        del words["no leak"]
    if "too_few" not in verdicts:
        del words["too few"]
    for word, meaning in words.items():
        yield from look.labelled(word, f"{meaning}.", 9)
    if any(one.marks != one.hits / one.items for one in findings):
        yield from look.said(
            "Where a strategy leaves several options, as two in the middle, any counts."
        )


def _table(findings: Sequence[Finding], look: Look) -> Iterator[str]:
    """One row a strategy; where there is room, what a pupil gains and how sure that is as well."""
    heads = ["asked", "right", "by lot", "leaks at"]
    if look.is_wide:
        heads += ["gain in %", "p for all"]
    figures = [max(len(head), 5) for head in heads]
    if look.is_wide:
        figures[4:] = [16, 11]
    widths = [look.room - sum(figures) - 2 * len(figures) - 9, *figures]
    yield look.paint(look.row("  strategy", heads, widths), "2")
    for one in findings:
        title = wrapped(one.strategy.title, widths[0] - 2)
        shown = [str(one.items), str(one.hits), f"{one.expected:.1f}", _needed(one)]
        if look.is_wide:
            shown += [_gain(one), "" if one.adjusted is None else _p(one.adjusted)]
        line = look.row(f"{_sign(one, look)} {title[0]}", shown, widths, _WORDS[one.verdict])
        for text in (line, *(f"    {more}" for more in title[1:])):
            yield look.paint(text, _STYLES[one.verdict]) if _STYLES[one.verdict] else text


def _stacked(findings: Sequence[Finding], look: Look) -> Iterator[str]:
    """The same in lines of their own, for narrow terminals and screen readers."""
    for one in findings:
        needed = "" if one.leaks_from is None else f", leaks at {one.leaks_from}"
        said = f"{one.hits} of {one.items} right, by lot {one.expected:.1f}{needed}"
        if look.is_plain:
            yield f"{one.strategy.title}: {said}: {_WORDS[one.verdict]}"
            continue
        style = _STYLES[one.verdict]
        yield from look.said(f"{_sign(one, look)} {one.strategy.title}", style=style)
        yield from look.said(f"{said}: {_WORDS[one.verdict]}", indent=2, style=style)


def _found(one: Finding) -> str:
    """What a hit is: where several options are left, the right one is only among them."""
    is_sure = one.marks == one.hits / one.items
    return "It picks the right option" if is_sure else "The right option is among those it leaves"


def _needed(one: Finding) -> str:
    return "-" if one.leaks_from is None else str(one.leaks_from)


def _gain(one: Finding) -> str:
    """What a strategy adds to the share of hits, in points of percent, with its interval."""
    return f"{one.effect * 100:+.0f} ({one.effect_low * 100:+.0f} to {one.effect_high * 100:+.0f})"


def _p(p: float) -> str:
    if p < 0.0001:
        return "under .0001"
    return "1" if p >= 0.9995 else f"{p:.{4 if p < 0.01 else 3}f}".lstrip("0")


def _sign(one: Finding, look: Look) -> str:
    return _SIGNS[one.verdict][0 if look.has_signs else 1]


def _leak(one: Finding, place: Place, look: Look) -> Iterator[str]:
    """What a leak comes to, in whole sentences, and the questions to mend."""
    yield from look.said(
        one.strategy.title if look.is_plain else f"{_sign(one, look)} {one.strategy.title}",
        style="1;31",
    )
    yield from look.said(
        f"{_found(one)} in {one.hits} of {one.items} questions; by lot that would be so in "
        f"{one.expected:.1f}. That is {one.effect * 100:.0f} in a hundred more "
        f"({one.effect_low * 100:.0f} to {one.effect_high * 100:.0f} with 95 % confidence; "
        f"p for all strategies: {_p(one.adjusted or 0)}). A pupil who follows it gets "
        f"{percent(one.marks)} of them right, instead of {percent(one.blind)}.",
        indent=2,
    )
    yield from look.said(one.strategy.fix, indent=2)
    excess = max(round(one.hits - one.expected), 1)
    yield from look.said(
        f"Mending about {excess} of these {one.hits} brings it down to chance:", indent=2
    )
    yield from places(one.mend, place, look, indent=4)
