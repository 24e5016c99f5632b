"""A connection to a local Zoom, as in the proofs of the whole connector."""

from e2e.conftest import connector, sales, world

__all__ = ["connector", "sales", "world"]
