"""Facts out of texts, and drafts of questions out of facts."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings

from quizgen.bank.origin import BANK_FILE
from quizgen.bank.parsing import parse
from quizgen.bank.writing import settings_text
from quizgen.checks.catalogue import check
from quizgen.checks.grounding.copied import Phrases
from quizgen.checks.grounding.readings import stands
from quizgen.core.quantity import parse_number
from quizgen.documents import Kind as DocumentKind
from quizgen.documents import parts
from quizgen.drafting import admission
from quizgen.drafting.admission import Place, file_text
from quizgen.drafting.drafters import Brought, bring
from quizgen.drafting.facts import find
from quizgen.drafting.figures import figures
from quizgen.drafting.heads import head
from quizgen.drafting.ladders import Figures, figure_ladder, values_of
from quizgen.drafting.proposing import Proposal, Wish, propose
from quizgen.drafting.protocol import Draft, Fact, Paragraph, Text
from quizgen.drafting.ranges import range_ladder
from quizgen.drafting.ranks import spread
from quizgen.drafting.sentences import sentences
from quizgen.drafting.terms import acronyms
from quizgen.model import Bank, Choice, Document
from quizgen.problem import has_errors
from tests.conftest import few
from tests.drafted_facts import LATER, READ, UNSEEN, held, text_of
from tests.strategies import drafted_texts, free_ranks


def text(document: str, kind: DocumentKind = "text") -> Text:
    """A text under the name "t"."""
    found = parts(document, kind)
    return Text(
        document="t",
        paragraphs=tuple(
            Paragraph(number=number, text=part.text, role=part.role)
            for number, part in enumerate(found, start=1)
        ),
    )


def place(of: Text) -> Place:
    """A bank that declares the text, and nothing else."""
    bank = Bank(name="b", title="B", documents=(Document(name=of.document, title="T"),))
    phrases = Phrases(one.text for one in of.paragraphs)
    return Place(bank=bank, root=Path(), taken=frozenset({"t-p1-year"}), phrases=phrases)


_ALL = Wish()


def proposed(of: Text, wish: Wish = _ALL, *drafts: Draft) -> Proposal:
    """What is proposed of the facts of a text, or of these drafts."""
    brought = Brought((), drafts) if drafts else bring({"facts": lambda: find}, of)
    return propose(brought, of, place(of), wish)


def facts(sentence: str) -> list[str]:
    """The facts of a text, each as "kind: text"."""
    return [f"{one.kind}: {one.text}" for one in find(text(sentence)) if isinstance(one, Fact)]


# --- What is found -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "precision", "recall"),
    [(READ, 0.94, 0.98), (UNSEEN, 0.95, 0.91), (LATER, 0.97, 0.97)],
)
def test_the_facts_that_an_author_wants_are_found(
    names: tuple[str, ...], precision: float, recall: float
) -> None:
    """In the texts that the finding was made by, in those that were labelled before it and kept
    apart, and in those that it was mended by when a new author had tried it."""
    results = [held(name) for name in names]
    right, found, wanted = (
        sum(sum(counter.values()) for counter in counters)
        for counters in zip(*((r.right, r.found, r.wanted) for r in results), strict=True)
    )
    told = [(r.missed, r.extra) for r in results]
    assert right / found >= precision, told
    assert right / wanted >= recall, told


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In 1954 it had 2000 members.", ["year 1954", "number 2000"]),
        ("From 2010–2017 and in 1914-18.", ["year 2010", "year 2017", "year 1914"]),
        ("The 2021 election cost $1.2 billion.", ["year 2021", "money $1.2 billion"]),
        ("No. 5, version 3.2.1, v2.0, Fig. 2, page 17 and room 12.", []),
        ("At 7:15, 10 a.m. and 5 p.m., tel. 555 0142.", []),
        ("The 3rd and the 21st.", []),
        ("Apollo 11 and Seaway 2.1.", []),
        ("It rose by 6 percentage points to 31 %.", ["number 6 percentage points", "share 31 %"]),
        ("From 3 May to 9 May 2023.", ["date 3 May", "date 9 May 2023"]),
        ("May is rough. She may pay 5 euros.", ["money 5 euros"]),
        ("Since the 1820s and the ninth century.", ["year 1820s", "year ninth century"]),
        ("12,400 people, 3.5 million votes, 1 000 000 trees.", ["number 12,400", "number 3.5 million", "number 1 000 000"]),
        ("It is 84 metres long, 25 °C warm and 0.100 mol/L strong.", ["number 84 metres", "number 25 °C", "number 0.100 mol/L"]),
        ("A 9-seat plane and three-quarters of it.", ["number three-quarters"]),
        ("Three rivers, but one of two.", ["number Three"]),
        ("It was built in 6200 BC.", ["year 6200 BC"]),
        ("© 2024 City Museum, 12 Canal Street.", []),
        ("See https://x.org/2020/11 or a1@b2.org.", []),
        ("On Jan. 5, 1881 and 2021-09-06.", ["date Jan. 5, 1881", "date 2021-09-06"]),
        ("1924: closed.", ["year 1924"]),
        ("A survey of 1979 found signs at 2,940 sites. A herd of 1500 sheep.",
         ["year 1979", "number 2,940", "number 1500"]),
        ("In the survey of 2018 students came. From 1850 to 1900 some left.",
         ["year 2018", "year 1850", "year 1900"]),
        ("It needs 1 to 1.5 kilograms a day, and 20,000 to 80,000 bees.",
         ["number 1 to 1.5 kilograms", "number 20,000 to 80,000"]),
        ("Keep it at 20 °C to 25 °C, with 5 to 6 % of acid, for 10–12 minutes.",
         ["number 20 °C to 25 °C", "share 5 to 6 %", "number 10–12 minutes"]),
        ("They voted by 121 to 38. It rose from 5 to 7 metres.",
         ["number 121", "number 38", "number 7 metres"]),
        ("Ring extension 4417. Revised 12 September 2023. Module Botany 2.", []),
        ("Lay it in 0, 0.1, 0.2 and 0.5 mol/L. It has 4, then 7. The pH is 7.", ["number 7"]),
        ("It paid 640,000 pounds of it and 3 pounds of butter.", ["money 640,000 pounds", "number 3"]),
        ("On 31 February 2001, February 30 and 2021-02-29; on 29 February 2020.", ["date 29 February 2020"]),
    ],
)  # fmt: skip
def test_figures_are_told_from_what_looks_like_them(sentence: str, expected: list[str]) -> None:
    found = [f"{one.kind} {sentence[one.start : one.end]}" for one in figures(sentence)]
    assert found == expected


@pytest.mark.parametrize(
    "first",
    [
        "Mr. Hollis came.", "It is in the U.S. Embassy now.", "See Fig. 2 there.", "No. 5 is open.",
        "He (b. 1954) sang.", "J. S. Bach wrote it.", "It weighs 2.5 kg.", "She asked: why?", "On Jan. 5 it fell.",
        "Weigh 0.01 g.", "Cool it to 4 °C.", "Add 5 L.", "Wait for 10 min.", "In 1750 J. S. Bach died.",
        "He said so in the U.S.", "It closed at 5 p.m.", "“Nobody knew.”",
        "It lies at 52° N.", "It lies at 4°12′ W.",
    ],
)  # fmt: skip
def test_a_sentence_ends_where_it_ends(first: str) -> None:
    whole = f"{first} The next one."
    assert [whole[start:end] for start, end in sentences(whole)] == [first, "The next one."]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Fares rose. Then Maria Kuyper came.", ["Maria Kuyper"]),
        ("Dr. Ruth Amadi met Premier Dag Hollis. Hollis left.", ["Ruth Amadi", "Dag Hollis"]),
        ("In May the Bank of Ellery closed on Monday.", ["Bank of Ellery"]),
        ("He saw St. Anne's Hospital and the Competition and Markets Authority.",
         ["St. Anne's Hospital", "Competition and Markets Authority"]),
        ("They met Karl von Frisch, Kirk & Sons and King Stefan II.",
         ["Karl von Frisch", "Kirk & Sons", "King Stefan II"]),
        ("They gave it Vitamin B12, and an Airbus A380 brought Covid-19.",
         ["Vitamin B12", "Airbus A380", "Covid-19"]),
        ("We met August Krogh and June Carter. May Alcott painted.", ["August Krogh", "June Carter", "May Alcott"]),
        ("In May Kuyper left, last June Hollis did, and on 3 August Amadi.", ["Kuyper", "Hollis", "Amadi"]),
        ("It lay at 52° N. He saw Amadi.", ["Amadi"]),
        ("The French chef left. UNESCO came.", ["UNESCO"]),
        ("The carp (Cyprinus carpio) eats.", ["Cyprinus carpio"]),
        ("It is Brandt's. We met Brandt.", ["Brandt"]),
        ("The Eurasian otter swam. Weigh it to 0.1 g. Lay it down. It was Adrian who did.", ["Adrian"]),
        ("Peat grows. The Solway Peat Trust said so.", ["Solway Peat Trust"]),
        ("We saw in Chapter 13, Listing 18-1 and Table 2 what Rust does.", ["Rust"]),
    ],
)  # fmt: skip
def test_names_are_told_from_first_words_titles_and_months(
    sentence: str, expected: list[str]
) -> None:
    found = find(text(sentence))
    assert [one.text for one in found if isinstance(one, Fact) and one.kind == "name"] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Northern Sea Lines (NSL) sail.", [("NSL", "Northern Sea Lines")]),
        ("Use NSL (Northern Sea Lines) here.", [("NSL", "Northern Sea Lines")]),
        ("A volumetric flask (VF) and sodium hydroxide (NaOH).",
         [("VF", "volumetric flask"), ("NaOH", "sodium hydroxide")]),
        ("He won (USA). It is late (see below) (2019).", []),
        ("The gross domestic product (GDP)", [("GDP", "gross domestic product")]),
    ],
)  # fmt: skip
def test_acronyms_come_with_what_they_stand_for(
    sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert [(one.short, one.meaning) for one in acronyms(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "A towpath is the path beside a canal from which animals drew boats.",
            ["definition: towpath"],
        ),
        ("It is a lake that is salt. This is a thing that works.", []),
        ("A drone is a bee; a queen is a bee that lays eggs.", ["definition: queen"]),
        ("May is the month with the roughest sea.", []),
        ("Osmosis is the movement of water that evens out salt.", ["definition: Osmosis"]),
        ("Barges brought coal, timber, grain and salt.", ["list: coal, timber, grain, salt"]),
        ("It has three traits, namely, objects, types and modules.", ["number: three"]),
        ("Wear goggles, gloves and a lab coat.", ["list: goggles, gloves, lab coat"]),
        ("- iron\n- zinc\n- tin", ["list: iron, zinc, tin"]),
        ("1. rinse\n2. fill\n3. stir", ["order: rinse, fill, stir"]),
        (
            "1. Rinse it until nothing is left in it.\n2. Fill it with 0.5 mL of the acid.\n3. Stir.",
            ["order: Rinse it, Fill it, Stir", "number: 0.5 mL"],
        ),
        ("1. It is a thing of which so very many have been told.\n2. Two.\n3. Three.", []),
        ("They eat eels, frogs and the odd duck.", ["list: eels, frogs, duck"]),
        (
            "The stages are lag, growth and resting stage.",
            ["list: lag, growth, resting"],
        ),
        ("Osmosis is the movement of water through a membrane.", ["definition: Osmosis"]),
        ("Paris is the capital of France.", ["name: France"]),
    ],
)
def test_definitions_lists_and_orders(sentence: str, expected: list[str]) -> None:
    assert facts(sentence) == expected


def test_names_are_of_persons_where_nothing_tells_otherwise() -> None:
    """A weir, a trust or a village is none, and only what is of one sort is an option beside another."""
    of = text(
        "The weirs broke. Stoke Mill Weir fell with Kestrel Gorge. Maria Kuyper lives near Little Denby.\n"
        "Many gorges are deep. The Wenna Rivers Trust paid."
    )
    groups = {
        one.text: one.group for one in find(of) if isinstance(one, Fact) and one.kind == "name"
    }
    assert groups == {
        "Stoke Mill Weir": "place", "Kestrel Gorge": "", "Maria Kuyper": "person",
        "Little Denby": "place", "Wenna Rivers Trust": "organisation",
    }  # fmt: skip
    assert head("Harbottle Weir") == head("Mill Dam") == "weir"
    assert head("River Wenna") == "river"
    assert head("University of Lund") == "university"
    assert head("Britain") == "country"
    row = "\n".join(f"We saw {one} there." for one in _PLACES)
    for one in proposed(text(row)).admitted:
        question = one.draft.question
        if "answer" in question:
            sorts = {head(option) for option in (question["answer"], *question["distractors"])}
            assert len(sorts) == 1, question
    assert any("answer" in one.draft.question for one in proposed(text(row)).admitted)


_PLACES = (
    "Ask Weir", "Elmstow Dam", "Brindle Lock", "Carrow Sluice", "Otterby Weir", "River Tarn",
    "River Ossel", "Spain", "Chad", "Dunmore Lake",
)  # fmt: skip


def test_where_every_noun_has_a_capital_none_is_taken_for_a_name() -> None:
    """As in German; its figures are found."""
    of = text("Der Hafen von Ellery hat seit 1954 eine Werft, ein Dock und 212 Boote.")
    found = find(Text(document="t", paragraphs=of.paragraphs, language="de"))
    assert [one.text for one in found if isinstance(one, Fact)] == ["1954", "212"]


def test_a_figure_is_asked_for_in_each_paragraph_and_a_name_once() -> None:
    found = facts(
        "In 1954 we saw Maria Kuyper. In 1954 it rained.\nIn 1954 we saw Maria Kuyper again."
    )
    assert found == ["year: 1954", "name: Maria Kuyper", "year: 1954"]


def test_headings_captions_and_menus_are_no_facts() -> None:
    page = (
        "<nav>Open since 1950.</nav><h1>Floods of 1953</h1><p>It broke in 1954.</p>"
        "<figure><figcaption>A map of 1801.</figcaption></figure><table><tr><td>1955.</table>"
        "<footer>Since 2001.</footer>"
    )
    found = [one.text for one in find(text(page, "html")) if isinstance(one, Fact)]
    assert found == ["1954"]
    plain = text("Floods of 1953\nBy Ann Lee, 3 May 1999\nIt broke in 1954.\nPhoto: A map of 1801.")
    assert [one.text for one in find(plain) if isinstance(one, Fact)] == ["1954"]


# --- Wrong options -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "key", "pattern"),
    [
        ("number", "1,284", r"\d,?\d{3}|\d{3}"), ("money", "$46.5 million", r"\$\d\d\.\d million"),
        ("share", "31 percent", r"\d\d percent"), ("year", "1954", r"19\d\d"), ("year", "1820s", r"\d{3}0s"),
        ("year", "9th century", r"\d+(st|nd|rd|th) century"), ("year", "6200 BC", r"\d{2,}00 BC"),
        ("number", "three", r"[a-z]+"), ("number", "two thirds", r"[a-z ]+"), ("money", "€9 million", r"€\d+ million"),
        ("number", "150,000", r"\d{2,3},000"), ("share", "0.5 %", r"\d\.\d %"), ("number", "pH 8.2", r"pH \d+\.\d"),
        ("year", "ninth century", r"[a-z-]+ century"), ("money", "£1.1 million", r"£\d\.\d million"),
    ],
)  # fmt: skip
def test_wrong_figures_look_like_the_key(kind: Any, key: str, pattern: str) -> None:
    """As long, as round, in the same unit; none is the key by value."""
    import re

    for seed in range(8):
        fact = Fact(kind=kind, paragraph=1, text=key)
        ladder = figure_ladder(fact, Figures(()), frozenset(), seed)
        assert ladder.ranks
        for rank in ladder.ranks:
            options = [*ladder.rungs(rank), key]
            assert len(set(options)) == 4
            for option in options:
                assert re.fullmatch(pattern, option), option
            values = [number.value for one in options if (number := parse_number(one))]
            assert len(set(values)) == len(values)


def test_years_go_no_further_than_the_text_may_know() -> None:
    """One year beyond the last that it names."""
    fact = Fact(kind="year", paragraph=1, text="2021")
    for seed in range(20):
        ladder = figure_ladder(fact, Figures((), 2022), frozenset(), seed)
        assert set(ladder.above) <= {"2022", "2023"}
        assert ladder.ranks
        assert ladder.ranks[-1] == 3


def test_a_year_to_come_stands_among_years_to_come() -> None:
    """And a target for every fifth year among such; one that is past knows nothing of it."""
    of = text(
        "It began in 1998. In 2012 it grew and expects more. By 2030 the trust wants to shade the bank."
    )
    for seed in range(10):
        found = proposed(of, Wish(kinds=("year",), seed=seed)).admitted
        options = [
            [
                int(year)
                for year in (one.draft.question["answer"], *one.draft.question["distractors"])
            ]
            for one in found
        ]
        assert all(year > 2012 and year % 5 == 0 for year in options[-1])
        assert all(year <= 2013 for year in (*options[0], *options[1]))


def test_ranges_have_ranges_of_their_width_for_options() -> None:
    ladder = range_ladder("1 to 1.5 kilograms")
    assert ladder.below == ("0.5 to 1 kilograms",)
    assert ladder.above == ("1.5 to 2 kilograms", "2 to 2.5 kilograms", "2.5 to 3 kilograms")
    assert range_ladder("20,000 to 80,000").above[0] == "80,000 to 140,000"
    assert range_ladder("20 °C to 25 °C").below[0] == "15 °C to 20 °C"
    assert range_ladder("5 to 40 %").above == ("40 to 75 %",)


def test_a_tolerance_takes_in_no_other_figure_and_no_half_of_a_small_one() -> None:
    """What is "about" so much is asked for all the same."""
    of = text(
        "It stops at about 0.27 mol/L. We found 0.29 mol/L. Cut 1 cm off. It is some 40 km long."
    )
    found = proposed(of)
    assert found.refused == ()
    tolerances = {
        one.draft.question["number"]: one.draft.question["tolerance"] for one in found.admitted
    }
    assert tolerances == {"0.27": "0.005", "0.29": "0.005", "1": "5 %", "40": "10 %"}


def test_what_is_refused_leaves_the_ids_of_the_others_as_they_were_told() -> None:
    """A message may name one of them."""
    of = text(SOURCE)
    lost = stranger({"stem": "", "number": "1,642", "weather": "1"})
    choice = stranger({"stem": "", "answer": "1,642", "distractors": ["1642", "9"]})
    kept = stranger({"stem": "Where is it?", "accept": "Siberia"}, ("Siberia",))
    found = proposed(of, _ALL, lost, choice, kept)
    assert len(found.refused) == 2
    assert [one.block["id"] for one in found.admitted] == ["t-p1-draft-3"]


def test_no_term_is_sought_in_all_of_a_huge_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that twice the words take no more for each draft."""
    longest: list[int] = []

    def watched(term: str, said: str) -> bool:
        longest.append(len(said))
        return stands(term, said)

    monkeypatch.setattr(admission, "stands", watched)
    row = (f"Weir {at} rose by {at % 97}.{at % 89} m in {1500 + at % 500}." for at in range(400))
    assert len(proposed(text(" ".join(row))).admitted) > 400
    assert max(longest) < 100


