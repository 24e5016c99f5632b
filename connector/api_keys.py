"""Keys of callers: made here, shown once, and kept as nothing but their hashes.

A key has 256 random bits, so a plain hash is enough: nobody finds it by trying, as one finds passwords
(https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html is about those).
"""

import hashlib
import hmac
import re
import secrets

from pydantic import SecretStr

from .errors import InvalidInputs
from .store.serving import ApiKey
from .store.serving import ApiKeys as Kept

_NAME = re.compile(r"[\w.@-]{1,100}")
_PREFIX = "zck_"
"""Says what it is, to people and to whatever looks for secrets that got into the wrong place."""


class ApiKeys:
    """The keys that callers may show.

    Args:
        kept: where the hashes are of those that were made one by one.
        own: the one of the settings, if there is one.
    """

    def __init__(self, kept: Kept, own: SecretStr | None) -> None:
        self._kept = kept
        self._own = own

    @property
    def none(self) -> bool:
        """Whether there is no key at all, so that nobody can be told from anybody else."""
        return not self._own and not self._kept.all()

    def all(self) -> list[ApiKey]:
        """Return by name the keys that were made one by one."""
        return self._kept.all()

    def create(self, name: str) -> str:
        """Make a key and return it; nobody can read it again.

        Args:
            name: of whoever is to have it, to know later which one to revoke.

        Raises:
            InvalidInputs: `api_key_name_invalid` or `api_key_name_taken`.
        """
        if not _NAME.fullmatch(name):
            raise InvalidInputs("api_key_name_invalid", name=name)
        key = _PREFIX + secrets.token_urlsafe(32)
        if not self._kept.add(name, _digest(key)):
            raise InvalidInputs("api_key_name_taken", name=name)
        return key

    def revoke(self, name: str) -> None:
        """Let a key count no more, from the next request on.

        Raises:
            InvalidInputs: `unknown_api_key`, with the names there are.
        """
        if not self._kept.delete(name):
            raise InvalidInputs("unknown_api_key", name=name, known=[key.name for key in self.all()])

    def admit(self, shown: str) -> bool:
        """Say whether this is one of the keys."""
        if self._own and _same(shown, self._own.get_secret_value()):
            return True
        digest = _digest(shown)
        return any(_same(digest, key.digest) for key in self.all())


def _same(shown: str, known: str) -> bool:
    return hmac.compare_digest(shown.encode(errors="replace"), known.encode())


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
