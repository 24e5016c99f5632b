"""Remember what kind of app a grant belongs to, and when users were forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the kind of app, which was user-managed so far, and the table of removals."""
    for table in ("apps", "sign_ins"):
        op.add_column(table, sa.Column("app_kind", sa.String(length=10), nullable=False, server_default="user"))
    op.create_table(
        "removals",
        sa.Column("tenant", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id"),
    )