def test_a_share_stays_below_all_and_what_its_paragraph_says_is_no_wrong_option() -> None:
    high = figure_ladder(Fact(kind="share", paragraph=1, text="97 %"), Figures(()), frozenset(), 1)
    assert all(Fraction(one[:-2]) <= 99 for one in high.above)
    assert 3 in high.ranks
    fact = Fact(kind="number", paragraph=1, text="400")
    for seed in range(20):
        ladder = figure_ladder(fact, Figures(["480"]), values_of(("400", "300", "500")), seed)
        assert not {"300", "500"} & {*ladder.below, *ladder.above}
        assert "480" in ladder.above


@given(free_ranks())
@example({"a": (0,), "b": (0, 1), "c": (1, 2), "d": (2, 3)})
@example({"a": (0, 1), "b": (0, 1), "c": (0,), "d": (0, 3), "e": (1, 3)})
def test_ranks_are_as_even_as_they_can_be(choices: dict[str, tuple[int, ...]]) -> None:
    """No other way to give each key one of its ranks has counts that are closer together."""
    given_ranks = spread(choices, 1)
    assert all(given_ranks[name] in ranks for name, ranks in choices.items())

    def unevenness(ranks: Any) -> int:
        return sum(count**2 for count in Counter(ranks).values())

    best = min(map(unevenness, product(*choices.values())))
    assert unevenness(given_ranks.values()) == best


