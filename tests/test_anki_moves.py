"""What an edition cannot move or take away in the real Anki: that it is said, and how it is found."""

import re
from collections.abc import Mapping
from html import unescape

import pytest
from anki.collection import Collection
from anki.decks import DeckId
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.model import Bank, Card, Cloze, Gap, Item
from quizgen.outputs.anki import read_lock, write_lock
from quizgen.outputs.built import Built
from tests import anki_samples as sample
from tests.anki_collections import (
    DAY,
    FIRST,
    all_cards,
    deck_of,
    edition,
    fresh_collection,
    import_deck,
    note_of,
    progress_of,
)
from tests.conftest import few
from tests.strategies import anki_banks

TOP = "Water on Earth"
CARDS = tuple(Card(id=name, topic="Lakes", front=f"{name}?", back="!") for name in "abc")
BANK = replace(sample.BANK, items=CARDS)


def with_topics(topics: Mapping[str, str], bank: Bank = BANK) -> Bank:
    """The bank with other topics for these items."""
    items = (replace(item, topic=topics.get(item.id, item.topic)) for item in bank.items)
    return replace(bank, items=tuple(items))


def moves_in(built: Built) -> list[str]:
    """The searches for moved cards."""
    return [one.query for one in built.searches if "deck:" in one.query]


def found(collection: Collection, query: str) -> set[str]:
    """The items whose cards a search finds."""
    cards = (collection.get_card(number) for number in collection.find_cards(query))
    return {card.note()["Item"].partition("/")[2] for card in cards}


# --- Moved cards ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Lakes", "Rivers"),
        ("Lakes", "Lakes::Deep lakes"),
        ("Lakes::Deep lakes", "Lakes"),
        ("", "Lakes"),
        ("Lakes", ""),
        ("Lakes", 'Salt & "fresh" *water*, a_b \\ (or) -c: d'),
    ],
)
def test_a_search_finds_the_cards_that_moved_and_no_other(before: str, after: str) -> None:
    """For a learner of the first edition; once he has moved them, and for others, it finds none."""
    old = with_topics({"a": before, "b": before, "c": after})
    new = with_topics({"a": after}, old)
    first, lock = edition(old)
    second, _ = edition(new, lock, FIRST + DAY)
    (query,) = moves_in(second)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        assert found(collection, query) == set()
        import_deck(collection, deck_of(second))
        assert found(collection, query) == {"a"}
        place = note_of(collection, new, "c").cards()[0].did
        collection.set_deck(collection.find_cards(query), place)
        assert found(collection, query) == set()
    with fresh_collection() as collection:
        import_deck(collection, deck_of(second))
        assert found(collection, query) == set()


@given(anki_banks())
@settings(max_examples=few(8))
def test_whatever_a_topic_is_called_its_moved_cards_are_found(bank: Bank) -> None:
    """All that came without a topic and have one now, by the searches together."""
    first, lock = edition(with_topics({item.id: "" for item in bank.items}, bank))
    second, after = edition(bank, lock, FIRST + DAY)
    assert write_lock(read_lock(after)[0]) == after
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        import_deck(collection, deck_of(second))
        moved = set[str]().union(*(found(collection, query) for query in moves_in(second)))
    with fresh_collection() as collection:
        import_deck(collection, deck_of(second))
        root = collection.decks.id_for_name(bank.title)
        elsewhere = {card.note()["Item"] for card in all_cards(collection) if card.did != root}
    assert moved == {name.partition("/")[2] for name in elsewhere}


def test_every_later_edition_tells_of_a_move() -> None:
    """For those who skipped the edition in between; a card that came back may lie in between."""
    _, lock = edition(BANK)
    _, lock = edition(with_topics({"a": "Rivers"}), lock, FIRST + DAY)
    back, lock = edition(BANK, lock, FIRST + 2 * DAY)
    assert moves_in(back) == [f'"deck:{TOP}::Rivers" "Topic:Lakes"']
    again, after = edition(BANK, lock, FIRST + 3 * DAY)
    assert (again.files, again.searches, after) == (back.files, back.searches, lock)


