import re

from werkplaats.defrag.pictures import block_map, pair, scale
from werkplaats.defrag.pictures.blocks import SYMBOLS
from werkplaats.defrag.records import Block, Group


def group(*shades: int, moves: tuple[tuple[int, int], ...] = ()) -> Group:
    counts = tuple(shades.count(step) for step in range(5))
    return Group("i-a", "Schimmel & kou", tuple(Block(shade, moves) for shade in shades), counts, 50.0)


def test_every_connection_is_one_block_in_tens() -> None:
    picture = block_map.draw(group(*[0] * 10, *[4] * 13))
    assert picture.count("<use") == 23
    assert picture.count("<svg") == 3
    assert 'aria-label="Schimmel &amp; kou: 23 verbindingen. 10 direct, 13 komen niet aan."' in picture


def test_over_a_block_that_a_move_changes_lies_what_it_would_be() -> None:
    picture = block_map.draw(group(2, moves=((1, 0), (3, 1))))
    assert re.findall(r'samen-then-(\d)"><use href="#b(\d)"', picture) == [("1", "0"), ("3", "1")]
    assert picture.count("samen-ring") == 2


def test_before_and_after_say_in_words_what_they_show() -> None:
    assert 'aria-label="Nu: 1 met drie ertussen, 1 komt niet aan"' in pair.draw((4, 3), "Nu")


def test_each_of_the_five_blocks_is_drawn_once_with_its_own_pattern() -> None:
    assert re.findall(r'id="b(\d)"', SYMBOLS) == list("01234")


def test_a_figure_stands_at_its_place_on_the_line() -> None:
    picture = scale.draw(54.96)
    assert 'cx="55.0%"' in picture
    assert "55 op een schaal van 0 tot 100" in picture


def test_no_picture_needs_a_style_that_a_strict_policy_forbids() -> None:
    pictures = (block_map.draw(group(0, 4)), pair.draw((0,), "Nu"), scale.draw(5), SYMBOLS)
    assert not any("style=" in picture for picture in pictures)