def test_another_seed_gives_other_keys_the_same_ranks() -> None:
    free = {str(at): (0, 1, 2, 3) for at in range(41)}
    one, other = spread(free, 1), spread(free, 2)
    assert one != other
    for ranks in (one, other):
        assert sorted(Counter(ranks.values()).values()) == [10, 10, 10, 11]


def test_the_ranks_of_the_keys_of_a_whole_text_are_even() -> None:
    """Of the figures by their values, and of the words by their lengths."""
    for name in READ:
        ranks: dict[bool, list[int]] = {True: [], False: []}
        for one in proposed(text_of(name)).admitted:
            question = one.draft.question
            if "answer" in question:
                is_figure = one.draft.kind not in ("name", "definition")
                options: list[Any] = [question["answer"], *question["distractors"]]
                order = (
                    _by_value(options) if is_figure else sorted(options, key=lambda o: (len(o), o))
                )
                ranks[is_figure].append(order.index(question["answer"]))
        for found in ranks.values():
            counts = [found.count(rank) for rank in range(4)]
            assert max(counts) - min(counts) <= 2, (name, counts)


def _by_value(options: list[str]) -> list[str]:
    import re

    from quizgen.drafting.ladders import _value

    return sorted(options, key=lambda one: _value(re.sub(r"(st|nd|rd|th) century", "", one)) or 0)