@pytest.mark.parametrize(
    "topic", ["nc:hello", "re:(x", "re::x", "sc:x", "\\:x", "current", "filtered", "*", "_"]
)
def test_a_search_takes_what_means_something_to_anki_by_the_letter(topic: str) -> None:
    """In a topic and its deck, of one that came from it and one that came to it."""
    _, lock = edition(with_topics({"a": topic}))
    first, _ = edition(with_topics({"a": topic}))
    second, _ = edition(with_topics({"b": topic}), lock, FIRST + DAY)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        import_deck(collection, deck_of(second))
        assert [found(collection, query) for query in moves_in(second)] == [{"a"}, {"b"}]


@pytest.mark.parametrize("name", ["current", "Current", "filtered", "re:x", "*"])
def test_a_deck_may_be_called_what_anki_s_search_has_a_meaning_for(name: str) -> None:
    """By its own name it is found, never the deck that is open or those that are filtered."""
    bank = with_topics(dict.fromkeys("abc", ""))
    first, lock = edition(replace(bank, deck=name))
    second, _ = edition(bank, lock, FIRST + DAY)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        import_deck(collection, deck_of(second))
        (query,) = moves_in(second)
        assert found(collection, query) == set("abc")


# --- Another name of the whole -------------------------------------------------------------------


def test_another_name_is_one_move_of_all() -> None:
    """However many topics there are; and one for each name that it ever had."""
    items = tuple(
        Card(id=f"q{n}", topic=f"Topic {n}" if n else "", front=f"{n}", back="!")
        for n in range(200)
    )
    bank, lock = replace(BANK, items=items), ""
    for day, title in enumerate(("Watter", "Water", "Waters", "Water on Earth")):
        built, lock = edition(replace(bank, title=title), lock, FIRST + day * DAY)
    assert moves_in(built) == [
        f'"deck:{former}" "Item:water-on-earth/*"' for former in ("Water", "Waters", "Watter")
    ]
    assert built.searches[0].finds == (
        "questions of the deck's former name (200): rename Water to Water on Earth before importing,"
        " or change the deck of their cards"
    )


def deck_called(collection: Collection, name: str) -> DeckId:
    """The deck of that name; fails where there is none."""
    found = collection.decks.id_for_name(name)
    assert found is not None
    return found


def decks_of(collection: Collection) -> dict[str, str]:
    """The deck of each item's card."""
    return {
        card.note()["Item"].partition("/")[2]: collection.decks.name(card.did)
        for card in all_cards(collection)
    }


def folded(decks: Mapping[str, str]) -> dict[str, str]:
    """For comparison: Anki tells no capital from small letters."""
    return {item: deck.casefold() for item, deck in decks.items()}


@pytest.mark.parametrize("is_imported_first", [False, True])
def test_a_deck_with_its_new_name_gets_the_rest_of_the_edition(is_imported_first: bool) -> None:
    """Renamed before the import, or after it as the description says; no schedule is lost."""
    first, lock = edition(with_topics({"a": ""}))
    bank = with_topics({"a": "", "c": "Rivers"}, replace(BANK, title="Water, on Earth"))
    bank = replace(bank, items=(*bank.items, replace(CARDS[1], id="d")))
    second, _ = edition(bank, lock, FIRST + DAY)
    whole, topic = moves_in(second)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        collection.sched.set_due_date(collection.find_cards(""), "7")
        before = {one: row[1:] for one, row in progress_of(collection).items()}
        if is_imported_first:
            import_deck(collection, deck_of(second))
            assert found(collection, whole) == {"a", "b", "c"}
            collection.decks.remove([deck_called(collection, bank.title)])
        collection.decks.rename(deck_called(collection, TOP), bank.title)
        import_deck(collection, deck_of(second))
        assert found(collection, whole) == set()
        assert found(collection, topic) == {"c"}
        place = deck_called(collection, "Water, on Earth::Rivers")
        collection.set_deck(collection.find_cards(topic), place)
        assert decks_of(collection) == {
            "a": "Water, on Earth",
            "b": "Water, on Earth::Lakes",
            "c": "Water, on Earth::Rivers",
            "d": "Water, on Earth::Lakes",
        }
        kept = progress_of(collection)
        assert {one: kept[one].due for one in before} == {
            one: row[3] for one, row in before.items()
        }


