from werkplaats.accounts.rules import ANYONE, Verb

READ = Verb("pages.read", ANYONE)
