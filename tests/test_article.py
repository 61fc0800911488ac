"""The bank of this repository, written from one article: whole, sound, fair to guessers, grounded."""

import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import permutations
from math import comb
from pathlib import Path
from typing import assert_never, get_args

import pytest

from quizgen.bank import Reading, fields, load_media, locate, read_bank
from quizgen.bank.unwritten import unwritten
from quizgen.checks.audit import audit
from quizgen.checks.catalogue import check
from quizgen.checks.grounding.sources import ground
from quizgen.checks.grounding.standing import held_against
from quizgen.checks.scope import heeded
from quizgen.commands.documents import read_document
from quizgen.core.fold import folded
from quizgen.core.quantity import ordering_keys
from quizgen.core.select import draw
from quizgen.model import (
    KINDS,
    LEVELS,
    Bank,
    Card,
    Choice,
    Cloze,
    Entry,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    TrueFalse,
)
from quizgen.outputs import anki
from quizgen.outputs.anki.press import build
from quizgen.outputs.template import Templates
from tests.conftest import ROOT

TABLES = (
    fields.ITEM_FIELDS,
    fields.OPTION_FIELDS,
    fields.IMAGE_FIELDS,
    fields.CITATION_FIELDS,
    fields.BAND_FIELDS,
    fields.CRITERION_FIELDS,
    fields.PASSAGE_FIELDS,
    fields.BANK_FIELDS,
    fields.DOCUMENT_FIELDS,
    fields.TOPIC_FIELDS,
)
TOPICS = {
    "Partnerships",
    "Belt and Road and open cooperation",
    "Diplomacy for the people",
    "Global governance",
}


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_bank(ROOT)


@pytest.fixture(scope="module")
def bank(reading: Reading) -> Bank:
    assert reading.bank is not None
    return reading.bank


@pytest.fixture(scope="module")
def used(bank: Bank) -> tuple[Item, ...]:
    return tuple(item for item in bank.items if not item.draft and not item.retired)


# --- Whole ---------------------------------------------------------------------------------------


def test_nothing_is_wrong_with_it(reading: Reading, bank: Bank) -> None:
    """Neither in form nor by any check, nor in the quizzes that it declares."""
    assert reading.problems == ()
    assert locate(check(bank), reading.origin) == ()
    for plan in bank.quizzes:
        quiz, problems = draw(bank, plan)
        assert problems == ()
        assert quiz is not None
        assert not any(item.level == "detail" for item in quiz.items)


def test_it_uses_all_types_kinds_levels_and_fields(bank: Bank, used: tuple[Item, ...]) -> None:
    assert {type(item) for item in used} == set(get_args(Item))
    assert {item.level for item in used} == set(LEVELS)
    kinds = {item.kind for item in used if isinstance(item, Entry | Cloze)}
    assert kinds >= set(KINDS) - {"code"}
    assert {quiz.forms for quiz in bank.quizzes} >= {2}
    text = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "questions").rglob("*.yaml")
    )
    keys = set(re.findall(r"(?m)(?:^|[{,]|- )\s*(\w+):(?=\s)", text))
    assert {field.name for table in TABLES for field in table} - keys == set()


def test_each_item_serves_a_goal_explains_and_cites(bank: Bank, used: tuple[Item, ...]) -> None:
    assert len(used) >= 150
    assert {topic.name for topic in bank.topics} == TOPICS
    goals = {(topic.name, goal.id) for topic in bank.topics for goal in topic.goals}
    assert {(item.topic, item.goal) for item in used} == goals
    for item in used:
        assert len(item.explain) > 20, item.id
        assert item.source is not None, item.id
        assert item.source.terms or item.source.derived, item.id
        assert item.source.paragraphs or item.source.document != "article", item.id
    beyond = [item for item in used if item.level in ("understand", "apply", "analyse")]
    assert len(beyond) >= 30


