from datetime import timedelta
from pathlib import Path

from store.world import START, Signer

from zoom_connector.store import App, Store
from zoom_connector.store.sign_ins import Pending

SECRETS = ("access-token-secret", "refresh-token-secret", "client-secret-secret", "verifier-secret", "start-url-secret")


def test_no_file_of_the_store_holds_a_secret(signer: Signer, store: Store, database: Path, key: str) -> None:
    app = App("example-client", "client-secret-secret")
    connection = signer.connect("sales", app=app, access="access-token-secret", refresh="refresh-token-secret")
    pending = Pending("support", app, "http://127.0.0.1/oauth/callback", "verifier-secret")
    store.sign_ins.put("state-secret", pending, expires_at=START + timedelta(minutes=10))
    store.sign_ins.keep("state-secret", connection.grant.tokens)
    store.runs.begin("sales", "order-4711", "create_meeting", "fingerprint", creates=True)
    store.runs.finish("sales", "order-4711", {"start_url": "start-url-secret"})

    written = b"".join(file.read_bytes() for file in database.parent.iterdir())

    assert len(written) > 10_000
    assert [secret for secret in (*SECRETS, "state-secret", key) if secret.encode() in written] == []


def test_no_value_shows_a_secret(signer: Signer) -> None:
    app = App("example-client", "client-secret-secret")
    connection = signer.connect("sales", app=app, access="access-token-secret", refresh="refresh-token-secret")
    pending = Pending("sales", app, "http://127.0.0.1/oauth/callback", "verifier-secret", connection.grant.tokens)

    shown = repr((connection, pending))

    assert "example-client" in shown
    assert [secret for secret in SECRETS if secret in shown] == []
