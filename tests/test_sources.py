"""Items against their documents: what stands, what changed, what moved, what is gone."""

import re
from datetime import date
from hashlib import sha256

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizgen.checks.grounding.copied import Phrases
from quizgen.checks.grounding.sources import ground, heeding_documents, key_not_in_terms
from quizgen.checks.grounding.standing import Stand, held_against, paragraph_digest
from quizgen.checks.rules.attribution import unattributed_claim
from quizgen.checks.scope import heeded
from quizgen.documents import paragraphs
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Citation,
    Cloze,
    Document,
    Entry,
    Gap,
    Item,
    Match,
    Option,
    Pair,
    Passage,
    TrueFalse,
)
from tests.strategies import WORDS

LAKES = """\
Lake Baikal lies in Siberia.

  It is 1,642 m deep and holds\tabout a fifth
\t
of all liquid fresh water. On 5 December 1996 it was listed, with 50 % of the votes.
"""


def cited(*terms: str, paragraph: int = 2, digest: str = "") -> Citation:
    return Citation(document="lakes", paragraphs=(paragraph,), terms=terms, digest=digest)


def resting_on(source: Citation, text: str = "It is so.") -> Item:
    return TrueFalse(id="t", statement=text, answer=True, source=source)


def problems(item: Item, document: str = LAKES) -> list[tuple[str, str]]:
    bank = Bank(
        name="b", title="B", items=(item,), documents=(Document(name="lakes", title="Lakes"),)
    )
    return [(one.code, one.severity) for one in ground(bank, {"lakes": paragraphs(document)})]


def test_a_digest_is_published() -> None:
    """Banks hold digests, so how they are made never changes: twelve hex digits of a sha256."""
    assert paragraph_digest(" a\n b\t") == paragraph_digest("a b")
    assert paragraph_digest("a b") == sha256(b"a b").hexdigest()[:12] == "c8687a08aa5d"


@pytest.mark.parametrize(
    ("paragraph", "term"),
    [
        (1, "Baikal"),
        (1, "lake baikal"),
        (2, "1642"),
        (2, "1,642"),
        (2, "1,642 m"),
        (2, "1642 m"),
        (2, "a fifth"),
        (3, "1996-12-05"),
        (3, "December 5, 1996"),
        (3, "5 December"),
        (3, "December 1996"),
        (3, "1996"),
        (3, "50%"),
        (3, "50 per cent"),
    ],
)
def test_a_term_stands(paragraph: int, term: str) -> None:
    digest = paragraph_digest(paragraphs(LAKES)[paragraph - 1])
    assert problems(resting_on(cited(term, paragraph=paragraph, digest=digest))) == []


@pytest.mark.parametrize(
    ("paragraph", "term"),
    [
        (1, "Baika"),
        (1, "1,642"),
        (2, "642"),
        (2, "1,643"),
        (2, "16"),
        (2, "fifth deep"),
        (3, "1996-12-06"),
        (3, "6 December"),
        (3, "December 1997"),
        (3, "Nov 1996"),
        (3, "51 %"),
        (3, ""),
    ],
)
def test_a_term_does_not_stand(paragraph: int, term: str) -> None:
    assert problems(resting_on(cited(term, paragraph=paragraph)))[:1] == [
        ("broken_source", "error")
    ]


@given(st.integers(0, 10**12), st.sampled_from(["{}", "{:,}", "-{}", "{}.5"]))
def test_numbers_compare_by_value(number: int, written: str) -> None:
    """However the thousands are set apart, on either side; a sign or a fraction is another number."""
    document = f"There were {number:,} of them."
    held = problems(resting_on(cited(written.format(number), paragraph=1)), document)
    is_same = written in {"{}", "{:,}"} or (written == "-{}" and number == 0)
    assert (("broken_source", "error") in held) == (not is_same)