# --- Drafts of any text --------------------------------------------------------------------------


@settings(max_examples=few(12))
@given(drafted_texts())
@example("It is 0 %, 0 and 000 in the 0th century.")
@example("A, B and C. NSL (N S L).\nIn 1954. In 1954. 1954: x")
def test_any_text_gives_drafts_that_read_and_copy_nothing(document: str) -> None:
    """In each kind of document; the same ones each time."""
    for kind in ("text", "markdown", "html"):
        of = text(document, kind)
        there = place(of)
        found = proposed(of)
        written = file_text(found.admitted, "t", "# Drafts.\n", there.phrases)
        assert there.phrases.copied_by(written) == ""
        assert written == file_text(proposed(of).admitted, "t", "# Drafts.\n", there.phrases)
        if not found.admitted:
            continue
        files = {
            BANK_FILE: settings_text(there.bank).encode(),
            "questions/d.yaml": written.encode(),
        }
        reading = parse(Path(), files, {})
        assert reading.problems == ()
        assert reading.origin.drafts == len(found.admitted) == len(reading.origin.items)
        assert "t-p1-year" not in reading.origin.items


@pytest.mark.parametrize("name", [*READ, *UNSEEN, *LATER])
def test_a_draft_with_its_stem_is_a_question_without_fault(name: str) -> None:
    """Once its stem is written and it is a draft no more; wrong options differ from the key and from
    one another as a checker sees it."""
    of = text_of(name)
    found = proposed(of)
    assert len(found.admitted) > 25
    written = file_text(found.admitted, of.document, "", place(of).phrases)
    stems = iter(f"What is asked here, number {at}?" for at in range(10_000))
    lines = [
        f"  stem: {next(stems)}" if line == "  stem:" else line
        for line in written.splitlines()
        if line != "  draft: true"
    ]
    files = {
        BANK_FILE: settings_text(place(of).bank).encode(),
        "questions/d.yaml": "\n".join(lines).encode(),
    }
    reading = parse(Path(), files, {})
    assert reading.problems == ()
    assert reading.bank is not None
    assert len(reading.bank.items) == len(found.admitted)
    problems = check(reading.bank)
    assert not has_errors(problems)
    assert not [p for p in problems if p.code in ("key_not_in_terms", "copied_text")]
    for item in reading.bank.items:
        assert item.source is not None
        assert item.source.digest
        if isinstance(item, Choice):
            assert len(item.options) == 4