def test_claims_are_attributed_and_relations_name_the_state(used: tuple[Item, ...]) -> None:
    """A judgement is the feature's; where relations are asked for, who had them before is said."""
    assert sum(item.claim for item in used) >= 20
    for item in used:
        text = " ".join(f"{item}".replace("\\n", " ").split())
        if item.source and 14 in item.source.paragraphs and "diplomatic relations" in text:
            assert "People's Republic of China" in text.replace("\\'", "'"), item.id
            assert "Taipei" in item.explain, item.id


def test_the_lock_in_git_is_that_of_the_bank(bank: Bank) -> None:
    """Building a fresh clone leaves its tracked files as they are."""
    text = (ROOT / "questions" / "anki.lock").read_text(encoding="utf-8")
    lock, problems = anki.read_lock(text)
    assert problems == ()
    media = load_media(ROOT, bank)
    _, after = build(bank, media=media, templates=Templates(), lock=lock, now=2_000_000_000)
    assert anki.write_lock(after) == text


# --- Fair to guessers ----------------------------------------------------------------------------


def singles(used: tuple[Item, ...]) -> list[Choice]:
    """The choices with one key, whose options are shuffled or sorted."""
    found = [item for item in used if isinstance(item, Choice)]
    return [item for item in found if len(item.keys) == 1 and item.arrangement == "free"]


def chance_of_as_many(hits: int, of: int, chance: Fraction) -> float:
    """How likely a guesser hits as often or more: the upper tail of a binomial."""
    return float(
        sum(comb(of, n) * chance**n * (1 - chance) ** (of - n) for n in range(hits, of + 1))
    )


@pytest.mark.parametrize("strategy", [max, min], ids=["longest", "shortest"])
def test_the_length_of_options_tells_no_key(
    strategy: Callable[..., Option], used: tuple[Item, ...]
) -> None:
    worded = [
        item for item in singles(used) if ordering_keys(tuple(o.text for o in item.options)) is None
    ]
    picks = [strategy(item.options, key=lambda option: len(option.text)) for item in worded]
    hits = sum(pick.id in item.keys for pick, item in zip(picks, worded, strict=True))
    mean = sum((Fraction(1, len(item.options)) for item in worded), Fraction(0)) / len(worded)
    assert chance_of_as_many(hits, len(worded), mean) > 0.05


def test_the_place_among_numbers_tells_no_key(used: tuple[Item, ...]) -> None:
    """Sorted as they are shown, no place holds the key more often than chance allows."""
    places: Counter[int] = Counter()
    count = 0
    for item in singles(used):
        values = ordering_keys(tuple(option.text for option in item.options))
        if values is not None and len(values) == 4:
            ranked = sorted(zip(values, (option.id for option in item.options), strict=True))
            places[[identity for _, identity in ranked].index(item.keys[0])] += 1
            count += 1
    assert count >= 12
    for place in range(4):
        assert chance_of_as_many(places[place], count, Fraction(1, 4)) > 0.05 / 4
    middle = places[1] + places[2]
    assert chance_of_as_many(middle, count, Fraction(1, 2)) > 0.05


def test_statements_are_true_about_as_often_as_false(used: tuple[Item, ...]) -> None:
    answers = [item.answer for item in used if isinstance(item, TrueFalse)]
    for value in (True, False):
        assert chance_of_as_many(answers.count(value), len(answers), Fraction(1, 2)) > 0.05


def test_no_strategy_that_knows_nothing_beats_chance(reading: Reading, bank: Bank) -> None:
    """By the audit of the whole bank, in which no question lacks anything."""
    unlevelled = unwritten(reading.origin, [item.id for item in bank.items], "level")
    found = audit(bank, unlevelled=unlevelled)
    assert len(found.findings) > 20
    assert [one.strategy.code for one in found.leaks] == []
    contents = found.contents
    assert contents.aimless == ()
    assert contents.without_topic == contents.without_explanation == ()
    assert contents.without_source == contents.without_level == ()


