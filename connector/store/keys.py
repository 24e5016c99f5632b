"""Where the keys of a store live, which is never in its database.

In this order: the settings; for SQLite also a key file beside the database, and the system's keyring. A key is made
only for a store that holds nothing yet; it goes into the keyring, or, where there is none that keeps it, into the file.
Both may hold several keys, newest first, separated by white space.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..errors import SettingsError
from .cipher import Cipher, fingerprint, new_key

_SERVICE = "zoom-connector"


class Keyring(Protocol):
    """A place of the operating system for secrets."""

    def get(self, name: str) -> str | None:
        """Return the secret of this name, or None where there is none or no keyring."""

    def put(self, name: str, secret: str) -> bool:
        """Keep a secret; False when it will not be found again."""


class SystemKeyring:
    """The keyring of the operating system, through the `keyring` library."""

    def get(self, name: str) -> str | None:
        import keyring  # loads every back end of the system, and most starts need none
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(_SERVICE, name)
        except KeyringError:
            return None

    def put(self, name: str, secret: str) -> bool:
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(_SERVICE, name, secret)
        except KeyringError:
            return False
        # The null back end takes everything and keeps nothing.
        return self.get(name) == secret


@dataclass(frozen=True)
class KeySource:
    """Where to look for the keys of one store."""

    given: Sequence[str]
    """Keys from the settings, newest first; where there are any, nothing else is looked at."""
    database: Path | None
    """The file of an SQLite store."""
    keyring: Keyring

    def find(self, used: Sequence[str]) -> Cipher:
        """Find the keys of a store, or make its first.

        Args:
            used: fingerprints of the keys that sealed what is in the store, newest first; none for an empty one.

        Raises:
            SettingsError: `key_missing`, `key_needed`, `key_wrong`, `key_invalid`, or `key_unusable` for a key file
                that cannot be read or made.
        """
        keys = list(self.given) or self._kept(used)
        if not keys:
            if used:
                raise SettingsError("key_missing")
            if self.database is None:
                raise SettingsError("key_needed")
            keys = [self._make(self.database)]
        cipher = Cipher(keys)
        if not set(used) <= set(cipher.fingerprints):
            raise SettingsError("key_wrong")
        return cipher

    def add(self, used: Sequence[str]) -> str | None:
        """Make a new key, unless the settings name the keys; the one before it is kept, and older ones are not.

        Returns:
            The fingerprint of the new key; a key in a keyring is found only by that.

        Raises:
            SettingsError: as `find`; then nothing was changed.
        """
        if self.given or self.database is None:
            return None
        newest, made = self._kept(used)[0], new_key()
        file = _file(self.database)
        if file.exists() or not self.keyring.put(fingerprint(made), f"{made} {newest}"):
            _replace(file, f"{made}\n{newest}\n")
        return fingerprint(made)

    def _kept(self, used: Sequence[str]) -> list[str]:
        if self.database is None:
            return []
        file = _file(self.database)
        try:
            return file.read_text("ascii").split()
        except FileNotFoundError:
            found = [key for name in used for key in (self.keyring.get(name) or "").split()]
            return list(dict.fromkeys(found))
        except (OSError, UnicodeError) as error:
            raise SettingsError("key_unusable", path=str(file)) from error

    def _make(self, database: Path) -> str:
        key = new_key()
        if not self.keyring.put(fingerprint(key), key):
            _write(_file(database), key + "\n", os.O_EXCL)
        return key


def _file(database: Path) -> Path:
    return database.with_name(database.name + ".key")


def _replace(file: Path, text: str) -> None:
    """Change a file so that a crash leaves the old one or the new one."""
    draft = file.with_name(file.name + ".new")
    _write(draft, text, os.O_TRUNC)
    try:
        draft.replace(file)
    except OSError as error:
        raise SettingsError("key_unusable", path=str(file)) from error


def _write(file: Path, text: str, how: int) -> None:
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | how, 0o600), "w") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise SettingsError("key_unusable", path=str(file)) from error
