"""A hash of words that is the same in every run and on every machine."""


def fnv(word: str) -> int:
    """FNV-1a in 32 bits, with its high bits folded into the low ones. Python's own hash differs from run to run.

    >>> fnv("buurt") == fnv("buurt")
    True
    """
    code = 0x811C9DC5
    for byte in word.encode():
        code = ((code ^ byte) * 0x01000193) & 0xFFFF_FFFF
    return code ^ (code >> 15)
