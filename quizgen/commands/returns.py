"""What a grading hands back beyond the gradebook: the report on the questions, pages for students."""

from collections.abc import Mapping
from pathlib import Path

from quizgen.commands.project import Stop
from quizgen.grading.analysis import analyze, columns_of
from quizgen.grading.marking import Results
from quizgen.model import Analysis, Edition
from quizgen.outputs import analysis as report
from quizgen.outputs.template import TemplateFault, Templates
from quizgen.sheet import Delimiter


def analysis_files(
    edition: Edition, results: Results, root: Path, folder: str, delimiter: Delimiter
) -> tuple[Analysis, Mapping[str, bytes]]:
    """The analysis of a grading, and its report. Raises Stop where a project's template cannot be used."""
    found = analyze(*columns_of(results))
    try:
        built = report.build(edition, found, Templates(root), folder, delimiter)
    except TemplateFault as fault:
        raise Stop(str(fault), code=1) from fault
    return found, built.files
