"""What is known of a page: who may see it, and how somebody gets there."""

from dataclasses import dataclass

from tests.browser.visits import ANYONE, COORDINATOR, PARTY

EVERYBODY = (ANYONE, PARTY, COORDINATOR)
PARTIES = (PARTY, COORDINATOR)
TEAM = (COORDINATOR,)


@dataclass(frozen=True, slots=True)
class Place:
    """A page. `name` is that of its address; `link` is a selector of the link to it on the page `at`.

    `code`: which receipt is opened first, with its code, as its holder does; `typed_at`: the page where that code is typed.
    """

    name: str
    at: str
    who: tuple[str, ...] = EVERYBODY
    link: str = ""
    status: int = 200
    about: str = ""
    code: str = ""
    typed_at: str = "bonnetje/"

    @property
    def words(self) -> str:
        """What a test or picture of this page is called."""
        return "-".join(filter(None, (self.name.replace(":", "-"), self.about)))