@given(anki_banks(), st.data())
@settings(max_examples=few(15))
def test_who_does_all_that_is_said_has_each_card_where_it_belongs(
    bank: Bank, data: st.DataObject
) -> None:
    """The deck renamed, and the cards of each search put into its deck, whatever topics are called."""
    drawn = data.draw(st.permutations([item.topic for item in bank.items]))
    topics = {item.id: topic for item, topic in zip(bank.items, drawn, strict=True)}
    bank = replace(
        bank, items=(*bank.items, Card(id="as-before", topic="Lakes", front="?", back="!"))
    )
    former = replace(with_topics(topics, bank), deck="The former deck")
    first, lock = edition(former)
    second, _ = edition(bank, lock, FIRST + DAY)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(second))
        root = collection.decks.name(deck_called(collection, bank.title))
        wanted = decks_of(collection)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        collection.decks.rename(deck_called(collection, "The former deck"), root)
        import_deck(collection, deck_of(second))
        for search in second.searches:
            deck = search.finds.partition(" of their cards to ")[2]
            if search.finds.startswith("moved"):
                cards = collection.find_cards(search.query)
                collection.set_deck(cards, deck_called(collection, deck))
        assert folded(decks_of(collection)) == folded(wanted)


@pytest.mark.parametrize(
    ("before", "after"), [("Geography", "Geography::Water"), ("Geography::Water", "Geography")]
)
def test_a_deck_put_into_another_or_out_of_it_is_moved_topic_by_topic(
    before: str, after: str
) -> None:
    """The outer deck may hold other things, too, and Anki can put none into itself."""
    bank = with_topics({"a": "", "b": "Rivers"})
    first, lock = edition(replace(bank, deck=before))
    second, _ = edition(replace(bank, deck=after), lock, FIRST + DAY)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        import_deck(collection, deck_of(second))
        searches = moves_in(second)
        assert sorted(map(sorted, (found(collection, query) for query in searches))) == [
            ["a"],
            ["b"],
            ["c"],
        ]


def test_very_many_moves_are_told_in_bounds() -> None:
    """The description tells of those of most questions, and how many more there are."""
    items = tuple(Card(id=f"q{n}", topic="Old", front=f"{n}", back="!") for n in range(300))
    bank = replace(BANK, items=items)
    _, lock = edition(bank)
    topics = {one.id: f"Topic {n}" if n else "Old" for n, one in enumerate(items)}
    topics |= {"q298": "Topic 299"}
    built, _ = edition(with_topics(topics, bank), lock, FIRST + DAY)
    assert len(built.searches) == 298
    assert (
        built.searches[0].finds
        == f"moved questions (2): change the deck of their cards to {TOP}::Topic 299"
    )
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        deck = collection.decks.by_name(TOP)
        assert deck is not None
        said = deck["desc"]
    assert said.count("<li><code>") == 100
    assert "Topic 299" in said
    assert said.endswith("<p>… and 198 more.</p>")


# --- The description -----------------------------------------------------------------------------


def test_the_description_tells_what_to_search_for() -> None:
    """Of deck and retired deck alike, so that either leaves it as it is; and nothing where all is well."""
    first, lock = edition(BANK)
    bank = with_topics({"a": "Rivers & rills"})
    bank = replace(bank, items=(*bank.items[:2], replace(CARDS[2], retired="Old.")))
    second, _ = edition(bank, lock, FIRST + DAY)
    retired, moved = second.searches
    assert retired.finds == "retired questions (1): suspend or delete their cards"
    with fresh_collection() as collection:
        said = []
        for package in (deck_of(first), deck_of(second), deck_of(second, "anki.retired")):
            import_deck(collection, package)
            deck = collection.decks.by_name(TOP)
            assert deck is not None
            said.append(deck["desc"])
        assert found(collection, retired.query) == {"c"}
    assert "tag:" not in said[0]
    assert "<code>" not in said[0]
    assert said[1] == said[2]
    assert retired.query in said[1]
    assert (
        "water-on-earth-retired.apkg, which is only for those who had an earlier edition" in said[1]
    )
    shown = re.findall(r"<li><code>(.*?)</code><br>→ (.*?)</li>", said[1])
    assert [tuple(map(unescape, one)) for one in shown] == [(moved.query, f"{TOP}::Rivers & rills")]


