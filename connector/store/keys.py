"""Where the key of a store lives, which is never in its database.

In this order: the settings; for SQLite also a key file beside the database, and the system's keyring. A key is made
only for a store that holds nothing yet; it goes into the keyring, or, where there is none that keeps it, into the file.
"""

import os
from collections.abc import Collection, Sequence
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


def find(given: Sequence[str], used: Collection[str], database: Path | None, keyring: Keyring) -> Cipher:
    """Find the keys of a store, or make its first.

    Args:
        given: keys from the settings, newest first.
        used: fingerprints of the keys that sealed what is in the store; none for an empty one.
        database: the file of an SQLite store.
        keyring: asked when the settings name no key.

    Raises:
        SettingsError: `key_missing`, `key_wrong`, `key_invalid`, or `key_unusable` for a key file that cannot be read
            or made.
    """
    keys = list(given) or _kept(used, database, keyring)
    if not keys:
        if used or database is None:
            raise SettingsError("key_missing")
        keys = [_make(database, keyring)]
    cipher = Cipher(keys)
    if not set(used) <= set(cipher.fingerprints):
        raise SettingsError("key_wrong")
    return cipher


def _file(database: Path) -> Path:
    return database.with_name(database.name + ".key")


def _kept(used: Collection[str], database: Path | None, keyring: Keyring) -> list[str]:
    if database is None:
        return []
    try:
        return _file(database).read_text("ascii").split()
    except FileNotFoundError:
        return [key for name in used if (key := keyring.get(name))]
    except (OSError, UnicodeError) as error:
        raise SettingsError("key_unusable", path=str(_file(database))) from error


def _make(database: Path, keyring: Keyring) -> str:
    key = new_key()
    if keyring.put(fingerprint(key), key):
        return key
    file = _file(database)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(key + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise SettingsError("key_unusable", path=str(file)) from error
    return key