def test_each_fact_has_the_type_that_suits_it() -> None:
    of = text(
        "The ferry of 1954 is 84 m long and cost $5 million. It sank on 3 May 1999 with 212 people. "
        "A playa is a bed that dries up. Barges brought coal, timber and salt.\n"
        "The Northern Sea Lines (NSL), the Verro Canal Company (VCC) and a volumetric flask (VF)."
    )
    found = {(one.draft.kind, frozenset(one.block)) for one in proposed(of).admitted}
    told = {
        kind: keys & {"answer", "number", "accept", "match", "unit", "tolerance"}
        for kind, keys in found
    }
    assert told["year"] == told["money"] == {"answer"}
    assert told["date"] == told["definition"] == told["list"] == {"accept"}
    assert told["acronym"] == {"match"}
    kinds = [kind for kind, _ in found if kind == "number"]
    assert len(kinds) == 2


def test_the_comment_names_its_paragraphs_as_a_person_would() -> None:
    of = text("Here is what you need.\n- iron\n- zinc\n- tin")
    (one,) = proposed(of).admitted
    assert list(one.block)[1] == "paragraphs 2 to 4: ask for all of them"


def test_limit_takes_the_most_telling_of_each_paragraph_first_and_kinds_choose() -> None:
    of = text_of("news.txt")
    ten = proposed(of, Wish(limit=6)).admitted
    assert len(ten) == 6
    assert len({one.draft.paragraph for one in ten}) == 6
    assert {one.draft.kind for one in ten} <= {"date", "year", "money", "share", "number"}
    assert [one.draft.paragraph for one in ten] == sorted(one.draft.paragraph for one in ten)
    only = proposed(of, Wish(kinds=("money", "list"))).admitted
    assert {one.draft.kind for one in only} == {"money", "list"}
    assert proposed(of, Wish(seed=2)).admitted != proposed(of).admitted


