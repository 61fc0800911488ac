"""Problems to the commands by which GitHub shows them at their lines.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from quizgen.bank.spans import Spans
from quizgen.problem import Problem, Severity, in_reading_order

_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def workflow_commands(
    problems: Sequence[Problem], spans: Spans, folder: PurePosixPath
) -> Iterator[str]:
    """One command a problem, in reading order; `folder` leads from the repository to the project."""
    for problem in in_reading_order(problems):
        properties: dict[str, object] = {}
        if (where := problem.where) is not None:
            properties = {"file": folder / where.file, "line": where.line, "col": where.column}
            excerpt = spans.excerpt(where, problem.field)
            if excerpt is not None:
                line, column = excerpt.end
                properties["endLine"] = line
                if line == where.line:  # GitHub takes columns of one line alone
                    properties["endColumn"] = column
        properties["title"] = problem.code
        named = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
        text = f"{problem.message}\n{problem.fix}" if problem.fix else problem.message
        yield f"::{_COMMANDS[problem.severity]} {named}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
