"""What a bench ends with: each bar, and whether it was held."""

from __future__ import annotations

from collections.abc import Iterable

Bar = tuple[str, float, float]
"""What was measured, its value, and the most that it may be."""


def held(bars: Iterable[Bar]) -> bool:
    """Say of each bar whether it was held; whether all were."""
    whole = True
    for what, value, most in bars:
        whole &= value <= most
        shown = f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
        print(f"{'held  ' if value <= most else 'MISSED'} {what}: {shown}, at most {most:,g}")
    return whole
