"""Offering, indexing and finding, on the database of the settings."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries

from tests import builders
from werkplaats.accounts.rules import RoleName, Who
from werkplaats.kit.claims import work_some
from werkplaats.kit.models import Claim
from werkplaats.search import actions, analysis, queries
from werkplaats.search.models import Entry, Index, Vector
from werkplaats.search.records import EntryRow, Found, Wanted, Why
from werkplaats.search.rules import text_hash
from werkplaats.search.sweeps import INDEX

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)

HALL = "Er is in de Kadebuurt geen zaal die een groep bewoners 's avonds kan betalen."
MOULD = "In De Weverij heeft één op de drie huishoudens last van vocht of schimmel in de slaapkamer."
LETTERS = "De brieven van de gemeente zijn zo moeilijk dat buren ze ongeopend in een la leggen."


def row(key: str, text: str, *, kind: str = "fragment", is_public: bool = True, title: str = "Wijkplan") -> EntryRow:
    return EntryRow(
        kind, key, title, text, f"/{key}", "nl", date(2019, 3, 1), "4", is_public, title_counts=kind != "fragment"
    )


def offered(*rows: EntryRow) -> None:
    actions.offer(builders.workshop(), rows, at=NOW)
    while work_some(INDEX):
        pass


def find(question: str, *, who: Who | None = None, kinds: tuple[str, ...] = ()) -> Found:
    return analysis.find(builders.workshop(), question, who=who or Who(), kinds=kinds)


def keys(found: Found) -> list[str]:
    return [hit.key for hit in found.hits]


def test_a_word_finds_the_passage_and_says_so() -> None:
    offered(row("zaal", HALL), row("schimmel", MOULD), row("brief", LETTERS))
    first = find("zalen").hits[0]
    assert (first.key, first.title, first.url, first.place) == ("zaal", "Wijkplan", "/zaal", "4")
    assert first.why in {Why.WORDS, Why.BOTH}
    assert [piece.text for piece in first.excerpt if piece.matches] == ["zaal"]


def test_what_means_the_same_is_found_in_another_language() -> None:
    offered(row("zaal", HALL), row("schimmel", MOULD), row("brief", LETTERS))
    found = find("mould in the bedroom")
    assert keys(found) == ["schimmel"]
    assert found.hits[0].why is Why.MEANING
    assert found.by_meaning


def test_a_question_about_nothing_here_finds_nothing() -> None:
    offered(row("zaal", HALL), row("schimmel", MOULD))
    assert keys(find("kwantummechanica")) == []
    assert keys(find("")) == []


def test_signs_of_the_query_language_are_no_commands() -> None:
    offered(row("zaal", HALL))
    for question in ('"', "zaal OR", "zaal* (", "'zaal' & !x", "NEAR(zaal)", "%s %d", "\\", "a:b", "*"):
        assert set(keys(find(question))) <= {"zaal"}


def test_a_compound_is_found_by_the_word_it_begins_with() -> None:
    offered(row("nood", "De woningnood in de buurt neemt toe."), row("schimmel", MOULD))
    assert "nood" in keys(find("woning"))


def test_a_passage_with_both_words_goes_before_one_with_a_single_word() -> None:
    """“De vierde avond kwam hij niet.” is short, so one word weighs much in it; it is still not about a hall."""
    offered(
        row("kwam", "De vierde avond kwam hij niet."),
        row("weer", "Een avond, en nog een avond, en weer een avond."),
        row("huis", "De zaal is dicht."),
        row("groep", f"{HALL} Zij zoeken al zeven jaar en vragen het elk jaar opnieuw aan wie er die dag zit."),
    )
    wanted = Wanted(analysis.forms("zaal voor de avond"), (), within=False)
    found = queries.by_words(builders.workshop(), wanted, most=10)
    assert Entry.objects.get(pk=next(iter(found))).key == "groep"
    assert list(found.values()) == [2, 1, 1, 1]
    assert keys(find("zaal voor de avond"))[0] == "groep"


def test_where_no_language_is_told_it_is_the_workshops_own() -> None:
    offered(EntryRow("need", "vraag", "De Lange Tafel", "Wij zoeken zalen voor veertig mensen.", "/vraag"))
    assert keys(find("zaal")) == ["vraag"]


def test_accents_and_capitals_make_no_difference() -> None:
    offered(row("cafe", "Het café aan de kade is gesloten."))
    assert keys(find("CAFE")) == ["cafe"]


def test_a_passage_is_not_found_by_the_name_of_its_document() -> None:
    offered(row("zaal", HALL, title="Monitor"), row("monitor", "", kind="source", title="Monitor"))
    assert keys(find("monitor")) == ["monitor"]


def test_what_is_not_public_is_found_by_the_team_only() -> None:
    offered(row("zaal", HALL, is_public=False), row("schimmel", MOULD, is_public=False))
    workshop = builders.workshop()
    host = Who(workshop_id=workshop.pk, account_id=1, roles=frozenset({RoleName.HOST}))
    resident = Who(workshop_id=workshop.pk, account_id=2, roles=frozenset({RoleName.RESIDENT}))
    elsewhere = Who(workshop_id=workshop.pk + 1, account_id=1, roles=frozenset({RoleName.COORDINATOR}))
    assert keys(find("zaal", who=host)) == ["zaal"]
    assert keys(find("mould in the bedroom", who=host)) == ["schimmel"]
    for asked in ("zaal", "mould in the bedroom"):
        assert keys(find(asked)) == keys(find(asked, who=resident)) == keys(find(asked, who=elsewhere)) == []


def test_closing_something_counts_at_once() -> None:
    offered(row("zaal", HALL))
    actions.offer(builders.workshop(), [row("zaal", HALL, is_public=False)], at=NOW)
    assert keys(find("zaal")) == []


def test_a_kind_narrows_both_ways_of_finding() -> None:
    offered(row("zaal", HALL), row("vraag", "Wij zoeken een zaal voor veertig mensen.", kind="need"))
    assert keys(find("een betaalbare zaal", kinds=("need",))) == ["vraag"]


def test_the_other_workshop_finds_nothing_of_ours() -> None:
    offered(row("zaal", HALL))
    other = builders.workshop("elders")
    assert analysis.find(other, "zaal", who=Who(workshop_id=other.pk)).hits == ()


def test_what_is_withdrawn_is_not_found() -> None:
    offered(row("zaal", HALL), row("brief", LETTERS))
    actions.withdraw(builders.workshop(), kind="fragment", keys=["zaal"])
    assert "zaal" not in keys(find("zaal")) + keys(find("een ruimte die je kunt betalen"))


def test_offering_the_same_again_leaves_nothing_to_do() -> None:
    offered(row("zaal", HALL))
    actions.offer(builders.workshop(), [row("zaal", HALL)], at=NOW)
    assert not queries.is_stale(builders.workshop())
    assert queries.waiting(builders.workshop()) == 0


def test_other_words_under_the_same_key_replace_the_old_ones() -> None:
    offered(row("zaal", HALL))
    offered(row("zaal", MOULD))
    assert keys(find("zaal")) == []
    assert keys(find("schimmel")) == ["zaal"]
    assert Entry.objects.count() == 1


def test_a_thing_named_twice_in_one_offer_counts_as_it_was_named_last() -> None:
    offered(row("zaal", HALL), row("zaal", LETTERS))
    assert [entry.text for entry in Entry.objects.all()] == [LETTERS]


def test_the_meaning_of_a_text_is_computed_once() -> None:
    offered(row("een", HALL), row("twee", HALL + " "))
    vector = Vector.objects.get()
    offered(row("drie", HALL))
    assert Vector.objects.get() == vector


def test_until_the_sweep_comes_words_and_meaning_are_said_to_be_missing() -> None:
    actions.offer(builders.workshop(), [row("zaal", HALL)], at=NOW)
    found = find("zaal")
    assert (found.hits, found.by_meaning, found.waiting) == ((), False, 1)


def test_a_lost_file_of_meanings_is_written_again() -> None:
    offered(row("schimmel", MOULD))
    path = file()
    path.unlink()
    found = find("schimmel")
    assert (keys(found), found.by_meaning) == (["schimmel"], False)
    assert work_some(INDEX) == 1
    assert not Claim.objects.exists()
    assert find("mould in the bedroom").by_meaning
    assert sorted(path.parent.iterdir()) == [path]


def file() -> Path:
    return queries.meanings_path(builders.workshop().pk, analysis.encoder_name())


def test_what_is_added_adds_a_row_to_the_file_of_meanings_and_leaves_the_others() -> None:
    offered(row("zaal", HALL))
    before = file().read_bytes()
    number = file().stat().st_ino
    offered(row("schimmel", MOULD))
    after = file().read_bytes()
    assert file().stat().st_ino == number
    dtype, begins = queries.layout(file())
    assert after.startswith(before)
    assert len(after) - len(before) == len(before) - begins == dtype.itemsize


def test_of_an_entry_that_changed_the_last_row_counts() -> None:
    offered(row("zaal", HALL), row("brief", LETTERS))
    offered(row("zaal", MOULD))
    table = queries.meanings(builders.workshop().pk, analysis.encoder_name())
    assert table is not None
    assert (len(table.entry), table.stands.tolist()) == (3, [1, 2])
    assert keys(find("mould in the bedroom")) == ["zaal"]


def test_a_text_that_became_too_short_to_mean_anything_is_not_found_by_what_it_meant() -> None:
    offered(row("schimmel", MOULD))
    offered(row("schimmel", "Nog niets."))
    assert keys(find("mould in the bedroom")) == []


def test_half_a_row_that_a_killed_writer_left_is_cut_off() -> None:
    offered(row("zaal", HALL))
    with file().open("ab") as opened:
        opened.write(b"half a row")
    assert keys(find("een ruimte die je kunt betalen")) == ["zaal"]
    offered(row("schimmel", MOULD))
    assert keys(find("mould in the bedroom")) == ["schimmel"]
    assert keys(find("een ruimte die je kunt betalen")) == ["zaal"]


def test_the_file_is_written_anew_when_many_rows_no_longer_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_FEW", 2)
    for number in range(6):
        offered(row("zaal", f"{HALL} Dat is bewoner {number}."))
    table = queries.meanings(builders.workshop().pk, analysis.encoder_name())
    assert table is not None
    assert len(table.entry) <= 4
    assert find("een zaal die wij kunnen betalen").hits[0].excerpt
    assert sorted(file().parent.iterdir()) == [file()]


def test_what_a_new_encoder_has_not_read_is_not_forgotten_when_it_is_stopped_on_the_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offered(row("zaal", HALL), row("schimmel", MOULD))
    monkeypatch.setattr(analysis, "encoder_name", lambda: "een andere encoder")
    workshop = builders.workshop()
    actions.begin_meanings(workshop, encoder="een andere encoder", at=NOW)  # and there it is stopped
    assert work_some(INDEX) == 1
    assert not Claim.objects.exists()
    assert Vector.objects.filter(encoder="een andere encoder").count() == 2
    assert find("mould in the bedroom").hits[0].key == "schimmel"


def test_a_change_during_indexing_stays_to_be_done() -> None:
    workshop = builders.workshop()
    actions.offer(workshop, [row("zaal", HALL)], at=NOW)
    read = list(Entry.objects.all())
    actions.offer(workshop, [row("zaal", MOULD)], at=NOW)
    actions.settle(read)
    actions.finish(workshop, seen=datetime(2026, 5, 12, tzinfo=UTC))
    assert queries.waiting(workshop) == 1
    assert queries.is_stale(workshop)


def test_meanings_are_handed_out_by_hash_in_a_fixed_order() -> None:
    offered(row("zaal", HALL), row("schimmel", MOULD))
    wanted = [text_hash(MOULD), text_hash(HALL), text_hash("nooit gezien")]
    hashes, matrix = queries.vectors(wanted)
    assert hashes == tuple(sorted(wanted[:2]))
    assert np.allclose(np.linalg.norm(matrix, axis=1), 1, atol=1e-5)
    assert queries.vectors(wanted, "een andere encoder")[0] == ()


def test_an_empty_index_is_an_answer() -> None:
    Index.objects.create(workshop=builders.workshop(), stale_since=datetime(2026, 5, 12, tzinfo=UTC))
    assert work_some(INDEX) == 1
    assert keys(find("zaal")) == []


def test_a_search_asks_the_database_four_times(
    django_assert_max_num_queries: DjangoAssertNumQueries, tmp_path: Path
) -> None:
    offered(*(row(str(number), f"{HALL} Dat is bewoner {number}.") for number in range(30)))
    with django_assert_max_num_queries(4):
        assert len(find("een zaal die wij kunnen betalen").hits) == 20