@given(
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b %Y"]),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d"]),
)
def test_dates_compare_by_day(day: date, other: date, one: str, two: str) -> None:
    assume(day != other)
    document = f"On {day.strftime(two)} it was listed."
    assert ("broken_source", "error") not in problems(
        resting_on(cited(day.strftime(one), paragraph=1)), document
    )
    assert ("broken_source", "error") in problems(
        resting_on(cited(other.strftime(one), paragraph=1)), document
    )


def test_a_paragraph_that_does_not_exist() -> None:
    assert problems(resting_on(cited("Baikal", paragraph=4))) == [("broken_source", "error")]
    assert problems(resting_on(cited("Baikal", paragraph=0))) == [("broken_source", "error")]


def test_a_citation_without_a_digest_is_told_it() -> None:
    item = resting_on(cited("1,642"))
    bank = Bank(name="b", title="B", items=(item,))
    (note,) = ground(bank, {"lakes": paragraphs(LAKES)})
    assert (note.code, note.severity) == ("missing_digest", "note")
    assert paragraph_digest("It is 1,642 m deep and holds about a fifth") in note.fix


def test_several_paragraphs_are_one_place() -> None:
    both = Citation(document="lakes", paragraphs=(1, 2), terms=("Siberia", "1642"))
    digest = paragraph_digest(" ".join(paragraphs(LAKES)[:2]))
    assert problems(resting_on(msgspec.structs.replace(both, digest=digest))) == []
    before = f"A new first line.\n{LAKES}"
    assert problems(resting_on(msgspec.structs.replace(both, digest=digest)), before) == [
        ("moved_source", "warning")
    ]


LINES = st.lists(st.sampled_from(WORDS), min_size=3, max_size=12).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=6, unique=True)


@given(st.data(), TEXTS)
def test_ok_changed_moved_and_broken(data: st.DataObject, lines: list[str]) -> None:
    """What became of a paragraph: nothing; a word more; a place further down; its term gone."""
    place = data.draw(st.integers(1, len(lines)))
    line = lines[place - 1]
    term = data.draw(st.sampled_from(line.split()))
    source = Citation(
        document="lakes", paragraphs=(place,), terms=(term,), digest=paragraph_digest(line)
    )

    def becomes(*new: str) -> str:
        return stand(source, (*lines[: place - 1], *new, *lines[place:])).state

    assert becomes(line) == "ok"
    assert becomes(f"  {line.replace(' ', '   ')} ".strip()) == "ok"
    assert becomes(f"{line} besides") == "changed"
    assert becomes("something new", line) == "moved"
    assert becomes(" ".join(word for word in line.split() if word != term)) == "broken"
    assert stand(source, ()).state == "broken"


def stand(source: Citation, document: tuple[str, ...]) -> Stand:
    bank = Bank(name="b", title="B", items=(resting_on(source),))
    (found,) = held_against(bank, {"lakes": document})
    return found


@given(st.data(), st.lists(LINES, min_size=3, max_size=8, unique=True))
def test_paragraphs_put_in_before_and_between_are_seen_through(
    data: st.DataObject, lines: list[str]
) -> None:
    """Wherever the text of a citation went, its numbers are found and hold."""
    numbers = data.draw(
        st.lists(st.integers(1, len(lines)), min_size=1, max_size=3, unique=True).map(sorted)
    )
    digest = paragraph_digest(" ".join(lines[number - 1] for number in numbers))
    source = Citation(document="lakes", paragraphs=tuple(numbers), digest=digest)
    place = data.draw(st.integers(0, numbers[-1] - 1))
    new = [f"new {n}" for n in range(data.draw(st.integers(1, 3)))]
    document = (*lines[:place], *new, *lines[place:])
    found = stand(source, document)
    assert found.state == "moved"
    assert found.paragraphs == tuple(n + len(new) * (n > place) for n in numbers)
    after = msgspec.structs.replace(source, paragraphs=found.paragraphs, digest=found.digest)
    assert stand(after, document).state == "ok"


def test_the_nearest_of_equal_paragraphs_is_the_one_that_moved() -> None:
    source = cited("Baikal", paragraph=4, digest=paragraph_digest("Baikal"))
    assert stand(source, ("Baikal", "b", "c", "d", "Baikal", "f")).paragraphs == (5,)