# --- What strangers bring ------------------------------------------------------------------------

SOURCE = (
    "The lake is 1,642 m deep and lies in Siberia, where winters are long and summers short.\n"
    "It was mapped in 1954."
)


def stranger(question: dict[str, Any], terms: tuple[str, ...] = ("1,642",), **more: Any) -> Draft:
    return Draft(paragraph=1, question=question, terms=terms, **more)


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (stranger({"stem": "", "number": "1,642"}, ()), "names no term"),
        (stranger({"stem": "", "number": "1,643"}, ("1,643",)), '"1,643" does not stand in paragraph 1.'),
        (stranger({"stem": "", "number": "12"}), "not among the terms"),
        (stranger({"stem": "", "answer": "1,642", "distractors": []}), "[not_a_list]"),
        (stranger({"stem": "", "answer": "1,642", "distractors": ["1642 ", "1,642"]}), "[duplicate_options]"),
        (stranger({"stem": "", "answer": "1,642", "distractors": ["1642", "9"]}), "[equal_numeric_options]"),
        (stranger({"stem": "", "answer": "1,642", "options": ["1", "2"]}), "[key_not_an_option]"),
        (stranger({"stem": "", "weather": "1,642"}), "[unknown_field]"),
        (stranger({"stem": "x"}), "has no answer"),
        (stranger({"stem": "", "accept": "1,642", "topic": "a\u2028b\x00"}), "signs"),
        (stranger({"stem": "Where lies in Siberia, where winters are long and summers?", "number": "1,642"}),
         "stands so in the text"),
        (stranger({"stem": "", "number": "1,642", "image": {"file": "a.png", "alt": "A"}}), "a.png"),
        (stranger({"stem": "", "number": "1,642"}, paragraphs=(1, 9)), "There is no paragraph 9"),
        (Draft(paragraph=0, question={"number": "1"}, terms=("1",)), "There is no paragraph 0; the text has 2."),
        (stranger({"stem": "", "match": {"a": "1,642"}}), "[too_few_pairs]"),
    ],
)  # fmt: skip
def test_what_may_not_come_in_is_refused_with_the_reason(draft: Draft, reason: str) -> None:
    """And what is sound beside it comes in."""
    sound = stranger({"stem": "How deep is it?", "number": "1,642", "unit": "m", "id": "mine"})
    found = proposed(text(SOURCE), Wish(), draft, sound)
    assert [refused.reason for refused in found.refused if reason in refused.reason], found.refused
    assert [one.draft for one in found.admitted] == [sound]
    assert str(found.admitted[0].block["id"]).startswith("t-p1-draft")
    assert found.admitted[0].block["stem"] == "How deep is it?"


