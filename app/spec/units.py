"""What a number may count: time, a share, or money. Anything else is said in the text around the number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MEASURES: Final = ("minutes", "hours", "days", "weeks", "months", "years", "percent")
_MONEY = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP
CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD
IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP
SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF
YER ZAR ZMW ZWG
"""
CURRENCIES: Final = frozenset(_MONEY.split())
"""Money in use somewhere (ISO 4217); a test compares the list with that of CLDR."""

KNOWN: Final = frozenset({*MEASURES, *(measure.removesuffix("s") for measure in MEASURES), "%", *CURRENCIES})
FRENCH: Final[Mapping[str, str]] = {
    "an": "years",
    "ans": "years",
    "année": "years",
    "années": "years",
    "mois": "months",
    "semaine": "weeks",
    "semaines": "weeks",
    "jour": "days",
    "jours": "days",
    "heure": "hours",
    "heures": "hours",
    "minute": "minutes",
    "euro": "EUR",
    "euros": "EUR",
    "€": "EUR",
    "pour cent": "percent",
}
"""What French authors write instead."""