def shown(item: Item, passages: Mapping[str, str]) -> str:
    """What a paper says of an item whatever its form, folded: stem, passage, sides, picture."""
    match item:
        case TrueFalse():
            texts = [item.statement]
        case Card():
            texts = [item.front]
        case Cloze():
            texts = [item.stem, *(part for part in item.parts if isinstance(part, str))]
        case Match():
            texts = [item.stem, *(pair.left.text for pair in item.pairs)]
        case Choice() | Entry() | Number() | Order() | Open():
            texts = [item.stem]
        case _:
            assert_never(item)
    texts += [passages[item.passage]] if item.passage else []
    texts += [item.image.alt] if item.image else []
    return f" {folded(' '.join(texts))} "


def answers(item: Item) -> list[str]:
    """What an item asks for, in words or figures."""
    match item:
        case Choice():
            return [option.text for option in item.options if option.id in item.keys]
        case Entry():
            return [item.accept[0]]
        case Number():
            return [item.text]
        case Cloze():
            return [gap.accept[0] for gap in item.gaps]
        case Match():
            return [pair.right.text for pair in item.pairs]
        case Card():
            return [item.back]
        case TrueFalse() | Order() | Open():
            return []
        case _:
            assert_never(item)


def test_no_paper_gives_its_own_answers_away(bank: Bank) -> None:
    """What one question asks for stands in no other of the same quiz, unless both share a text."""
    passages = {passage.id: passage.text for passage in bank.passages}
    for plan in bank.quizzes:
        quiz, _ = draw(bank, plan)
        assert quiz is not None
        for asked, other in permutations(quiz.items, 2):
            if asked.passage and asked.passage == other.passage:
                continue
            text = shown(other, passages)
            found = [key for key in answers(asked) if f" {folded(key)} " in text]
            assert not found, f"{plan.id}: {other.id} tells {asked.id} {found}"


# --- Grounded in the article ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def paragraphs() -> tuple[str, ...]:
    """The article's; where it is not at hand the bank's digests are trusted."""
    named = os.environ.get("QUIZGEN_ARTICLE")
    if not named:
        pytest.skip("QUIZGEN_ARTICLE names no file")
    return read_document(Path(named))


CREDITS = re.compile(
    r"^(?:Photo by|Published by|Xinhua News Agency \(|Text reporters|Poster|New M)"
)


def test_every_citation_holds(paragraphs: tuple[str, ...], reading: Reading, bank: Bank) -> None:
    """Terms stand where they are said to, digests are noted and fit, and no words are taken over."""
    stands = held_against(bank, {"article": paragraphs})
    assert {one.item: one.state for one in stands if one.state != "ok"} == {}
    assert [one.item for one in stands if not one.source.digest] == []
    cited = [item for item in bank.items if item.source and item.source.document == "article"]
    assert len(stands) == len([item for item in cited if not item.draft and not item.retired]) > 250
    problems = heeded(bank, ground(bank, {"article": paragraphs}))
    assert locate(problems, reading.origin) == ()


def test_a_line_put_in_before_moves_every_citation_and_breaks_none(
    paragraphs: tuple[str, ...], bank: Bank
) -> None:
    stands = held_against(bank, {"article": ("Put in.", *paragraphs)})
    assert {one.state for one in stands} == {"moved"}
    for one in stands:
        assert one.paragraphs == tuple(number + 1 for number in one.source.paragraphs)


def test_every_paragraph_and_every_figure_is_asked_about(
    paragraphs: tuple[str, ...], used: tuple[Item, ...]
) -> None:
    """Of paragraphs 1 to 75, without credits; some items rest on several paragraphs."""
    cited = {n for item in used if item.source for n in item.source.paragraphs}
    text = " ".join(
        re.sub(r"(?<=\d),(?=\d)", "", f"{item} {item.source.terms if item.source else ''}")
        for item in used
    )
    numbers = set(re.findall(r"\d+(?:\.\d+)?", text))
    for place, paragraph in enumerate(paragraphs[:75], start=1):
        if CREDITS.match(paragraph):
            continue
        figures = re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", "", paragraph))
        is_heading = len(paragraph) < 140 and not figures
        assert place in cited or is_heading, f"paragraph {place} is cited by no item"
        assert set(figures) <= numbers, f"paragraph {place}: {set(figures) - numbers}"