def test_a_drafter_that_fails_is_told_of_and_the_others_go_on() -> None:
    def raises(_: Text) -> Iterator[Fact]:
        yield Fact(kind="year", paragraph=2, text="1954")
        raise RuntimeError("no\nmodel")

    drafters: dict[str, Any] = {
        "a": lambda: raises,
        "b": lambda: lambda _: "text",
        "c": lambda: lambda _: [1],
        "d": lambda: lambda _: [Fact(kind="colour", paragraph="two", text="x")],  # type: ignore[arg-type]
        "e": lambda: lambda _: None,
        "f": lambda: __import__("no_such_module"),
        "g": lambda: lambda _: [stranger({"stem": "", "number": 1642}), stranger({"x": object()})],
        "h": lambda: find,
    }
    brought = bring(drafters, text(SOURCE))
    assert brought.troubles[0] == 'The drafter "a" failed: RuntimeError: no model'
    assert [trouble.split('"')[1] for trouble in brought.troubles] == list("abcdefg")
    assert "nothing" in brought.troubles[4]
    assert all("\n" not in trouble for trouble in brought.troubles)
    assert brought.drafts[0].question["number"] == "1642"
    assert [one.text for one in brought.facts] == ["1954", "1,642 m", "Siberia", "1954"]


def test_facts_of_strangers_that_cannot_be_asked_for_end_nothing() -> None:
    """Each kind with a text that is no such thing."""
    odd = ["", "x", "0", "−", "1,2,3", "９", "1954 1955", "A" * 5_000]
    kinds: tuple[Any, ...] = (
        "year",
        "date",
        "number",
        "money",
        "share",
        "name",
        "acronym",
        "definition",
        "list",
        "order",
    )
    row = tuple(Fact(kind=kind, paragraph=1, text=one, unit="m") for kind in kinds for one in odd)
    of = text("x 0 − 1,2,3 ９ 1954 1955")
    found = propose(Brought(row), of, place(of), Wish())
    assert len(found.admitted) + len(found.refused) >= len(row) - 2 * len(odd)
