"""Words that say nothing about a subject, in Dutch and English."""

_DUTCH = """
aan af al alle alleen allemaal alles als altijd ander andere anderen anders beide ben bent bij bijna binnen blijf blijft
blijven boven bovendien buiten daar daarbij daardoor daarna daarnaast daarom daarvan daarvoor dan dat de deed den der des
deze dezelfde die dit doe doen doet door dus echt echter een één eens eerst eerste eigen eigenlijk elk elkaar elke en
enige enkele er erg ergens even gaan gaat gedaan geen gekomen gemaakt genoeg geweest gewoon geworden ging graag haar had
hadden heb hebben hebt heeft heel heen hele hem hen het hetzelfde hier hierbij hij hoe hoeveel hun ieder iedere iedereen
iemand iets ik in is ja jaar jaren je jij jou jouw jullie kan kom komen komt kon konden krijgen krijgt kunnen kunt kwam
laat laten later maak maakt maakte maar maken mag maken me mee meer meest meestal men mensen met mij mijn minder moest
moesten moet moeten mogelijk mogen na naar naast nam namelijk nee neemt nemen net niemand niet niets nieuwe nieuw nodig
nog nooit nu of om omdat onder ons onze ook op over per plaats precies samen sinds slechts soms staan staat steeds sterk
stond te tegen ten ter terug terwijl tijdens toch toe toen tot tussen twee tweede uit uw vaak van vanaf vandaag vanuit
veel verder vinden vindt volgens volgend volgende voor vooral vorig vorige waar waarbij waardoor waarin waarom waarop
waarvan wanneer want waren was wat we weer weet weinig wel welk welke werd werden weten wie wij wil willen word worden
wordt zal zei zeer zeggen zegt zelf zelfs zich zie zien ziet zij zijn ze zo zoals zodat zonder zou zouden zult zullen
aldus betreft deel echter ervan erover erop erin ervoor eruit gemeld geeft gegeven geven ging goed goede graag groot
grote hoort hopen hoog jaarlijks keer keren klein kleine lang lange langer liever mede minimaal moment moeite nadat
noemde noemen noemt nemen ongeveer oude pas paar praten regelmatig rond snel stellen stelt stelde sommige spreekt spreken
staan steeds tal telkens totaal tijd uiteindelijk uitgevoerd vertelt vertelde vertellen verschillende via vind vond
vraagt vragen vroeg waarmee weg werken werkt zaken zeker zei zelden zoveel zet zetten zit zitten
dag dagen week weken maand maanden uur uren euro procent januari februari maart april mei juni juli augustus september
oktober november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag drie vier vijf zes zeven acht negen
tien twaalf
meneer mevrouw heer mevr dhr bewoner bewoners buurt buurten wijk wijken gemeente stadsdeel
"""
_ENGLISH = """
a about above after again against all almost alone already also although always am among an and another any anyone
anything are around as ask asked at back be became because become been before being below best better between both but by
came can cannot come could day days did do does doing done down during each either else enough even ever every everyone
everything far few first for from get gets give given go goes going gone good got great had has have having he her here
hers him his how however i if in into is it its itself just keep know known last later least less let like little long
look made make makes making many may maybe me mean might month months more most much must my need needs never new next
no nobody none nor not nothing now of off often on once one only or other others our out over own part people per perhaps
place put rather really said same saw say says see seen she should since small so some someone something sometimes soon
still such take tell than that the their them then there these they thing things think this those though three through
time times to today together told too took two under until up upon us use used very want was way we week weeks well went
were what when where whether which while who whole whom whose why will with within without would year years yes yet you
your resident residents neighbourhood neighborhood municipality
"""

STOPWORDS = frozenset((_DUTCH + _ENGLISH).split())
"""Function words, words of time and number, verbs of speaking, and words that fit every cluster of a neighbourhood."""
