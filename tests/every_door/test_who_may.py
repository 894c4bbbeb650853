"""Each door opens to who its verb says, and to nobody else; nothing that is refused changes anything."""

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.demo.test_whole import everything
from tests.every_door.doors import HOME, Door, doors
from tests.every_door.town import InTheTown
from werkplaats.accounts.rules import RoleName

SIGN_IN = "/account/inloggen/"
MEMBERS = {RoleName.PARTY: "school", RoleName.RESEARCHER: "school", RoleName.POLICY_MAKER: "gemeente"}
"""For which party of the town an account speaks."""

WITH_A_RECEIPT = frozenset({"threads:dispute", "threads:verdict"})
"""Lead who has no receipt open to where its code is typed, whatever else stands in their address."""

GUARDED = [door for door in doors() if door.verb is not None and door.verb.roles is not None and door.is_of_a_workshop]
KEYED = [door for door in doors() if door.verb is not None and len(door.wants) > 1]


def knocks(client: Client, door: Door, address: str) -> list[HttpResponseBase]:
    """Looks, and sends an empty form; what does not take the one takes the other."""
    cache.clear()
    answers = [client.get(address), client.post(address)]
    return [answer for answer in answers if answer.status_code != 405]


def signs_in(answer: HttpResponseBase) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)


class TestWhoMay(InTheTown):
    is_indexed = False

    def setUp(self) -> None:
        super().setUp()
        self.guests = {role: Client() for role in RoleName}
        for role, guest in self.guests.items():
            guest.force_login(self.town.accounts[role])
        self.stranger = Client()
        elders = builders.account(RoleName.COORDINATOR, of=builders.workshop("elders"))
        self.stranger.force_login(elders)

    def test_who_may_not_is_refused_at_every_door_and_changes_nothing(self) -> None:
        before, let_in = everything(), []
        for door in GUARDED:
            assert door.verb is not None
            assert door.verb.roles is not None
            for address in door.addresses(self.town):
                for role, guest in self.guests.items():
                    if role in door.verb.roles or self.is_own(door, role, address):
                        continue
                    # What is not theirs to see is not there, such as somebody else's draft.
                    no = {403, 404} if door.verb.own else {403}
                    answers = knocks(guest, door, address)
                    if not answers or not {answer.status_code for answer in answers} <= no:
                        let_in.append((role.value, address, [answer.status_code for answer in answers]))
        assert let_in == []
        assert everything() == before

    def test_somebody_of_another_workshop_has_no_role_here(self) -> None:
        before, let_in = everything(), []
        for door in GUARDED:
            assert door.verb is not None
            no = {403, 404} if door.verb.own else {403}
            for address in door.addresses(self.town):
                answers = knocks(self.stranger, door, address)
                if not {answer.status_code for answer in answers} <= no:
                    let_in.append((address, [answer.status_code for answer in answers]))
        assert let_in == []
        assert everything() == before

    def test_who_is_not_signed_in_is_asked_to_and_changes_nothing(self) -> None:
        before, let_in, anyone = everything(), [], Client()
        for door in GUARDED:
            assert door.verb is not None
            for address in door.addresses(self.town):
                answers = knocks(anyone, door, address)
                if not all(signs_in(one) or (door.verb.own and one.status_code in {403, 404}) for one in answers):
                    let_in.append((address, [answer.status_code for answer in answers]))
        assert let_in == []
        assert everything() == before

    def test_who_may_is_let_in(self) -> None:
        """Else every refusal above could be a door that is shut to all."""
        shut = {}
        for door in GUARDED:
            assert door.verb is not None
            assert door.verb.roles is not None
            for role in RoleName:
                mine = [
                    one for one in door.addresses(self.town) if role in door.verb.roles or self.is_own(door, role, one)
                ]
                found = {address: self.tries(role, door, address) for address in mine}
                # Somebody else's draft is not there, and a promise that has a yes is written down no more.
                if mine and (any(found[one] & {403, 500} for one in mine) or all(found[one] == {404} for one in mine)):
                    shut[role.value, door.name] = found
        assert shut == {}

    def tries(self, role: RoleName, door: Door, address: str) -> set[int]:
        """How a door answers somebody; whatever it does is undone. To be asked to sign in is a refusal too."""
        point = transaction.savepoint()
        answers = knocks(self.guests[role], door, address)
        transaction.savepoint_rollback(point)
        return {403 if signs_in(answer) else answer.status_code for answer in answers}

    def test_what_belongs_to_one_workshop_is_not_there_in_another(self) -> None:
        """A coordinator, with every right at home, goes to the own address with the key of something here."""
        found, before = [], everything()
        for door in KEYED:
            for address in door.addresses(self.town, at="elders"):
                answers = knocks(self.stranger, door, address)
                leads_to_a_code = door.name in WITH_A_RECEIPT and answers[0].status_code == 302
                if not leads_to_a_code and {answer.status_code for answer in answers} != {404}:
                    found.append((address, [answer.status_code for answer in answers]))
        assert found == []
        assert everything() == before

    def test_an_open_receipt_does_nothing_with_what_is_not_of_its_own_voice(self) -> None:
        holder = Client()
        holder.post(reverse("threads:receipt", args=[HOME]), {"code": self.town.codes["covered"]})
        before = everything()
        reply, promise = self.town.keys["threads:dispute"][0][0], self.town.keys["threads:verdict"][0][0]
        holder.post(reverse("threads:dispute", args=[HOME, reply]))
        holder.post(reverse("threads:fit", args=[HOME]), {"reply": reply, "fit": "fits"})
        holder.post(reverse("threads:verdict", args=[HOME, promise]), {"word": "kept"})
        assert everything() == before

    def is_own(self, door: Door, role: RoleName, address: str) -> bool:
        """Whether a door that also opens to whom the thing belongs, opens to this account."""
        mine = [key for key, party in self.town.owners.items() if party == MEMBERS.get(role)]
        return door.verb is not None and door.verb.own and any(f"/{key}/" in address for key in mine)
