"""An answer that the learner calls right, to what its author would write to have it accepted."""

import re
from typing import assert_never

from quizgen.bank.cloze import ClozeError, cloze_parts
from quizgen.bank.quoting import quoted
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Entry,
    Gap,
    Item,
    Match,
    Number,
    Open,
    Order,
    Response,
    TrueFalse,
)
from quizgen.study.feedback import typed_text
from quizgen.study.judging import gap_of
from quizgen.study.record import Task

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What no file of questions may hold, nor a text on one line."""


def yaml_line(item: Item, task: Task, response: Response) -> str:
    """The line of YAML that would make this answer count; empty where no line would."""
    text = typed_text(response)
    match item:
        case Entry():
            return _accept(item, text)
        case Cloze():
            line = _gap(item, gap_of(item, task), text)
            return "" if _UNSEEN.search(line) else line
        case Choice() | TrueFalse() | Number() | Match() | Order() | Open() | Card():
            return ""
        case _:
            assert_never(item)


def _accept(item: Entry, text: str) -> str:
    """The accepted answers with one more; empty where even that would not make it right."""
    from quizgen.core.judge import judge
    from quizgen.core.members import whole_answers

    known = whole_answers(item.accept) if item.kind in ("set", "list") else item.accept
    accept = (*known, text)
    # A set of one member and another such would be taken for a set of two.
    if _UNSEEN.search("".join(accept)) or not judge(text, accept, kind=item.kind).right:
        return ""
    return f"accept: [{', '.join(map(quoted, accept))}]"


def _gap(item: Cloze, gap: Gap, text: str) -> str:
    """The gap with one more answer; empty where its signs would be taken for those of a gap."""
    accept = (*gap.accept, text)
    answers = "|".join(one.replace("|", r"\|") for one in accept)
    number = f"c{gap.number}::" if len(item.gaps) > 1 else ""
    hint = f"::{gap.hint}" if gap.hint or "::" in answers else ""
    line = f"{{{{{number}{answers}{hint}}}}}"
    try:
        (found,) = cloze_parts(line)
    except (ClozeError, ValueError):
        return ""
    is_same = isinstance(found, Gap) and (found.accept, found.hint) == (accept, gap.hint)
    return line if is_same else ""
