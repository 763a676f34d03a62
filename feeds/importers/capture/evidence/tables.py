"""What a language of capital and small letters tells about where a title ends: small words, verbs, endings.

The lists are the closed classes of each language, and the commonest of the open ones. A language that has no table
here is read by the shape of its words alone.
"""

from __future__ import annotations

from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language. All words are in lower case, without apostrophes and stops.

    `openers` begin sentences; `starters` do so and stand nowhere else in capitals; `hanging` want a word after them, so
    no title ends with them, and with `leaning` few do; `prefixes` part from their verb and end a clause; `roles` stand
    before a name; `proper` have a capital letter wherever they stand; `measures` follow numbers;
    `verbs` and `verb_endings` tell finite verbs; `asking` begin questions, in titles too; `minor` are those that a
    title in capitals may leave small; `stops` are abbreviations that end with a stop.
    """

    code: str
    openers: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    hanging: frozenset[str] = frozenset()
    leaning: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    verb_endings: tuple[str, ...] = ()
    asking: frozenset[str] = frozenset()
    minor: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()
    nouns_are_capital: bool = False


ENGLISH = Language(
    code="en",
    openers=_words(
        "a about above according across additionally after again against all almost along already also although am "
        "among an another any anybody anyone anything are around as at because before behind being beneath beside "
        "besides between beyond both but by can could despite did do does during each eight either eleven enough "
        "especially even eventually ever every everybody everyone everything except few fifty finally first five "
        "for forty four from given had half has have he her here hers herself him himself his how however i if in "
        "indeed initially inside instead into is it its itself later least like looking many maybe meanwhile more "
        "most much must my nearly neither never nevertheless next nine no nobody none nor not nothing now off "
        "often on once one only other others our out outside over part perhaps please quite rather second seven "
        "seventy several she should since six sixty so some somebody someone something sometimes soon still such "
        "ten that the their then there therefore these they third thirty this those three through throughout thus "
        "to today together tomorrow too toward towards twelve twenty two under unless unlike until up upon us "
        "using usually very was we well were what whatever when whenever where whereas whether which while who "
        "whoever whom whose why will with within without would yes yesterday yet you your"
    ),
    starters=_words(
        "according additionally although because consequently despite during eventually furthermore however indeed "
        "initially meanwhile moreover nevertheless therefore though thus unless unlike whereas while"
    ),
    hanging=_words(
        "a an and are as at be because but by can cannot cant could couldnt did didnt do does doesnt dont dr every "
        "for from had has have he her his i if in into is isnt its like may might mr mrs ms must my neither no nor "
        "of on or our per prof shall she should shouldnt so than that the their these they this those to toward "
        "towards unless until upon versus very via vs was wasnt we were whether while whose will with without wont "
        "would wouldnt your"
    ),
    leaning=_words(
        "about above across after against although am among around before behind being between beyond despite "
        "during each either even few how it many more most much near nobody not only over since some still such "
        "then there through too under us what when where which who why you"
    ),
    measures=_words(
        "bn cm days degrees dollars euros feet gb ghz grams hours hz inches kg kilometres km kw kwh lb m mb mg mhz "
        "miles million minutes ml mm months mw n people per percent pounds seconds times tonnes watts weeks years"
    ),
    proper=_words(
        "american april august british christmas december easter english european february french friday german "
        "january july june march may monday november october saturday september sunday thursday tuesday wednesday"
    ),
    roles=_words(
        "captain chef coach dr father host judge king madame monsieur mother mr mrs ms pastor president prof "
        "professor queen sir st"
    ),
    verbs=_words(
        "am are arent became become becomes began begin begins breaks brings built came can cannot cant come comes "
        "costs could couldnt did didnt do does doesnt dont fell felt finds found gave get gets give gives goes got "
        "grew had has have havent held holds is isnt keep keeps kept knew know knows left let lets likes lost made "
        "make makes may means meant met might must need needs puts ran reads runs said sat saw say says see sees "
        "sends sent shall should shows spoke stands stood take takes tells think thinks thought told took turns "
        "used wants was wasnt went were werent will won wont works would wouldnt wrote"
    ),
    verb_endings=("ed",),
    asking=_words("are can could did do does has have how is should was were what when where which who whom why will"),
    minor=_words(
        "a against an and as at between but by de for from in into is it its nor of on or over per so than that "
        "the their to up upon via vs was we with without you your"
    ),
    stops=_words("cf co dr e eg etc g i ie inc jr ltd mr mrs ms no p prof sr st vs"),
)

GERMAN = Language(
    code="de",
    openers=_words(
        "aber acht achtzig alle allerdings alles als also am an anders anfangs angeblich auch auf aus außerdem "
        "bald beginnen bei beide beim bereits besonders bevor bis bisher da dabei dadurch dafür dagegen daher "
        "dahinter damals damit danach dann daran darauf daraus darf darin darum darunter darüber das dass davon "
        "davor dazu dein dem den denn dennoch der deren des deshalb dessen die dies diese diesem diesen dieser "
        "dieses dort drei dreißig du durch eigentlich ein eine einem einen einer eines einfach einige einmal elf "
        "ende er erst es etwa etwas euer fast fünf fünfzig für ganz gar gegen genau gerade gestern haben hat heute "
        "hier hin hinter hundert ich ihr ihre ihrem ihren ihrer im immer in inzwischen irgendwann ist ja je jede "
        "jedem jeden jeder jedes jetzt kann kaum kein keine keinem keinen keiner kurz können letzte letzten "
        "letzter letztes man manche manchmal mehr mein meine meist meistens mit muss müssen nach nachdem natürlich "
        "neben nein neun neunzig nicht nichts nie niemand noch nun nur nächste nächsten nächster nächstes ob "
        "obwohl oder oft ohne plötzlich schließlich schon sechs sechzig sehr sein seine seinem seinen seiner seit "
        "seitdem selbst sie sieben siebzig sind so sobald sogar solange solche sondern später statt stattdessen "
        "tatsächlich trotz trotzdem um und uns unser unsere unter viele vielleicht vier vierzig vom von vor vorher "
        "wann war warum was weder weil weiter welche welcher wem wen wenige wenn wer werden weshalb wichtig wie "
        "wieder wir wird wo wobei woher wohin während wäre zehn zu zudem zuerst zuletzt zum zunächst zur zwanzig "
        "zwar zwei zwischen zwölf über"
    ),
    measures=_words(
        "cent cm euro franken gb grad gramm hz jahre jahren kg kilo kilogramm kilometer km kw kwh leute liter mal "
        "mark mb menschen meter milliarden millionen minuten mm monate mw prozent sekunden stunden stück tage "
        "tagen tonnen uhr watt wochen"
    ),
    prefixes=_words(
        "ab an auf aus bei davon ein fest her hin los mit nach nicht um vor weg weiter wieder zu zurück zusammen"
    ),
    roles=_words(
        "bürgermeister bürgermeisterin chefin direktor doktor dr frau gastgeber gastgeberin herr herrn kapitän "
        "kollege kollegin kommissar kommissarin küster moderator moderatorin oberst pastor pfarrer prof professor "
        "professorin präsident trainer trainerin"
    ),
    hanging=_words(
        "aber als am an auf aus außer bei beim bis das dass dem den denn der des die dies diese diesem diesen "
        "dieser dieses dr durch ein eine einem einen einer eines frau für gegen herr hinter ich ihr ihre ihrem "
        "ihren im in ins ist je jede jedem jeden jeder kein keine keinem keinen man mein meine mit nach neben "
        "nicht nr ob oder ohne per prof sein seine seinem seinen seit sind sondern statt trotz um und unser unsere "
        "unter vom von vor vs warum weil wenn wer wie wir wird wo wurde zu zum zur zwischen über"
    ),
    verbs=_words(
        "bin bleiben bleibt brachte braucht darf dürfen fand fehlen fehlt fiel gab gehen geht gibt gilt ging haben "
        "hat hatte hatten heißt hielt hilft hält ist kam kamen kann kannte kennt kommen kommt konnte können lacht "
        "lag lebten liegt liest ließ lässt macht mochte muss musste möchte müssen nahm nennt redet rief rät sagen "
        "sagt sah schreibt schrieb sieht sind sitzt soll sollen sollte spricht stand stehen steht stieg tut "
        "verschwand war waren warnt weiß werden will wird wissen wollen wollte wurde wurden wäre zeigt zieht zog"
    ),
    verb_endings=(
        "bt",
        "chtet",
        "det",
        "elt",
        "ert",
        "gt",
        "iert",
        "kt",
        "lt",
        "mt",
        "nt",
        "pt",
        "rt",
        "st",
        "te",
        "ten",
        "zt",
        "ßt",
    ),
    asking=_words(
        "bin darf haben hat ist kann können muss müssen sind soll sollen wann war warum was welche welcher welches "
        "wem wen wer weshalb wie wieso wieviel wo woher wohin woran worauf worum"
    ),
    stops=_words("abs art bzw ca d dr evtl f ff h nr o prof s sog st u usw v vgl vs z"),
    nouns_are_capital=True,
)


LANGUAGES = {language.code: language for language in (ENGLISH, GERMAN)}
