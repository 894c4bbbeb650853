"""How much somebody may send, told before anything is read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests import builders
from werkplaats.kit.uploads import ROOM

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/kanaalkwartier/bibliotheek-toevoegen/", "/account/inloggen/", "/nergens/"])
def test_what_is_far_too_large_is_refused_at_every_address_without_being_read(
    client: Client, settings: Settings, address: str
) -> None:
    builders.workshop()
    settings.MAX_DOCUMENT_BYTES = 1_000_000
    sent = SimpleUploadedFile("plan.txt", b"x" * (3 * ROOM))
    answer = client.post(address, {"bestand": sent})
    assert answer.status_code == 413
    assert "Een document mag hier 1 megabyte groot zijn." in answer.content.decode()


@pytest.mark.parametrize("length", ["", "0", "veel", "-1"])
def test_a_strange_length_is_left_to_others(client: Client, length: str) -> None:
    builders.workshop()
    assert client.get("/kanaalkwartier/", CONTENT_LENGTH=length).status_code == 200
