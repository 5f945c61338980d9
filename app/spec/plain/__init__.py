"""Plain language: what an author writes for applicants, held to rules that can be counted, each with its source.

No score: reading formulas are unreliable on texts as short as these (research of this project, 24 samples). Nothing is
ever called FALC: only people with intellectual disabilities may say so after reading it (Inclusion Europe).
"""

from __future__ import annotations

from app.spec.plain.checks import check_plain

__all__ = ["check_plain"]
