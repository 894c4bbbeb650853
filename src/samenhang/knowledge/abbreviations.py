"""Dutch and English words whose full stop need not end a sentence. Lower case, without the last full stop."""

# A name, number or noun always follows: the stop never ends a sentence.
INSIDE = frozenset(
    """
    dhr mevr mw mej drs dr ir ing mr ds prof em st bc br zr past gebr fam wed fa jhr jkvr kol kapt lt maj sgt gen
    art artt nr nrs no afd blz pag p pp hfdst hst par lid bijl afb fig tab tel mob vgl bijv bv zgn resp ca incl excl evt
    max min gem ong plm pct ged gew vnl m.n o.a o.b.v o.l.v o.m o.v.v i.v.m i.p.v i.s.m i.h.b i.t.t i.o i.o.v i.z m.b.t
    m.b.v m.h.o m.i m.i.v m.u.v n.a.v n.o n.t.b d.d d.i d.m.v d.w.z b.v b.g.g t.a.v t.b.v t.g.v t.h.v t.n.v t.o.v t.w
    t.z t.z.t u.h.d v.h v.d v/d z.g.a.n a.g.v a.h.v a.d.h.v c.q cq e.v.a f.a.o p/a p.a s.v v.a v.w.b w.v.t z.o.z mln
    jan febr feb mrt apr jun jul aug sept sep okt oct nov dec
    mrs ms messrs rev hon sen rep gov capt cpt vs viz cf e.g i.e approx dept est ext vol ch sec eq
    """.split()
)
# May close a sentence: it does when a capital follows.
EITHER = frozenset(
    """
    etc enz e.d e.a e.v a.u.b aub s.v.p svp jl a.s ll l.l d.v i.r c.s e.e.a w.o m.e.r v.chr n.chr t.m
    o.i p.m a.m p.p p.j p.w p.mnd p.u h.t t.t o.i.d m.m n.v.t z.s.m cs w.g get a.m
    """.split()
)
# Parts of names: they close a sentence only before a word that usually begins one.
IN_NAMES = frozenset("b.v n.v v.o.f c.v u.s u.k u.n inc ltd co corp jr sr".split())
# After a lone capital ("plan B.") these words start a new sentence rather than go on with a name.
STARTERS = frozenset(
    """
    aan al alle als ben bij bovendien daar daarbij daardoor daarna daarnaast daarom dan dat de deze die dit door dus een
    en er het hier hij hoe iedereen ik in is ja je maar met na naar nee niet niemand nu of om omdat onze ook op over
    soms te toch toen tot uit van veel voor waar waarom want wat we wel wie wij wil ze zij zo zonder zulke
    a after all an and are as at but by can did do for from he how i if it its many my no not now on one our she so
    that the their then there these they this those to was we what when where who why with yes you
    """.split()
)
