"""A small open workshop folder to load in tests, and ways to spoil it."""

from pathlib import Path

TABLES = {
    "workshop": "key,name,city\nkade,Wijkwerkplaats Kade,Oeverstad\n",
    "themes": "key,name,name_en\nwonen,Wonen,Housing\nzorg,Zorg,Care\n",
    "related_themes": "theme_a,theme_b,why\nwonen,zorg,Een koud huis maakt ziek\n",
    "parties": (
        "key,name,kind,themes,introductions\n"
        "de-lange-tafel,De Lange Tafel,initiative,zorg,yes\n"
        "huurders,Huurders Kade,initiative,wonen,yes\n"
        "wijkteam,Wijkteam Kade,professional,zorg,no\n"
    ),
    "people": "key,name,email\nnoor,Noor de Vries,noor@example.org\n",
    "consents": "person,purpose,wording,channel,given_on\nnoor,keep,Mogen we je naam bewaren?,paper,2026-01-10\n",
    "memberships": "person,party,role\nnoor,de-lange-tafel,kok\n",
    "ties": (
        "party_a,party_b,kind,reported_by,last_seen\n"
        "wijkteam,de-lange-tafel,knows,wijkteam; de-lange-tafel,2026-02-01\n"
        "huurders,de-lange-tafel,works_together,huurders,2026-03-01\n"
    ),
    "issues": "key,name,state,themes,decided_on\nkou,Kou in huis,accepted,wonen; zorg,2026-03-10\n",
    "needs": "key,party,kind,text,theme,issue\nwarm,huurders,need,Een warm huis,wonen,kou\n",
    "able": "need,party,confirmed_by,confirmed_on\nwarm,wijkteam,de-lange-tafel,2026-02-02\n",
    "stewardship": "role,party,words\npays,wijkteam,Het wijkteam betaalt ons werk.\n",
    "sources": (
        "key,title,kind,file,holder,published_on,themes\n"
        "verhaal,Verhaal van de huurders,story,verhaal.txt,huurders,2025-11-02,wonen\n"
        "verslag,Verslag van het wijkteam,minutes,verslag.md,wijkteam,2026-01-15,zorg\n"
    ),
    "issue_parties": "issue,party,role\nkou,huurders,trekker\n",
}
STORY = "In onze flat is het elke winter zo koud dat de kinderen met hun jas aan huiswerk maken.\n"
REPORT = "# Verslag\n\nVeel gezinnen zetten de verwarming uit omdat zij de rekening niet kunnen betalen.\n"


def folder(path: Path, **tables: str) -> Path:
    """A sound folder at `path`; a table that is named replaces the sound one."""
    (path / "documents").mkdir(parents=True, exist_ok=True)
    (path / "documents" / "verhaal.txt").write_text(STORY, encoding="utf-8")
    (path / "documents" / "verslag.md").write_text(REPORT, encoding="utf-8")
    for name, text in (TABLES | tables).items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path
