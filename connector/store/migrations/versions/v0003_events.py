"""Keep events, who wants to be told of them, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables of triggers."""
    op.create_table(
        "webhooks",
        sa.Column("tenant", sa.String(length=200), nullable=False),
        sa.Column("app", sa.String(length=200), nullable=False),
        sa.Column("secrets", sa.Text()),
        sa.Column("last_event_at", sa.DateTime()),
        sa.Column("last_challenge_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("tenant", "app"),
    )
    op.create_table(
        "events",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False, unique=True),
        sa.Column("tenant", sa.String(length=200), nullable=False),
        sa.Column("app", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("happening", sa.String(length=64), nullable=False),
        sa.Column("delivery", sa.String(length=64)),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("routed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("tenant", "app", "account_id", "happening"),
        sa.UniqueConstraint("tenant", "app", "delivery"),
    )
    op.create_index("events_to_route", "events", ["tenant", "routed", "position"])
    op.create_index("events_by_age", "events", ["tenant", "received_at"])
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("tenant", sa.String(length=200), nullable=False),
        sa.Column("trigger", sa.String(length=100), nullable=False),
        sa.Column("connection", sa.String(length=200), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("sink", sa.String(length=10), nullable=False),
        sa.Column("receiver", sa.String(length=200), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("ordered", sa.Boolean(), nullable=False),
        sa.Column("reveal", sa.Text(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("give_up_after", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.Text()),
        sa.Column("poll_at", sa.DateTime()),
        sa.Column("poll_until", sa.DateTime()),
        sa.Column("poll_fence", sa.Integer(), nullable=False),
        sa.Column("poll_failure", sa.String(length=60)),
        sa.Column("poll_failing_since", sa.DateTime()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("subscriptions_by_connection", "subscriptions", ["tenant", "connection"])
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("tenant", sa.String(length=200), nullable=False),
        sa.Column("subscription_id", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.String(length=40), nullable=False),
        sa.Column("replay", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("lease_until", sa.DateTime()),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=60)),
        sa.Column("done_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["subscription_id"], ["subscriptions.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], ondelete="CASCADE"),
        sa.UniqueConstraint("subscription_id", "event_id", "replay"),
    )
    op.create_index("deliveries_due", "deliveries", ["subscription_id", "state", "next_at", "position"])
    op.create_index("deliveries_in_order", "deliveries", ["subscription_id", "state", "position", "replay"])
    op.create_index("deliveries_of_event", "deliveries", ["event_id"])
