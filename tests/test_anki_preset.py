"""The preset that a bank may bring, in the real Anki: for the bank's decks of those who ask for it."""

from fractions import Fraction
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageRequest
from msgspec.structs import replace

from quizgen.model import Bank
from tests import anki_samples as sample
from tests.anki_collections import DAY, FIRST, deck_of, edition, fresh_collection, import_deck

BANK = replace(sample.BANK, items=(sample.LAKE, sample.DEW), retention=Fraction(17, 20))
TOP = "Water on Earth"


def import_with_presets(collection: Collection, package: bytes) -> None:
    """Import as the dialog does with its box for presets ticked."""
    path = Path(collection.path).with_name("deck.apkg")
    path.write_bytes(package)
    options = collection._backend.get_import_anki_package_presets()
    options.with_deck_configs = True
    collection.import_anki_package(
        ImportAnkiPackageRequest(package_path=str(path), options=options)
    )


def retentions(collection: Collection) -> set[float]:
    """What is asked for by the presets of the bank's decks."""
    decks = (one for one in collection.decks.all_names_and_ids() if one.name.startswith(TOP))
    return {collection.decks.config_dict_for_deck_id(one.id)["desiredRetention"] for one in decks}  # type: ignore[arg-type]


def later(bank: Bank, lock: str) -> bytes:
    return deck_of(edition(bank, lock, FIRST + DAY)[0])


def test_who_does_not_ask_keeps_what_he_has() -> None:
    """No preset comes, and a preset of his own stays on the deck."""
    built, lock = edition(BANK)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        assert [one["name"] for one in collection.decks.all_config()] == ["Default"]
        deck = collection.decks.by_name(TOP)
        assert deck is not None
        deck["conf"] = collection.decks.add_config_returning_id("Mine")
        collection.decks.save(deck)
        import_deck(collection, later(replace(BANK, retention=Fraction(4, 5)), lock))
        assert {one["name"] for one in collection.decks.all_config()} == {"Default", "Mine"}
        assert collection.decks.config_dict_for_deck_id(deck["id"])["name"] == "Mine"


def test_who_asks_has_it_for_all_decks_and_the_next_one_too() -> None:
    """Anki's own options but for the retention; another retention is another preset."""
    built, lock = edition(BANK)
    with fresh_collection() as collection:
        import_with_presets(collection, deck_of(built))
        assert retentions(collection) == {0.85}
        ours, default = (
            next(one for one in collection.decks.all_config() if (one["name"] == "Default") == own)
            for own in (False, True)
        )
        assert ours["name"] == "Water on Earth, 85\u00a0%"
        differ = {name for name, value in ours.items() if value != default[name]}
        assert differ == {"id", "name", "usn", "desiredRetention"}
        import_with_presets(collection, later(replace(BANK, retention=Fraction(4, 5)), lock))
        assert retentions(collection) == {0.8}


def test_decks_that_are_not_the_bank_s_keep_their_options() -> None:
    """Neither the deck above nor Anki's Default deck follows the preset."""
    built, _ = edition(replace(BANK, deck=f"Geography::{TOP}"))
    with fresh_collection() as collection:
        import_with_presets(collection, deck_of(built))
        names = {
            one.name: collection.decks.config_dict_for_deck_id(one.id)["name"]  # type: ignore[arg-type]
            for one in collection.decks.all_names_and_ids()
        }
    assert {name for name, preset in names.items() if preset == "Default"} == {
        "Default",
        "Geography",
    }
    assert len(names) == 5


def test_without_retention_there_is_none() -> None:
    """Also for who ticks the box; the description tells of it only where there is one."""
    with fresh_collection() as collection:
        import_with_presets(collection, deck_of(edition(replace(BANK, retention=None))[0]))
        assert len(collection.decks.all_config()) == 1
        deck = collection.decks.by_name(TOP)
        assert deck is not None
        assert "preset" not in deck["desc"]
        import_deck(collection, deck_of(edition(BANK)[0]))
        deck = collection.decks.by_name(TOP)
        assert deck is not None
        assert "a preset with a desired retention of 85\u00a0%" in deck["desc"]
