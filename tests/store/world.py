"""People, an app and a clock for the tests of what is stored."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from zoom_connector.store import App, Connection, Pending, Person, Store, Tokens

START = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
APP = App("example-client", "example-client-secret")
JO = Person("account-1", "user-jo", "jo@example.com", "Jo Example")
SAM = Person("account-1", "user-sam", "sam@example.com", "Sam Example")


@dataclass
class StillClock:
    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.move(seconds=seconds)

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass(frozen=True)
class Signer:
    """Puts a connection into a store as a sign-in does."""

    store: Store
    tokens: Tokens

    def connect(self, name: str, person: Person = JO, app: App = APP, **tokens: str) -> Connection:
        given = replace(
            self.tokens, access=tokens.get("access", "access-1"), refresh=tokens.get("refresh", "refresh-1")
        )
        pending = Pending(name, app, "http://127.0.0.1/oauth/callback", "verifier-1")
        state = uuid4().hex
        self.store.sign_ins.put(state, pending, expires_at=given.expires_at)
        self.store.sign_ins.finish(state, name, self.store.sign_ins.settle(state, pending, person, given))
        found = self.store.connections.get(name)
        assert found is not None
        return found


@dataclass
class FakeKeyring:
    """The operating system's keyring; a headless machine has none."""

    keeps: bool = False
    secrets: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        return self.secrets.get(name)

    def put(self, name: str, secret: str) -> bool:
        if self.keeps:
            self.secrets[name] = secret
        return self.keeps
