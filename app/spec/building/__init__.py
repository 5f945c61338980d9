"""From the resolved plain document to the frozen model. No checks: what is built here was checked when it was compiled."""

from app.spec.building.procedure import build_procedure

__all__ = ["build_procedure"]