def test_a_paragraph_that_moved_without_its_term_is_broken() -> None:
    source = cited("Ladoga", paragraph=1, digest=paragraph_digest("Baikal"))
    assert stand(source, ("Ladoga lies here no more.", "Baikal")).state == "changed"
    assert stand(source, ("Onega", "Baikal")).state == "broken"


WAS = "Of the 140 lakes, 25 % lie in Siberia, says Martha Quail; 5 December 1996 cost $3 million."


@pytest.mark.parametrize(
    ("is_now", "term", "fix"),
    [
        (WAS.replace("140", "151"), "140", 'If it is "151" now, mend the term and the question.'),
        (WAS.replace("140", "151"), "140 lakes", '"151"'),
        (WAS.replace("25 %", "a third"), "25 %", '"a third"'),
        (WAS.replace("Quail", "Quayle"), "Martha Quail", '"Martha Quayle"'),
        (WAS.replace("5 December", "6 December"), "5 December 1996", '"6 December 1996"'),
        (WAS.replace("$3 million", "4 million dollars"), "$3m", '"4 million dollars"'),
        (WAS.replace("140", "151, or 160,"), "140", "Cite the paragraph where it stands"),
        (WAS.replace("140 lakes", "151 ponds"), "140 lakes", "Cite the paragraph where it stands"),
        (WAS.replace("Martha Quail", "no one"), "Martha Quail", "Cite the paragraph where"),
    ],
)
def test_what_stands_there_now_is_said_where_one_can_tell(is_now: str, term: str, fix: str) -> None:
    others = ("25 %", "1996", "3 million", "140", "Martha Quail")
    terms = (
        term,
        *(one for one in others if one[:2] not in term and not (term == "$3m" and "3" in one)),
    )
    bank = Bank(
        name="b",
        title="B",
        items=(resting_on(Citation(document="lakes", paragraphs=(1,), terms=terms)),),
    )
    assert stand(Citation(document="lakes", paragraphs=(1,), terms=terms), (WAS,)).state == "ok"
    told = [one for one in ground(bank, {"lakes": (is_now,)}) if one.code == "broken_source"]
    assert [(one.field, fix in one.fix) for one in told] == [("source.terms.0", True)]


def test_a_term_that_stands_elsewhere_is_shown_where() -> None:
    item = resting_on(cited("Siberia", "1,642", paragraph=2))
    bank = Bank(name="b", title="B", items=(item,))
    (told,) = (p for p in ground(bank, {"lakes": paragraphs(LAKES)}) if p.severity == "error")
    assert told.fix == "Mend the term, or cite paragraph 1, too, where it stands."


RIVERS = (
    "The Wenna and its lakes",
    "Three rivers meet at Tarn.",
    "The Wenna is 140 km long and has 12 lakes.",
    "The Orle is 95 km long.",
)


@pytest.mark.parametrize(
    ("document", "terms", "fixes"),
    [
        (
            (RIVERS[0], "A word before.", RIVERS[1], RIVERS[2].replace("140", "151"), RIVERS[3]),
            ("Wenna", "140 km"),
            (
                "Cite paragraph 4, where it stands, or mend the term.",
                (
                    "Cite paragraph 4, where more of the terms stand. "
                    'If it is "151" there now, mend the term and the question.'
                ),
            ),
        ),
        (
            (*RIVERS[:2], RIVERS[2].replace("140", "151"), "The Mure is 140 km long."),
            ("Wenna", "140 km"),
            ('If it is "151" now, mend the term and the question.',),
        ),
        (
            (
                RIVERS[0],
                "Words.",
                "More words.",
                "The Wenna is long, and so is the Orle.",
                RIVERS[3],
            ),
            ("Wenna", "12 lakes", "140 km"),
            (
                "Cite paragraph 4, where it stands, or mend the term.",
                "Cite paragraph 4, where more of the terms stand, and mend this one.",
                "Cite paragraph 4, where more of the terms stand, and mend this one.",
            ),
        ),
        (
            ("The Wenna", "Words.", "Words."),
            ("Wenna",),
            ("Cite paragraph 1, where it stands, or mend the term.",),
        ),
    ],
    ids=["changed and moved", "only changed", "mostly gone", "only a headline"],
)
def test_a_paragraph_is_shown_by_all_terms_together(
    document: tuple[str, ...], terms: tuple[str, ...], fixes: tuple[str, ...]
) -> None:
    """Not each term by itself, which would lead to headlines and to other rivers."""
    bank = Bank(name="b", title="B", items=(resting_on(cited(*terms, paragraph=3)),))
    assert (
        tuple(one.fix for one in ground(bank, {"lakes": document}) if one.severity == "error")
        == fixes
    )


