"""English: turns, words of the trade, rare words. Lists of this project, in the spirit of Plain English Campaign."""

from __future__ import annotations

import re

from app.spec.plain.lexicon import EVERYWHERE, Lexicon, words

HEAVY = {
    "in accordance with": "“under”, or nothing",
    "pursuant to": "“under”, or nothing",
    "herein": "say where",
    "hereby": "nothing: leave it out",
    "aforementioned": "say the name again",
    "notwithstanding": "“despite”",
    "in the event that": "“if”",
    "prior to": "“before”",
    "in respect of": "“about”, “for”",
    "with regard to": "“about”",
    "for the purposes of": "“to”, “for”",
    "duly": "nothing: leave it out",
}
TRADE = {
    "apostille": "a stamp that proves that a foreign paper is true",
    "affidavit": "a statement that you swear is true",
    "subsidiary protection": "a protection that a State gives",
    "stateless": "without the nationality of any country",
    "indefinite leave": "the right to stay without an end date",
    "next of kin": "your closest family",
    "dependant": "a person you support",
    "dependants": "people you support",
    "biometric*": "fingerprints and photo",
}
RARE = {
    "utilise": "use",
    "utilize": "use",
    "commence": "start",
    "terminate": "end",
    "endeavour": "try",
    "sufficient": "enough",
    "additional": "more, another",
    "require": "need",
    "obtain": "get",
    "submit": "send",
    "remit": "pay, send",
    "notify": "tell",
    "subsequently": "later, after",
    "approximately": "about",
    "in order to": "to",
    "provided that": "if",
    "ensure": "make sure",
    "forthwith": "now",
}

ENGLISH = Lexicon(
    heavy=HEAVY,
    trade=TRADE,
    rare=RARE,
    known=EVERYWHERE | {"UK", "EU"},
    abbreviations=("art", "Mr", "Mrs", "Ms", "Dr", "p", "etc", "e.g", "i.e", "No", "cf"),
    heavy_words=words(HEAVY),
    trade_words=words(TRADE),
    rare_words=words(RARE),
    passive=re.compile(
        r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?\w{3,}(?:ed|en|own|ade|ent)\s+by\s+(?:a|an|the|your|our)\b",
        re.IGNORECASE,
    ),
    by="by",
    twice_no=re.compile(
        r"\b(?:not|never|no)\b[^.?!;:]{1,50}?\b(?:without|unless|impossible|unlawful|illegal|unable|fail to)\b",
        re.IGNORECASE,
    ),
    empty_link=re.compile(r"(?:click here|here|link|this link|read more|more|see|learn more)", re.IGNORECASE),
    explains=(
        r"(?:(?:called|named)\s+(?:an?\s+|the\s+)?{word})"
        r"|(?:{word}\s*(?:\(|:|,\s+that is|(?:is|are|means?)\s+(?:an?|the)\b))"
        r"|(?:\(\s*{word}\s*\))"
    ),
)
