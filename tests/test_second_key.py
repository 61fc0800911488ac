"""A distractor that may be as right as the key is told from one that a paragraph names otherwise."""

import pytest

from quizgen.checks.grounding.second_key import distractor_in_source
from quizgen.model import Bank, Choice, Citation, Document, Option


def told(paragraph: str, stem: str, key: str, *others: str) -> list[str]:
    """The distractors that are reported, where this is the one paragraph cited."""
    options = tuple(Option(id=text, text=text) for text in (key, *others))
    source = Citation(document="doc", paragraphs=(1,), terms=(key,))
    item = Choice(id="q", stem=stem, options=options, keys=(key,), source=source)
    document = Document(name="doc", title="Doc")
    bank = Bank(name="b", title="B", items=(item,), documents=(document,))
    found = distractor_in_source(bank, {"doc": (paragraph,)})
    return [options[int((one.field or "").partition(".")[2])].text for one in found]


FLEMING = "Alexander Fleming found penicillin in 1928, and Howard Florey made it a drug."


@pytest.mark.parametrize(
    ("paragraph", "stem", "key", "others", "reported"),
    [
        ("Peat is dug in Ireland, Latvia and Estonia.", "Where is peat dug?", "in Ireland",
         ["in Latvia", "in Spain"], ["in Latvia"]),
        ("The town trades salt, herrings and wool.", "What does it trade?", "salt",
         ["the wool", "the tar", "woo"], ["the wool"]),
        ("Anna Kern and Max Ott founded the choir.", "Who founded the choir?", "Max Ott",
         ["Anna Kern", "Otto"], ["Anna Kern"]),
        (FLEMING, "Who found penicillin?", "Alexander Fleming", ["Howard Florey"], []),
        ("It is dug in Ireland. In Latvia it was given up.", "Where?", "Ireland", ["Latvia"], []),
        ("It trades salt, but no longer wool.", "What does it trade?", "salt", ["wool"], []),
        ("Coal, then wool and tar were landed.", "What was mostly landed?", "coal", ["wool"], []),
        ("Coal and wool were landed.", "What was landed beside the wool?", "coal", ["wool"], []),
        ("The town has 12 mills and 40 wells.", "How many mills has it?", "12", ["40"], []),
        ("It trades salt and rock salt.", "What does it trade?", "salt", ["rock salt"], []),
    ],
)  # fmt: skip
def test_a_distractor_in_one_breath_with_the_key_is_reported(
    paragraph: str, stem: str, key: str, others: list[str], reported: list[str]
) -> None:
    """Not what another sentence names, what is set apart, or what the question asks to single out."""
    assert told(paragraph, stem, key, *others) == reported
