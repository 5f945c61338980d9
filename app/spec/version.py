"""The version of the engine, recorded with every revision that it publishes."""

ENGINE = "0.1.0"
"""The same as in `pyproject.toml`; a test compares them."""
