from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from postgres import PostgresServer
from store.happening import HTTPS, event, subscription
from store.world import START, Signer

from zoom_connector.store import App, Pending, Store, Tokens

SECRETS = ("access-token-secret", "refresh-token-secret", "client-secret-secret", "verifier-secret", "start-url-secret")
OF_EVENTS = ("webhook-secret", "filter-secret", "topic-secret", "cursor-secret", HTTPS.target, HTTPS.secret)


def test_no_table_and_no_file_of_the_store_holds_a_secret(
    opened_sql: Callable[..., Store], tokens: Tokens, database_url: str, postgres: PostgresServer, key: str
) -> None:
    store = opened_sql()
    app = App("example-client", "client-secret-secret")
    connection = Signer(store, tokens).connect(
        "sales", app=app, access="access-token-secret", refresh="refresh-token-secret"
    )
    pending = Pending("support", app, "http://127.0.0.1/oauth/callback", "verifier-secret")
    store.sign_ins.put("state-secret", pending, expires_at=START + timedelta(minutes=10))
    store.sign_ins.keep("state-secret", connection.grant.tokens)
    store.runs.begin("sales", "order-4711", "create_meeting", "fingerprint", creates=True)
    store.runs.finish("sales", "order-4711", {"start_url": "start-url-secret"})
    store.webhooks.put("example-client", ["webhook-secret"])
    store.subscriptions.add(subscription(filters={"topic": "filter-secret"}), poll_at=START)
    poll = store.subscriptions.turn()
    assert poll is not None
    store.subscriptions.found(
        poll, [event(1, body={"topic": "topic-secret"})], cursor={"x": "cursor-secret"}, poll_at=START
    )

    written = everything(database_url, postgres)

    assert b"example-client" in written
    assert [secret for secret in (*SECRETS, *OF_EVENTS, "state-secret", key) if secret.encode() in written] == []


def test_no_value_shows_a_secret(signer: Signer) -> None:
    app = App("example-client", "client-secret-secret")
    connection = signer.connect("sales", app=app, access="access-token-secret", refresh="refresh-token-secret")
    pending = Pending("sales", app, "http://127.0.0.1/oauth/callback", "verifier-secret", connection.grant.tokens)

    shown = repr((connection, pending))

    assert "example-client" in shown
    assert [secret for secret in SECRETS if secret in shown] == []


def everything(database_url: str, postgres: PostgresServer) -> bytes:
    """Return all that lies in the files of SQLite, or in the tables of PostgreSQL."""
    if database_url.startswith("sqlite"):
        folder = Path(database_url.removeprefix("sqlite:///")).parent
        return b"".join(file.read_bytes() for file in folder.iterdir())
    return postgres.contents(database_url).encode()