def test_no_answer_is_to_be_cited_that_its_paragraph_does_not_hold() -> None:
    """Though a term was mended and the answer forgotten."""
    item = Entry(id="e", stem="How long is it?", accept=("140 km",), source=cited("151 km"))
    bank = Bank(name="b", title="B", items=(item,))
    found = tuple(key_not_in_terms(bank))
    says = [
        next(heeding_documents(bank, found, {"lakes": ("A river.", f"It is {long} long.")})).fix
        for long in ("151 km", "151 km, or 140 km with the lake,")
    ]
    assert says == [
        (
            "It does not stand in paragraph 2, either: mend the answer, or say in derived: what it "
            "follows from."
        ),
        found[0].fix,
    ]


@given(st.data(), TEXTS)
def test_what_stands_there_is_never_said_to_be_gone(data: st.DataObject, lines: list[str]) -> None:
    """The error has no false positives: any words in a row of a paragraph stand in it."""
    place = data.draw(st.integers(1, len(lines)))
    words = lines[place - 1].split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    source = cited(" ".join(words[start:end]), paragraph=place)
    assert stand(source, tuple(lines)).state == "ok"


# --- Copying -------------------------------------------------------------------------------------

DEEP = "one two three four five six seven eight nine ten"


def _texts(text: str) -> tuple[Item, ...]:
    """Items that each hold the text in another field."""
    same = Option(id="same", text=text)
    other = Option(id="other", text="Other", why=text)
    return (
        TrueFalse(id="statement", statement=text, answer=True),
        TrueFalse(id="explain", statement="So.", answer=True, explain=text),
        TrueFalse(id="hint", statement="So.", answer=True, hint=text),
        Choice(id="option", stem="Which?", options=(same,), keys=("same",)),
        Choice(id="why", stem="Which?", options=(other,), keys=("other",)),
        Match(id="match", stem="Match.", pairs=(Pair(left=other, right=same),)),
        Entry(id="accept", stem="What?", accept=("x", text)),
        Entry(id="close", stem="What?", accept=("x",), close={"y": text}),
        Card(id="front", front=text, back="x"),
        Card(id="back", front="x", back=text),
        Cloze(
            id="cloze",
            parts=(text[:8], Gap(number=1, accept=(text[8:13],)), text[13:]),
        ),
        TrueFalse(id="draft", statement=text, answer=True, draft=True),
    )


def copied(*items: Item, passages: tuple[Passage, ...] = ()) -> set[str | None]:
    bank = Bank(name="b", title="B", items=items, passages=passages)
    found = ground(bank, {"doc": (f"Before. {DEEP.title()}, after.",)})
    assert all(one.severity == "warning" for one in found)
    return {one.item for one in found if one.code == "copied_text"}


def test_eight_words_in_a_row_are_found_in_every_text() -> None:
    eight = " ".join(DEEP.split()[:8])
    items = _texts(eight.replace("four five", "FOUR,  *five*"))
    assert copied(*items) == {item.id for item in items}
    assert copied(passages=(Passage(id="p", text=f"Well, {eight}"),)) == {"p"}


def test_seven_words_in_a_row_are_no_copy() -> None:
    seven = " ".join(DEEP.split()[1:8])
    assert copied(*_texts(f"Well, {seven}, or so.")) == set()