def test_the_description_tells_of_cards_that_are_empty() -> None:
    """As long as it is so, whatever changes beside it; and Anki's Empty Cards finds just these."""
    bank = replace(BANK, items=(replace(CARDS[0], reverse=True), *CARDS[1:]))
    first, lock = edition(bank)
    second, lock = edition(BANK, lock, FIRST + DAY)
    third, lock = edition(replace(BANK, items=(*BANK.items[:2], CARDS[2])), lock, FIRST + 2 * DAY)
    again, _ = edition(bank, lock, FIRST + 3 * DAY)
    said = []
    with fresh_collection() as collection:
        for built in (first, second, third, again):
            import_deck(collection, deck_of(built))
            deck = collection.decks.by_name(TOP)
            assert deck is not None
            empty = [note.note_id for note in collection.get_empty_cards().notes]
            said.append(("Empty Cards" in deck["desc"], len(empty)))
    assert said == [(False, 0), (True, 1), (True, 1), (False, 0)]


# --- The lock ------------------------------------------------------------------------------------


def test_a_lock_that_knows_no_decks_is_read_and_learns_them() -> None:
    """As 0.1.0 wrote it: nothing has moved for all that it knows, and no note counts as changed."""
    first, lock = edition(BANK)
    older = "\n".join(line.partition("\t")[0] for line in lock.split("\n"))
    assert "\t" not in older
    second, after = edition(with_topics({"a": "Rivers"}), older, FIRST + DAY)
    assert not second.searches
    assert not second.problems
    same, learned = edition(BANK, older, FIRST + DAY)
    assert same.files == first.files
    assert learned == lock
    third, _ = edition(BANK, after, FIRST + 2 * DAY)
    assert len(moves_in(third)) == 1


def test_moves_of_two_branches_are_both_kept() -> None:
    """Also where one branch wrote its lines with 0.1.0."""
    _, base = edition(BANK)
    _, ours = edition(with_topics({"a": "Rivers"}), base, FIRST + DAY)
    _, theirs = edition(with_topics({"a": "Seas"}), base, FIRST + 2 * DAY)
    older = "\n".join(line.partition("\t")[0] for line in ours.split("\n"))
    for merged, decks in (
        (ours + theirs, ("Seas", "Lakes", "Rivers")),
        (theirs + ours, ("Seas", "Lakes", "Rivers")),
        (older + theirs, ("Seas", "Lakes")),
        (base + older, ("Lakes",)),
    ):
        lock, problems = read_lock(merged)
        assert not problems
        (entry,) = (one for one in lock.entries.values() if one.item == "a")
        assert entry.decks == tuple(f"{TOP}::{name}" for name in decks)


# --- Cards that are gone -------------------------------------------------------------------------

GAPS = Cloze(
    id="a", parts=("It is ", Gap(number=1, accept=("x",)), " ", Gap(number=2, accept=("y",)))
)
BOTH_WAYS = Card(id="a", front="?", back="!", reverse=True)


@pytest.mark.parametrize(
    ("before", "after", "lost", "place"),
    [
        (GAPS, replace(GAPS, parts=GAPS.parts[:3]), "has no gap 2 any more", 1),
        (BOTH_WAYS, replace(BOTH_WAYS, reverse=False), "has no reversed card any more", 1),
        (BOTH_WAYS, replace(sample.LAKE, id="a"), "has no reversed card any more", 1),
    ],
)
def test_a_card_that_is_gone_is_said_with_what_learners_see(
    before: Item, after: Item, lost: str, place: int
) -> None:
    """By each later build; Anki keeps the card, empty, until its own tool takes it away."""
    bank, next_bank = (replace(BANK, items=(item,)) for item in (before, after))
    first, lock = edition(bank)
    second, lock = edition(next_bank, lock, FIRST + DAY)
    (problem,) = second.problems
    assert (problem.code, problem.severity, problem.item) == ("card_gone", "warning", "a")
    assert problem.message == f'"a" {lost}: learners keep its card, and see it empty.'
    again, lock = edition(next_bank, lock, FIRST + DAY)
    assert again.problems == second.problems
    assert not edition(bank, lock, FIRST + DAY)[0].problems
    with fresh_collection() as collection:
        import_deck(collection, deck_of(first))
        import_deck(collection, deck_of(second))
        assert [card.ord for card in note_of(collection, bank, "a").cards()] == [0, place]
        (empty,) = collection.get_empty_cards().notes
        collection.remove_cards_and_orphaned_notes(list(empty.card_ids))
        assert [card.ord for card in note_of(collection, bank, "a").cards()] == [0]
