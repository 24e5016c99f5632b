"""The tables as they are now, with the tenant in the key of its things; `migrations/` says how they came to be."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.schema import UniqueConstraint

from .columns import Moment, Sealed

HEAD = "0005"
"""The newest migration; a test holds that it is."""

metadata = MetaData()

store_keys = Table(
    "store_keys",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("added_at", Moment, nullable=False),
)

apps = Table(
    "apps",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("tenant", String(200), nullable=False),
    Column("client_id", String(200), nullable=False),
    Column("client_secret", Sealed, nullable=False),
    Column("app_kind", String(10), nullable=False, server_default="user"),
    UniqueConstraint("tenant", "client_id"),
)

grants = Table(
    "grants",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("tenant", String(200), nullable=False),
    Column("app_id", ForeignKey("apps.id"), nullable=False),
    Column("account_id", String(200), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("email", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("access_token", Sealed, nullable=False),
    Column("refresh_token", Sealed, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("api_url", Text, nullable=False),
    Column("state", String(40), nullable=False),
    Column("since", Moment, nullable=False),
    Column("tokens_fence", Integer, nullable=False),
    Column("lease_fence", Integer, nullable=False),
    Column("lease_owner", String(32)),
    Column("lease_until", Moment),
    UniqueConstraint("tenant", "app_id", "account_id", "user_id"),
)

connections = Table(
    "connections",
    metadata,
    Column("tenant", String(200), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("grant_id", ForeignKey("grants.id"), nullable=False),
    Column("since", Moment, nullable=False),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("tenant", String(200), primary_key=True),
    Column("state_hash", String(64), primary_key=True),
    Column("connection", String(200), nullable=False),
    Column("client_id", String(200), nullable=False),
    Column("client_secret", Sealed, nullable=False),
    Column("redirect_uri", Text, nullable=False),
    Column("verifier", Sealed, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("tokens", Sealed),
    Column("grant_id", String(32)),
    Column("app_kind", String(10), nullable=False, server_default="user"),
)

holds = Table(
    "holds",
    metadata,
    Column("tenant", String(200), primary_key=True),
    Column("mark_hash", String(64), primary_key=True),
    Column("owner", String(32), nullable=False),
    Column("until", Moment, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("tenant", String(200), primary_key=True),
    Column("made", String(200), primary_key=True),
    Column("claimed_at", Moment, nullable=False),
)

budgets = Table(
    "budgets",
    metadata,
    Column("tenant", String(200), primary_key=True),
    Column("account_id", String(200), primary_key=True),
    Column("bucket", String(40), primary_key=True),
    Column("next_at", Moment, nullable=False),
    Column("day", String(10), nullable=False),
    Column("used", Integer, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("tenant", String(200), primary_key=True),
    Column("connection", String(200), primary_key=True),
    Column("key_hash", String(64), primary_key=True),
    Column("action", String(100), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("state", String(10), nullable=False),
    Column("until", Moment, nullable=False),
    Column("outputs", Sealed),
)

removals = Table(
    "removals",
    metadata,
    Column("tenant", String(200), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("removed_at", Moment, nullable=False),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("tenant", String(200), primary_key=True),
    Column("app", String(200), primary_key=True),
    Column("secrets", Sealed),
    Column("last_event_at", Moment),
    Column("last_challenge_at", Moment),
)

events = Table(
    "events",
    metadata,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", String(40), nullable=False, unique=True),
    Column("tenant", String(200), nullable=False),
    Column("app", String(200), nullable=False),
    Column("account_id", String(200), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("name", String(100), nullable=False),
    Column("happened_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("happening", String(64), nullable=False),
    Column("delivery", String(64)),
    Column("source", String(10), nullable=False),
    Column("body", Sealed),
    Column("routed", Boolean, nullable=False),
    UniqueConstraint("tenant", "app", "account_id", "happening"),
    UniqueConstraint("tenant", "app", "delivery"),
    Index("events_to_route", "tenant", "routed", "position"),
    Index("events_by_age", "tenant", "received_at"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("tenant", String(200), nullable=False),
    Column("trigger", String(100), nullable=False),
    Column("connection", String(200), nullable=False),
    Column("filters", Sealed, nullable=False),
    Column("sink", String(10), nullable=False),
    Column("receiver", String(200), nullable=False),
    Column("target", Sealed, nullable=False),
    Column("secret", Sealed, nullable=False),
    Column("since", Moment, nullable=False),
    Column("ordered", Boolean, nullable=False),
    Column("reveal", Text, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("give_up_after", Integer, nullable=False),
    Column("cursor", Sealed),
    Column("poll_at", Moment),
    Column("poll_until", Moment),
    Column("poll_fence", Integer, nullable=False),
    Column("poll_failure", String(60)),
    Column("poll_failing_since", Moment),
    Index("subscriptions_by_connection", "tenant", "connection"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("tenant", String(200), nullable=False),
    Column("subscription_id", ForeignKey("subscriptions.id", ondelete="CASCADE"), nullable=False),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
    Column("replay", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("fence", Integer, nullable=False),
    Column("failure", String(60)),
    Column("done_at", Moment),
    UniqueConstraint("subscription_id", "event_id", "replay"),
    Index("deliveries_due", "subscription_id", "state", "next_at", "position"),
    Index("deliveries_in_order", "subscription_id", "state", "position", "replay"),
    Index("deliveries_of_event", "event_id"),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("tenant", String(200), primary_key=True),
    Column("name", String(100), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("since", Moment, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("tenant", String(200), primary_key=True),
    Column("id", String(40), primary_key=True),
    Column("connection", String(200), nullable=False),
    Column("action", String(100), nullable=False),
    Column("state", String(10), nullable=False),
    Column("stopping", Boolean, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("progress", Sealed),
    Column("outputs", Sealed),
    Column("problem", Sealed),
    Index("jobs_by_age", "tenant", "since"),
)

failures = Table(
    "failures",
    metadata,
    Column("tenant", String(200), primary_key=True),
    Column("id", String(40), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("doing", String(100), nullable=False),
    Column("code", String(60), nullable=False),
    Column("status", Integer),
    Column("number", Integer),
    Column("tracking_id", String(200)),
)
