"""How much each piece of evidence for a boundary weighs, and why.

The score of a boundary is the sum of weight times amount, read as the logarithm of how likely it is beside the
others of its run; so 0.7 doubles a chance, 2.3 makes it tenfold, and 5 decides unless much speaks against it. They
are set by hand from what languages and titles are like.
"""

from __future__ import annotations

WEIGHTS: dict[str, float] = {
    # What holds in every language.
    "line break": 6.0,  # a line that ended here on the page ended for a reason
    "length": 1.6,  # amount: the logarithm of how likely a title of this length is on this page
    "case": 0.7,  # amount: the logarithm of how likely titles with such capitals are on this page
    "ending": 0.8,  # amount: the logarithm of how likely titles that end so are on this page
    "colon": 0.8,  # amount: the logarithm of how likely titles with a colon, or without one, are on this page
    "sentence inside": -4.0,  # a title is no two sentences
    "stop": -7.0,  # nor does it end like one
    "dots": -0.3,  # three of them can end a title, or a sentence
    "asked": 2.0,  # a question mark ends a question, and most titles with one are only that
    "exclaimed": 0.8,
    "splits question": -4.0,  # amount: 1 where the body would begin with the last words of a question
    "splits dots": -5.0,
    "open": -5.0,  # a comma or a dash goes on
    "unbalanced": -5.0,  # a bracket or quotation mark that opens must close
    "hanging": -5.0,  # an article or a preposition wants its noun
    "leaning": -1.2,  # an adverb may end one, but seldom does
    "versus": -5.0,  # what is compared stands on both sides
    "versus short": -1.3,  # amount: words that one side has less
    "colon soon": -1.2,  # the short word before a colon is more often within a title
    "long": -0.35,  # amount: words beyond the tenth
    "shared": 2.0,  # amount: logarithm of how many runs of the page begin with the same title
    "no body": -2.0,  # most chapters say something
    "endless": -3.0,  # a body ends in a stop
    "together": -1.4,  # amount: logarithm of how often the page has both words side by side
    "splits name": -4.0,  # names are not cut
    "splits acronym": -5.0,  # nor are the words that an acronym in brackets stands for
    "name": 1.5,  # sentences begin with who acts
    "role": 1.0,  # or with what they are, and then the name
    "splits role": -3.0,
    "splits measure": -4.0,  # a number wants what it counts
    "part of name": 1.0,  # with one name of several too
    "start": 0.8,  # amount: logarithm of how often the page begins a sentence with that word
    "repeated": 1.5,  # no phrase has the same word twice in a row
    # Languages with capital and small letters.
    "small start": -5.5,  # sentences begin with a capital letter
    "odd start": -1.0,  # unless with the name of a program or a piece of code
    "opener": 1.8,  # articles, pronouns and prepositions begin sentences
    "starter inside": -4.0,  # words that only begin clauses
    "opener inside": -2.0,  # and stand small within a title
    "german opener": 2.5,  # in German they are small everywhere else
    "german opener inside": -4.0,
    "unexplained capital": -3.0,  # behind its first word, a sentence has capitals for names only
    "opener within": -2.0,  # amount: words in capitals that only begin sentences, in the midst of the first one
    "german opener within": -4.0,
    "verb": 1.2,  # a sentence has its verb soon
    "clause": -1.5,  # a title has none, unless it asks
    "verb first": -2.0,  # but not as its first word
    "no verb": -0.4,
    "asks nothing": -1.5,  # a question word that nothing follows
    "nouns meet": 1.3,  # two German nouns side by side do not belong together
    # Korean.
    "ko hanging": -3.5,  # adverbs and numerals want a word after them
    "ko noun": 0.2,  # titles end in a noun without a particle
    "ko titular": 1.8,  # in a noun made of a verb above all
    "ko question": 3.5,  # or in a question
    "ko statement": 3.5,  # or in a sentence, which prose would end with a stop
    "ko section": 2.0,  # or in what every show calls a part of it
    "ko measure": 0.8,  # or in a number of something
    "ko quoted": 2.0,  # or are a quotation whole
    "ko syllable": -2.0,  # but not in one syllable that is no noun of the page
    "ko modified": 1.3,  # a noun with what leads to it is whole
    "ko two owners": -1.0,
    "ko two topics": -2.0,
    "ko conditional": -1.0,  # titles do ask: if so, what then?
    "ko topic": -2.0,  # or name what they are about, and leave it at that
    "ko leading": -4.5,  # not in a form that a noun or a verb must follow
    "ko adverbial": -1.5,  # seldom in one of a place or a way
    "ko particle": -4.0,  # nor in a particle
    "ko sentence inside": -4.0,
    "ko closed inside": -1.7,  # what follows a noun made of a verb is another sentence
    "ko topic inside": -1.8,
    "ko opener inside": -2.0,
    "ko comma inside": -0.7,
    "ko parallel": 2.5,  # unless both sides end alike
    "ko comma short": -0.8,  # or one word is all that follows
    "ko measure inside": -2.0,  # a number closes the noun that it stands behind
    "ko opener": 1.8,  # adverbs and determiners begin sentences
    "ko noun before verb": 1.0,  # a bare noun does not stand before a verb that leads to another
    "ko determiner": 0.3,
    "ko number": 1.5,  # or figures and dates
    "ko word alone": -1.5,  # though seldom with one of a single word
    "ko asks behind": -0.7,  # a question is more likely the title, or its end
    "ko quotation": 0.6,
    "ko splits verb": -4.0,  # a verb stands beside the one that says how it is done
    "ko verbal start": -2.0,  # a noun made of a verb without a particle belongs to a title
    "ko unstopped": -3.0,  # within prose a sentence has its stop
    "ko joined": -1.5,
    "ko bound start": -4.0,  # no sentence begins with what hangs on a noun before it
    "ko splits count": -2.0,  # Korean counts behind the noun
    "ko marked": 0.8,  # amount: 1 where the first word has a particle, less where one comes later
    "ko closed within": -1.2,  # a noun made of a verb closes a title, so it should stand before the boundary
    "ko subject": 0.9,  # amount: 1 where the first word is a subject or topic, less where it comes later
    "ko no subject": -1.0,
    # Japanese.
    "ja space": 3.0,  # between Japanese letters there is no space but where lines were joined
    "ja space in latin": -3.0,  # between Latin ones there is
    "ja space at latin": -1.0,  # and at their edge, on pages that write so
    "ja no space": -1.0,
    "ja titular": 1.5,
    "ja particle": -2.0,
    "ja sentence inside": -4.0,
    "ja back": -4.0,  # a word that leans on the one before it
    "ja start": 1.5,
    "ja sentence": 2.0,  # a long stretch without a space is a sentence, a short one part of a title
    "ja topic": 1.0,
}
"""By the names that the modules of evidence give."""
