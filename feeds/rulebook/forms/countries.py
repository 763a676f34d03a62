"""Codes of countries."""

from __future__ import annotations

COUNTRIES = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA "
    "CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA "
    "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS "
    "MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW".split()
)
"""The two-letter codes of ISO 3166-1, and XK, which everybody uses for Kosovo."""

_MEANT = {"AUS": "AU", "CAN": "CA", "DEU": "DE", "EL": "GR", "ENG": "GB", "FRA": "FR", "GBR": "GB", "UK": "GB"}
_MEANT |= {"GER": "DE", "IRL": "IE", "JPN": "JP", "NZL": "NZ", "USA": "US"}


def find_country_fault(text: str) -> str:
    """What is wrong with a code of a country, "" if nothing is; case is not looked at.

    >>> find_country_fault("GB"), find_country_fault("fr"), find_country_fault("UK")
    ('', '', "is no code of ISO 3166-1: write 'GB'")
    """
    code = text.upper() if len(text) <= len("GBR") else ""
    if code in COUNTRIES:
        return ""
    meant = f"write {_MEANT[code]!r}" if code in _MEANT else "write two letters, such as 'GB'"
    return f"is no code of ISO 3166-1: {meant}"
