"""The form side of every kind: one row each, under the kind's name."""

from __future__ import annotations

from collections.abc import Mapping

from app.fields.address import ADAPTER as ADDRESS
from app.fields.amount import ADAPTER as AMOUNT
from app.fields.checkboxes import ADAPTER as CHECKBOXES
from app.fields.country import ADAPTER as COUNTRY
from app.fields.date import ADAPTER as DATE
from app.fields.department import ADAPTER as DEPARTMENT
from app.fields.e_photo import ADAPTER as E_PHOTO
from app.fields.email import ADAPTER as EMAIL
from app.fields.fiscal_stamp import ADAPTER as FISCAL_STAMP
from app.fields.foreigner_number import ADAPTER as FOREIGNER_NUMBER
from app.fields.long_text import ADAPTER as LONG_TEXT
from app.fields.name import ADAPTER as NAME
from app.fields.nationality import ADAPTER as NATIONALITY
from app.fields.parameters import Adapter
from app.fields.passport_number import ADAPTER as PASSPORT_NUMBER
from app.fields.permit_number import ADAPTER as PERMIT_NUMBER
from app.fields.phone import ADAPTER as PHONE
from app.fields.radios import ADAPTER as RADIOS
from app.fields.select import ADAPTER as SELECT
from app.fields.text import ADAPTER as TEXT
from app.fields.visa_number import ADAPTER as VISA_NUMBER
from app.fields.whole_number import ADAPTER as WHOLE_NUMBER
from app.fields.yes_no import ADAPTER as YES_NO

ADAPTERS: Mapping[str, Adapter] = {
    "address": ADDRESS,
    "amount": AMOUNT,
    "checkboxes": CHECKBOXES,
    "country": COUNTRY,
    "date": DATE,
    "department": DEPARTMENT,
    "e_photo": E_PHOTO,
    "email": EMAIL,
    "fiscal_stamp": FISCAL_STAMP,
    "foreigner_number": FOREIGNER_NUMBER,
    "long_text": LONG_TEXT,
    "name": NAME,
    "nationality": NATIONALITY,
    "passport_number": PASSPORT_NUMBER,
    "permit_number": PERMIT_NUMBER,
    "phone": PHONE,
    "radios": RADIOS,
    "select": SELECT,
    "text": TEXT,
    "visa_number": VISA_NUMBER,
    "whole_number": WHOLE_NUMBER,
    "yes_no": YES_NO,
}
