"""A party is asked to work on an issue too: who may be asked, and what comes of a yes and of a no."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import builders
from tests.defrag.asked import begun, representative, sides
from tests.defrag.street import about, issue, measured, needing, tied
from tests.defrag.test_asking import say
from tests.defrag.test_asking_doors import code_of
from tests.defrag.test_doors import address, signed_in
from tests.issues.shelf import source
from werkplaats.accounts.rules import RoleName
from werkplaats.defrag import actions, queries
from werkplaats.defrag.actions import answering
from werkplaats.defrag.models import Asking, Demand, Move
from werkplaats.defrag.queries import people
from werkplaats.defrag.queries.bench import situation
from werkplaats.defrag.rules import Helped, MoveKind, MoveState
from werkplaats.defrag.sweeps import ASK_HELP, CHECK, MEASURE
from werkplaats.issues.models import Issue, IssueFragment, IssueParty
from werkplaats.kit.claims import work_some
from werkplaats.mail.models import Message
from werkplaats.neighbourhoods import actions as neighbourhoods
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.rules import Verdict
from werkplaats.neighbourhoods.rules.asking import Answer, By

pytestmark = pytest.mark.django_db

KEY = "joining:buur:schimmel"


def knows_about(party: Party, made: Issue) -> None:
    """A passage of the issue in a document of this party."""
    (passage,) = source(f"Verslag van {party.name}", ["Het is vochtig."], holder=party)
    IssueFragment.objects.create(issue=made, fragment=passage)


def mould() -> Issue:
    """Who knows about mould does not reach who works on it, who wants to meet nobody; their neighbour is active in it."""
    working = builders.party("Werker")
    working.introductions_per_month = 0
    working.save()
    knowing, neighbour = builders.party("Weter"), builders.party("Buur")
    made = issue("Schimmel", working)
    theme = builders.theme("Wonen")
    made.themes.add(theme)
    neighbour.themes.add(theme)
    knows_about(knowing, made)
    tied(knowing, neighbour)
    return made


def proposed() -> Move:
    mould()
    measured()
    return Move.objects.get(kind=MoveKind.JOINING.value, state=MoveState.PROPOSED.value)


def agreed() -> Asking:
    asking = begun(proposed())
    say(asking, 1, Answer.YES)
    asking.refresh_from_db()
    return asking


def joined_on_a_day() -> Asking:
    asking, today = agreed(), timezone.localdate()
    answering.met(asking, on=today, today=today)
    Asking.objects.update(help_due_on=today)
    assert work_some(ASK_HELP) == 1
    return asking


def could_join() -> tuple[str, ...]:
    (one,) = situation(builders.workshop(), today=timezone.localdate()).issues
    return one.could_join


def test_what_is_known_asks_for_one_of_those_who_work_on_the_issue() -> None:
    made = mould()
    IssueParty.objects.create(issue=made, party=builders.party("Tweede werker"))
    measured()
    demand = Demand.objects.get(part="information")
    assert demand.key == "information:schimmel:weter"
    assert {party.key for party in demand.targets.all()} == {"werker", "tweede-werker"}


def test_who_is_nearer_than_who_works_on_it_is_proposed_to_join_and_says_why() -> None:
    row = proposed()
    assert (row.key, row.party_b, row.issue) == (KEY, None, Issue.objects.get())
    (line,) = (
        line for line in queries.connections(builders.workshop(), today=timezone.localdate()).moves if line.is_joining
    )
    assert line.heading == "Vraag Buur mee te doen met “Schimmel”"
    assert line.why == ("Weter weet iets over “Schimmel”. Buur staat dichter bij hen dan wie er nu aan werkt.",)
    assert line.route == "Buur werkt nu nog niet mee aan “Schimmel”."
    assert (line.before, line.after) == ((4,), (0,))
    assert [party for party, _words in line.letter_to] == ["Buur"]


def test_who_has_to_do_with_an_issue_may_be_asked_and_who_has_not_may_not() -> None:
    made = mould()
    stranger, asking = builders.party("Vreemde"), builders.party("Vrager")
    needing(asking, stranger)
    about(made, "hulp")
    assert set(could_join()) == {"buur", "weter", "vrager"}  # by a theme, by what they know, by what they need
    for closed in ({"open_to_introductions": False}, {"introductions_per_month": 0}):
        before = {name: getattr(asking, name) for name in closed}
        Party.objects.filter(pk=asking.pk).update(**closed)
        assert set(could_join()) == {"buur", "weter"}
        Party.objects.filter(pk=asking.pk).update(**before)
    IssueParty.objects.create(issue=made, party=asking)
    assert set(could_join()) == {"buur", "weter"}


def test_two_entries_of_one_party_are_one_that_could_join() -> None:
    made = mould()
    alias = builders.party("Buren")
    neighbourhoods.put_double(
        Party.objects.get(key="buur"), party_b=alias, verdict=Verdict.SAME, stays=Party.objects.get(key="buur")
    )
    assert set(could_join()) == {"buur", "weter"}
    IssueParty.objects.create(issue=made, party=alias)
    assert set(could_join()) == {"weter"}


def test_a_joining_that_was_refused_or_declined_is_not_proposed_again() -> None:
    row = proposed()
    actions.refuse_move(row, by=None, at=timezone.now())
    assert "buur" not in could_join()
    actions.take_back_refusal(row, at=timezone.now())
    assert "buur" in could_join()
    work_some(MEASURE)
    say(begun(Move.objects.get(key=KEY)), 1, Answer.NO)
    assert "buur" not in could_join()
    work_some(MEASURE)
    assert Move.objects.get(key=KEY).state == MoveState.ASKED


def test_one_party_is_asked_by_mail_and_its_yes_is_enough(client: Client) -> None:
    row = proposed()
    representative(row.party_a, "Gerda")
    coordinator = signed_in(RoleName.COORDINATOR)
    assert "Vraag of zij meedoen" in coordinator.get(address("ask", row.pk)).content.decode()
    assert coordinator.post(address("ask", row.pk), {"words_0": "Hoi [naam]", "by_0": "mail"}).status_code == 302
    link = Message.objects.get().url
    assert "Willen jullie meedoen?" in client.get(link).content.decode()
    assert client.post(link, {"act": "yes"}).status_code == 302
    assert "Fijn dat jullie meepraten over “Schimmel”." in client.get(link).content.decode()
    page = coordinator.get(address("asked")).content.decode()
    assert "Meegepraat op" in page
    assert "Vraag Buur mee te doen met “Schimmel”" in page


def test_a_no_to_joining_stays_with_who_said_it(client: Client) -> None:
    asking = begun(proposed())
    link = address("answer", code_of(sides(asking)[0]))
    client.post(link, {"act": "no"})
    assert "Jullie zeiden nee" in client.get(link).content.decode()
    (line,) = people.askings(builders.workshop())
    assert str(line.stage_words) == "Nu niet"
    client.post(link, {"act": "take_back"})
    assert "buur" in could_join()


def test_who_joined_is_put_with_the_issue_by_its_own_word_and_by_nobody_elses(client: Client) -> None:
    asking = joined_on_a_day()
    made = Issue.objects.get()
    assert not made.parties.filter(party__key="buur").exists()
    side = sides(asking)[0]
    link = address("answer", code_of(side))
    assert "Wij werken nu mee aan “Schimmel”." in client.get(link).content.decode()
    assert client.post(link, {"act": "helped", "helped": "yes", "knows": "on"}).status_code == 302
    assert made.parties.filter(party__key="buur").exists()


def test_what_came_of_a_joining_is_laid_beside_what_was_expected() -> None:
    asking = joined_on_a_day()
    side, now = sides(asking)[0], timezone.now()
    answering.tell_whether_it_helped(side, helped=Helped.YES, at=now, today=timezone.localdate(), knows=True)
    Asking.objects.update(check_due_on=timezone.localdate())
    assert work_some(CHECK) == 1
    asking.refresh_from_db()
    assert asking.checked["intact"]
    assert asking.checked["formed"]
    assert asking.checked["touched"] == 1
    page = signed_in(RoleName.COORDINATOR).get(address("asked")).content.decode()
    assert "De partij staat nu bij wie eraan werkt." in page


def test_who_did_not_say_to_work_on_it_is_not_counted_as_joined() -> None:
    asking = joined_on_a_day()
    answering.tell_whether_it_helped(
        sides(asking)[0], helped=Helped.LITTLE, at=timezone.now(), today=timezone.localdate()
    )
    Asking.objects.update(check_due_on=timezone.localdate() - timedelta(days=1))
    work_some(CHECK)
    asking.refresh_from_db()
    assert asking.checked["formed"] is False


def test_an_issue_that_was_closed_meanwhile_is_left_alone_and_the_word_is_kept() -> None:
    asking = joined_on_a_day()
    Issue.objects.update(state="refused")
    side = answering.tell_whether_it_helped(
        sides(asking)[0], helped=Helped.YES, at=timezone.now(), today=timezone.localdate(), knows=True
    )
    assert side.helped == Helped.YES
    assert not Issue.objects.get().parties.filter(party__key="buur").exists()


def test_a_card_of_a_joining_asks_about_the_issue_afterwards() -> None:
    asking = joined_on_a_day()
    assert sides(asking)[0].by == By.PAPER
    page = signed_in(RoleName.COORDINATOR).post(address("cards")).content.decode()
    assert "Jullie praatten mee over “Schimmel”." in page
