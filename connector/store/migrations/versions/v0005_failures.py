"""Keep what failed lately, for whoever is asked for help."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the table of failures."""
    op.create_table(
        "failures",
        sa.Column("tenant", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("doing", sa.String(length=100), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("number", sa.Integer()),
        sa.Column("tracking_id", sa.String(length=200)),
        sa.PrimaryKeyConstraint("tenant", "id"),
    )
