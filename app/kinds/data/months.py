"""Names of the months that people write, in the languages most spoken around French counters."""

from __future__ import annotations

import unicodedata
from functools import cache

_NAMES = (
    # French, English, Spanish, Portuguese, Italian, German, Turkish
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "january february march april may june july august september october november december",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    # Russian, Ukrainian, in the form used in dates and in the plain form
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    # Arabic: Egypt and the Gulf, Morocco, Algeria and Tunisia, the Levant
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
    # Persian (Gregorian months), Dari
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "جنوری فبروری مارچ اپریل می جون جولای آگست سپتمبر اکتوبر نومبر دسمبر",
)
_SHORTEST = 3


def _plain(text: str) -> str:
    """Lower case, without accents, points, hyphens, spaces."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("ı", "i"))
    return "".join(mark for mark in apart if mark.isalpha())


@cache
def _numbers() -> dict[str, int]:
    return {_plain(name): number for line in _NAMES for number, name in enumerate(line.split(), 1)}


def month_number(text: str) -> int | None:
    """The month (1-12) that a name or its beginning of three letters or more means; None for nothing, or for more than
    one month.
    """
    typed = _plain(text)
    known = _numbers()
    if typed in known:
        return known[typed]
    if len(typed) < _SHORTEST:
        return None
    found = {number for name, number in known.items() if name.startswith(typed)}
    return found.pop() if len(found) == 1 else None
