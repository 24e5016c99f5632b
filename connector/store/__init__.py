"""What outlives the process: one database, encrypted where it is secret."""

from .opening import Store
from .values import App, Connection, Grant, GrantState, Person, Tokens

__all__ = ["App", "Connection", "Grant", "GrantState", "Person", "Store", "Tokens"]
