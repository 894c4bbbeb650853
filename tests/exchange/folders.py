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
    "groups": "key,name\nflat,Huurders van de flat\n",
    "asks": (
        "key,title,question,still_unknown,asker,asker_function,on_behalf_of,asked_group,minutes,giver_gets,asker_gets,"
        "comes_back,answer_by,data_use,state,issue,opened_on\n"
        "winter,Hoe warm is het thuis?,Hoe warm is het thuis?,Hoe het binnen is,wijkteam,opbouwwerker,de wijk,"
        "huurders van de flat,5,een antwoord,zicht,een verslag,2026-06-01,alleen de werkplaats,open,kou,2026-03-01\n"
    ),
    "voices": (
        "key,ask,text,language,privacy,channel,given_at,contact,looked_at,shared_text,withdrawn_at,receipt\n"
        "v1,winter,Het is hier koud.,nl,nameless,web,2026-03-02T10:00+01:00,,2026-03-03,Het is hier koud.,,"
        + "a"
        * 64
        + "\n"
        "v2,winter,Ik stook niet meer.,nl,workshop,paper,2026-03-02,v2@example.org,,,,\n"
        "v3,winter,,nl,workshop,web,2026-03-04,,,,2026-03-05,\n"
        "v4,winter,Bij mij valt het mee.,nl,workshop,web,2026-03-06,,,,,\n"
    ),
    "voice_issues": "voice,issue\nv1,kou\nv2,kou\n",
    "replies": (
        "key,ask,party,text,at\n"
        "r2,winter,wijkteam,We komen meten.,2026-03-20\n"
        "r1,winter,wijkteam,We vragen het na.,2026-03-10\n"
    ),
    "reply_voices": "reply,voice,fit,fit_at\nr2,v1,fits,2026-03-21\nr1,v1,does_not_fit,2026-03-11\nr1,v2,,\n",
    "give_backs": "key,ask,party,text,at\nterug,winter,wijkteam,Drie mensen hebben het koud.,2026-03-25\n",
    "tables": "key,about,held_at,place,issue\noverleg,Overleg over kou,2026-03-15T19:00+01:00,De Spil,kou\n",
    "seats": "table,party\noverleg,wijkteam\noverleg,huurders\n",
    "promises": (
        "key,kind,maker,wording,due_on,table,issue,drafted_at\n"
        "b1,do,wijkteam,We meten in elke flat.,2026-04-01,overleg,kou,2026-03-15T20:00+01:00\n"
        "b2,no,wijkteam,We betalen geen stookkosten.,,overleg,,2026-03-15T20:05+01:00\n"
    ),
    "promise_receivers": "promise,party,voice\nb1,huurders,\nb1,,v1\n",
    "promise_events": (
        "promise,kind,at,words,reason,due_on,channel,word,party,voice\n"
        "b1,done,2026-04-10,Zie het verslag.,,,,,,\n"
        "b2,confirmed,2026-03-17,,,,team,,,\n"
        "b1,confirmed,2026-03-16T09:00+01:00,,,,link,,,\n"
        "b1,receiver_verdict,2026-04-20,,,,,partly,huurders,\n"
        "b1,receiver_verdict,2026-04-21,,,,,kept,,v1\n"
    ),
    "catches": "key,who,what,due_on,waits,caught_at\nc1,huurders,Wie belt er terug?,2026-04-02,yes,2026-03-15\n",
    "decisions": "table,promise,catch,noted_at\noverleg,b1,,2026-03-15\noverleg,b2,,2026-03-15\noverleg,,c1,2026-03-15\n",
    "trajectories": (
        "key,issue,name,phase,benefit_for,how_noticed,groups,started_on,next_pause_on\n"
        "warm-wonen,kou,Warm wonen,do,huurders van de flat,lagere rekening,flat,2026-01-05,2026-07-01\n"
    ),
    "trajectory_parties": "trajectory,party,role\nwarm-wonen,huurders,trekker\nwarm-wonen,wijkteam,\n",
    "pauses": (
        "key,trajectory,due_on,opened_at,outcome,reason,closed_at\n"
        "eerste,warm-wonen,2026-04-05,2026-04-05,change,Nog niet iedereen merkt het.,2026-04-12\n"
    ),
    "pause_answers": "pause,party,voice,noticed,at\neerste,huurders,,partly,2026-04-06\neerste,,v1,yes,2026-04-07\n",
    "askings": (
        "key,kind,party_a,party_b,stage,asked_at,agreed_at,met_on,closed_at\n"
        "z1,introduction,huurders,wijkteam,met,2026-02-02,2026-02-04,2026-02-09,\n"
    ),
    "sides": (
        "asking,party,number,words,by,turn_at,answer,answered_at\n"
        "z1,huurders,1,Koffie?,paper,2026-02-02,yes,2026-02-03\n"
        "z1,wijkteam,2,Ook koffie?,mail,2026-02-03,yes,2026-02-04\n"
    ),
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
