"""For what somebody can give consent."""

from enum import StrEnum


class Purpose(StrEnum):
    KEEP = "keep"
    CONTACT = "contact"
    SHOW_NAME = "show_name"
    INTRODUCE = "introduce"
    ANALYSE = "analyse"


class Channel(StrEnum):
    PAPER = "paper"
    TALK = "talk"
    MAIL = "mail"
    WEB = "web"
