"""The pages of the library: what they show, and who may come in."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import builders
from tests.sources.documents import HALL, LETTERS, MOULD, STILL, added, cannot_be_read, swept
from werkplaats.accounts.rules import RoleName
from werkplaats.kit.claims import work_some
from werkplaats.neighbourhoods.models import Party
from werkplaats.sources import queries
from werkplaats.sources.models import Fragment, Source
from werkplaats.sources.records import Filters
from werkplaats.sources.sweeps import FRAGMENTS

pytestmark = pytest.mark.django_db


def at(name: str, *args: str) -> str:
    return reverse(f"sources:{name}", args=[builders.workshop().key, *args])


@pytest.fixture
def two_documents(tmp_path: Path) -> None:
    municipality = builders.party("Gemeente Oeverstad", kind="government")
    added(
        tmp_path,
        f"{HALL}\n{MOULD}",
        key="avond",
        title="Verslag 2017",
        published_on=date(2017, 9, 1),
        holder=municipality,
    )
    added(
        tmp_path,
        f"{LETTERS}\n{STILL}",
        key="tafel",
        title="=Tafel",
        published_on=date(2026, 2, 5),
        themes=(builders.theme(),),
    )
    swept()


def coordinator(client: Client) -> Client:
    client.force_login(builders.account(RoleName.COORDINATOR))
    return client


@pytest.mark.usefixtures("two_documents")
def test_the_list_shows_the_newest_first_and_what_was_said_before(client: Client) -> None:
    page = client.get(at("list")).content.decode()
    assert page.index("=Tafel") < page.index("Verslag 2017")
    assert "2 documenten" in page
    lines = queries.sources(builders.workshop())
    assert [(line.key, line.fragments, line.said_before) for line in lines] == [("tafel", 2, 1), ("avond", 2, 0)]


@pytest.mark.usefixtures("two_documents")
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"jaar": "2017"}, ["avond"]),
        ({"thema": "wonen"}, ["tafel"]),
        ({"houder": "gemeente-oeverstad"}, ["avond"]),
        ({"tekst": "OEVERSTAD verslag"}, ["avond"]),
        ({"soort": "plan", "jaar": "2026"}, ["tafel"]),
        ({"jaar": "1900", "thema": "weg"}, ["tafel", "avond"]),
        ({"tekst": "bestaat niet"}, []),
    ],
)
def test_filters_stand_in_the_address_and_the_table_is_what_is_seen(
    client: Client, asked: dict[str, str], expected: list[str]
) -> None:
    assert client.get(at("list"), asked).status_code == 200
    answer = client.get(at("list_csv"), asked)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["key"] for row in rows] == expected
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.usefixtures("two_documents")
def test_no_title_becomes_a_formula_in_a_spreadsheet(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(at("list_csv")).content.decode("utf-8-sig"))))
    assert rows[0]["title"] == "'=Tafel"


@pytest.mark.usefixtures("two_documents")
def test_a_repeated_passage_is_marked_with_the_earlier_place_beside_it(client: Client) -> None:
    earlier, later = Fragment.objects.get(text=HALL), Fragment.objects.get(text=STILL)
    page = client.get(at("source", "tafel")).content.decode()
    assert f'<mark id="f-{later.pk}" lang="nl" data-said>' in page
    assert "Dit stond er al in 2017" in page
    assert f'href="{at("source", "avond")}#f-{earlier.pk}"' in page
    assert "Van de 2 passages in dit document was er 1 eerder al gezegd." in page
    back = client.get(at("source", "avond")).content.decode()
    assert "Dit komt later terug" in back
    assert "1 passage uit dit document komt later terug" in back


@pytest.mark.usefixtures("two_documents")
def test_the_marked_runs_together_are_the_page_itself() -> None:
    source = Source.objects.get(key="avond")
    (page,) = queries.pages(builders.workshop(), source.pk, first=1)
    shown = "".join(run.text for paragraph in page.paragraphs for run in paragraph.runs)
    assert shown.split() == f"{HALL} {MOULD}".split()


def test_a_long_document_is_shown_ten_pages_at_a_time(client: Client, tmp_path: Path) -> None:
    added(tmp_path, "\f".join(f"Zin nummer {number} over de wijk." for number in range(1, 26)), key="lang")
    page = client.get(at("source", "lang"), {"bladzijde": "14"}).content.decode()
    assert "Zin nummer 11 over" in page
    assert "Zin nummer 20 over" in page
    assert "Zin nummer 10 over" not in page
    for strange in ("999999999999", "-1", "x", "0"):
        assert client.get(at("source", "lang"), {"bladzijde": strange}).status_code == 200


@pytest.mark.usefixtures("two_documents")
def test_a_long_list_of_repeats_is_cut_and_counted_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_LISTED", 0)
    record = queries.source(builders.workshop(), "tafel")
    assert record is not None
    assert (record.said_before, record.said) == (1, ())


@pytest.mark.usefixtures("two_documents")
def test_beside_a_sentence_that_comes_back_everywhere_stand_the_first_places_and_a_number(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("werkplaats.sources.queries.MOST_BESIDE", 2)
    for year in (2018, 2019, 2020):
        added(tmp_path, f"{HALL} In {year} stond dat er weer.", key=f"j{year}", published_on=date(year, 1, 1))
    swept()
    page = client.get(at("source", "avond")).content.decode()
    assert at("source", "j2018") in page
    assert at("source", "j2019") in page
    assert at("source", "j2020") not in page
    assert "En nog op 2 plaatsen." in page
    assert "/zoeken/?q=" in page


def test_a_document_that_is_being_read_says_so(client: Client, tmp_path: Path) -> None:
    added(tmp_path, HALL)
    assert "wordt gelezen" in client.get(at("source", "plan")).content.decode()
    assert "wordt gelezen" in client.get(at("list")).content.decode()


def test_an_empty_library_says_what_to_do_first(client: Client) -> None:
    assert "De bibliotheek is nog leeg" in client.get(at("list")).content.decode()


@pytest.mark.usefixtures("two_documents")
def test_the_file_comes_as_it_was_and_only_as_a_download(client: Client) -> None:
    answer = client.get(at("file", "avond"))
    assert b"".join(answer.streaming_content) == f"{HALL}\n{MOULD}".encode()  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="avond.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "text/plain"


@pytest.mark.usefixtures("two_documents")
def test_a_file_that_was_lost_is_not_found(client: Client) -> None:
    source = Source.objects.get(key="avond")
    Path(source.file.path).unlink()
    assert client.get(at("file", "avond")).status_code == 404


@pytest.mark.parametrize("name", ["source", "file"])
def test_documents_of_another_workshop_are_not_found(client: Client, tmp_path: Path, name: str) -> None:
    added(tmp_path, HALL, of=builders.workshop("elders"))
    assert client.get(at(name, "plan")).status_code == 404


def test_adding_is_for_the_team(client: Client) -> None:
    assert client.get(at("add")).status_code == 302
    client.force_login(builders.account(RoleName.PARTY))
    assert client.get(at("add")).status_code == 403
    assert client.post(at("add"), {}).status_code == 403
    assert "Document toevoegen" not in client.get(at("list")).content.decode()


def upload(text: bytes, name: str = "wijkplan.txt") -> dict[str, object]:
    return {
        "bestand": SimpleUploadedFile(name, text),
        "titel": "Wijkplan 2019",
        "soort": "plan",
        "houder": builders.party().pk,
        "datum": "2019-03-01",
        "themas": [builders.theme().pk],
    }


def test_the_team_adds_a_document_and_sees_it_being_read(client: Client) -> None:
    answer = coordinator(client).post(at("add"), upload(HALL.encode()), follow=True)
    assert answer.redirect_chain == [(at("source", "wijkplan-2019"), 302)]
    assert "We lezen het nu" in answer.content.decode()
    source = Source.objects.get()
    assert (source.title, source.published_on, source.themes.count()) == ("Wijkplan 2019", date(2019, 3, 1), 1)
    assert source.holder == Party.objects.get()


def test_a_refused_file_is_explained_in_the_form_and_the_rest_is_kept(client: Client) -> None:
    answer = coordinator(client).post(at("add"), upload(b"{}", "data.json"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“data.json” is geen document dat we kunnen lezen" in page
    assert 'value="Wijkplan 2019"' in page
    assert Source.objects.count() == 0


def test_pressing_twice_adds_one_document(client: Client) -> None:
    form = upload(HALL.encode())
    coordinator(client).post(at("add"), form)
    answer = client.post(at("add"), form | {"bestand": SimpleUploadedFile("wijkplan.txt", HALL.encode())})
    assert "staat al in de bibliotheek" in answer.content.decode()
    assert Source.objects.count() == 1


def test_parties_of_another_workshop_cannot_be_named_as_holder(client: Client) -> None:
    stranger = builders.party("Vreemde partij", of=builders.workshop("elders"))
    answer = coordinator(client).post(at("add"), upload(HALL.encode()) | {"houder": stranger.pk})
    assert answer.status_code == 422
    assert Source.objects.count() == 0


def test_a_document_from_the_future_is_refused(client: Client) -> None:
    answer = coordinator(client).post(at("add"), upload(HALL.encode()) | {"datum": "2999-01-01"})
    assert "nog niet geweest" in answer.content.decode()


def test_the_list_asks_three_questions_however_long(
    tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    theme = builders.theme()
    workshop = builders.workshop()
    for number in range(8):
        added(tmp_path, f"{HALL} {number}", key=f"plan-{number}", themes=(theme,))
    with django_assert_max_num_queries(3):
        assert len(queries.sources(workshop, Filters(text="plan"))) == 8


@pytest.mark.usefixtures("two_documents")
def test_a_source_page_asks_a_fixed_number_of_questions(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    workshop = builders.workshop()
    with django_assert_max_num_queries(8):
        record = queries.source(workshop, "tafel")
    assert record is not None
    with django_assert_max_num_queries(4):
        queries.pages(workshop, record.pk, first=1)


def test_the_team_sees_which_document_could_not_be_read_and_has_it_tried_again(client: Client, tmp_path: Path) -> None:
    cannot_be_read(added(tmp_path, HALL))
    assert "lezen lukte niet" in coordinator(client).get(at("list")).content.decode()
    today = client.get(reverse("pages:today", args=[builders.workshop().key])).content.decode()
    assert "1 document kon niet worden gelezen" in today
    assert "Probeer het opnieuw" in client.get(at("source", "plan")).content.decode()
    assert client.post(at("again", "plan"))["Location"] == at("source", "plan")
    swept()
    page = client.get(at("source", "plan")).content.decode()
    assert "1 passage" in page
    assert "Probeer het opnieuw" not in page


def test_trying_again_is_for_the_team_and_for_documents_that_are_there(client: Client, tmp_path: Path) -> None:
    cannot_be_read(added(tmp_path, HALL))
    added(tmp_path, MOULD, key="daar", of=builders.workshop("elders"))
    assert "Probeer het opnieuw" not in client.get(at("source", "plan")).content.decode()
    assert "next=" in client.post(at("again", "plan"))["Location"]
    assert coordinator(client).post(at("again", "daar")).status_code == 404


def test_a_long_list_comes_in_pages_that_keep_what_was_chosen(tmp_path: Path, client: Client) -> None:
    for number in range(51):
        added(tmp_path, f"{HALL} {number}", key=f"plan-{number:02}", title=f"Plan {number:02}")
    first = client.get(at("list"), {"tekst": "plan"}).content.decode()
    assert "51 documenten" in first
    assert first.count('<th scope="row">') == 50
    assert "tekst=plan&amp;bladzijde=2" in first
    second = client.get(at("list"), {"tekst": "plan", "bladzijde": "2"}).content.decode()
    assert second.count('<th scope="row">') == 1


def test_while_slow_work_goes_on_the_list_says_how_far_it_is(tmp_path: Path, client: Client) -> None:
    added(tmp_path, f"{HALL}\n{LETTERS}", key="een")
    assert "Nog te lezen documenten: 1 van 1." in client.get(at("list")).content.decode()
    while work_some(FRAGMENTS):
        pass
    told = client.get(at("list")).content.decode()
    assert "Nog te lezen" not in told
    assert "Teksten die je met zoeken nog niet vindt: 3." in told
    assert "Nog te vergelijken passages: 2 van 2." in told
    swept()
    assert "Nog te" not in client.get(at("list")).content.decode()