def test_a_document_that_is_not_given_is_not_held_against() -> None:
    item = resting_on(Citation(document="other", paragraphs=(99,), terms=("x",)))
    assert problems(item) == []


def test_an_item_silences_a_finding_with_a_reason() -> None:
    item = resting_on(cited("Baikal", paragraph=4))
    silent = msgspec.structs.replace(item, ignore={"broken_source": "Lost in the scan."})
    bank = Bank(name="b", title="B", items=(silent,))
    found = ground(bank, {"lakes": paragraphs(LAKES)})
    assert [one.code for one in found] == ["broken_source"]
    assert heeded(bank, found) == ()


# --- Claims --------------------------------------------------------------------------------------

SAYS_WHOSE = (
    "According to the harbourmaster, the market was a bad bargain.",
    "What did the mayor find too narrow?",
    "The mayor called it the worst bargain of the town.",
    "In the article, the gates are too narrow.",
    "The market was called a bad bargain by the mayor.",
    "The keeper held that no market was worse.",
    "What does the columnist think of the market?",
    "Laut dem Hafenmeister war der Markt ein schlechtes Geschäft.",
    "Selon le maire, le marché était une mauvaise affaire.",
    "Según el alcalde, el mercado fue un mal negocio.",
)
SAYS_NO_ONE = (
    "Which market, held in Lindow, was the worst?",
    "It is said that the market was a bad bargain.",
    "The market is widely thought to be a bad bargain.",
    "The worst bargain was found in Lindow.",
    "Which market, called Neptune's, was the worst bargain?",
    "Under Article 5, the market was a bad bargain.",
    "Warum war der Fischmarkt ein schlechtes Geschäft?",
    "Le marché était une mauvaise affaire.",
)


def unattributed(text: str, language: str) -> bool:
    item = TrueFalse(id="t", statement=text, answer=True, claim=True)
    bank = Bank(name="b", title="B", items=(item,), language=language)
    return [one.field for one in unattributed_claim(bank)] == ["statement"]


@pytest.mark.parametrize("language", ["en", "de-CH", "fr"])
def test_a_claim_says_whose_it_is(language: str) -> None:
    assert [text for text in SAYS_WHOSE if unattributed(text, language)] == []
    assert [text for text in SAYS_NO_ONE if not unattributed(text, language)] == []


def test_claims_in_other_languages_are_left() -> None:
    assert not unattributed("市场是一笔坏交易。", "zh")


# --- Copied, whatever stands between ---------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "one two _three_ four five six seven eight",
        "one two [three](https://example.org/a) four five six seven eight",
        "**One** two, three: four five «six» seven\neight",
        "“One two three four five six seven eight”, he said.",
        "one two thr\u00adee four five six seven eight",
    ],
)
def test_marks_hide_no_copy(text: str) -> None:
    found = copied(TrueFalse(id="t", statement=text, answer=True))
    assert found == {"t"}


def test_a_term_is_no_copy_and_what_it_derives_from_is() -> None:
    terms = resting_on(Citation(document="other", terms=(DEEP,)))
    derived = resting_on(Citation(document="other", derived=DEEP))
    assert (copied(terms), copied(derived)) == (set(), {"t"})


def test_a_quotation_is_told_to_be_shortened() -> None:
    item = TrueFalse(id="t", statement=f'He said: "{DEEP}".', answer=True)
    bank = Bank(name="b", title="B", items=(item,))
    (found,) = ground(bank, {"doc": (DEEP,)})
    assert found.fix == "Quote fewer than 8 words of it."
    assert found.message == '"one two three four five six seven eight" stands so in the source.'


@given(st.text(st.sampled_from("ab'’_-,. 1é\n"), max_size=60), st.text(max_size=30))
def test_what_is_shown_of_a_copy_is_what_was_copied(text: str, around: str) -> None:
    """Whatever stands between and around the words."""
    shown = Phrases([text]).copied_by(f"{around}\n{text}\n{around}")
    words = len(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text))
    assert bool(shown) == (words >= 8) or len(text) < 15
    assert not shown or Phrases([text]).copied_by(shown) == shown
