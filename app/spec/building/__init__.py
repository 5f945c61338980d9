"""From the resolved plain document to the frozen model. No checks: what is built was checked when compiled."""

from app.spec.building.procedure import build_procedure

__all__ = ["build_procedure"]
