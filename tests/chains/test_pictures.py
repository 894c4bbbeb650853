import re
from xml.etree import ElementTree

import pytest

from tests.builders import party
from tests.chains.street import KEY, TODAY, chain, home, key_of, keys_of, walked
from werkplaats.chains import actions, pictures, queries
from werkplaats.chains.actions import Told
from werkplaats.chains.records import ChainRecord

pytestmark = pytest.mark.django_db


def record() -> ChainRecord:
    found = queries.chain(home(), KEY, today=TODAY)
    assert found is not None
    return found


def test_every_step_and_every_hand_over_is_drawn_once() -> None:
    walked()
    drawn = pictures.draw(record())
    assert drawn.count('class="samen-chain__step"') == 4
    assert drawn.count('class="samen-chain__line"') == 3
    assert drawn.count('class="samen-chain__lane"') == 3
    ElementTree.fromstring(drawn)


def test_a_way_back_and_a_way_past_steps_run_beside_the_boxes() -> None:
    row, owner, _painter = walked()
    version = row.versions.get()
    actions.change_step(version, key_of(1), Told("Melden", words="De bewoner"), after=keys_of(3))
    actions.change_step(version, key_of(4), Told("Betalen", party=owner), after=keys_of(1, 3))
    drawn = pictures.draw(record())
    assert drawn.count("samen-chain__line--back") == 1
    lefts = [at * (pictures.LANE + pictures.GUTTER) for at in range(len(record().lanes))]
    sides = [float(x) for x in re.findall(r'd="M[\d.]+ [\d.]+V[\d.]+H([\d.]+)V[\d.]+H', drawn)]
    assert len(sides) == 2
    assert all(not left <= side <= left + pictures.LANE for side in sides for left in lefts)


def test_names_are_words_and_never_markup() -> None:
    row = chain()
    actions.add_step(row.versions.get(), Told('<script>"&', party=party("<i>Ik</i>")))
    drawn = pictures.draw(record())
    assert "<script>" not in drawn
    assert "<i>" not in drawn


def test_a_chain_without_steps_is_no_picture() -> None:
    chain()
    assert pictures.draw(record()) == ""
