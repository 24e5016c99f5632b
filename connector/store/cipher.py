"""Encryption at rest: Fernet, with every key's fingerprint known to the database.

https://cryptography.io/en/latest/fernet/
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from ..errors import SettingsError


def new_key() -> str:
    """Make a key for `Cipher`."""
    return Fernet.generate_key().decode()


def fingerprint(key: str) -> str:
    """Name a key without telling it; a key is 256 random bits, so its hash cannot be searched."""
    return hashlib.sha256(b"zoom-connector store key\0" + key.encode()).hexdigest()


class Cipher:
    """Seals with the first key, opens with any.

    Raises:
        SettingsError: `key_invalid`, a key is not 32 bytes in URL-safe base64.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            self._fernets = [Fernet(key) for key in keys]
        except ValueError:
            raise SettingsError("key_invalid") from None
        self._fernet = MultiFernet(self._fernets)
        self.fingerprints = tuple(fingerprint(key) for key in keys)

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return what was sealed.

        Raises:
            SettingsError: `key_wrong`, no key of ours sealed it.
        """
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise SettingsError("key_wrong") from None

    def sealer(self, sealed: str) -> str:
        """Return the fingerprint of the key that sealed this; raises as `open` does."""
        for fernet, name in zip(self._fernets, self.fingerprints, strict=True):
            try:
                fernet.decrypt(sealed)
            except InvalidToken:
                continue
            return name
        raise SettingsError("key_wrong")

    def seal_json(self, value: Any) -> str:
        return self.seal(json.dumps(value))

    def open_json(self, sealed: str) -> Any:
        return json.loads(self.open(sealed))
