"""Meetings of the two bodies and what they decide, item by item."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column(
            "turn",
            sa.Enum("FIRST", "SECOND", name="turn", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "purpose",
            sa.Enum(
                "REVIEW",
                "DETERMINATION",
                "MINISTRY_CANDIDATES",
                "MINISTRY_RECOMMENDATION",
                "TIE",
                "PLACE_REALLOCATION",
                "ANNULMENT",
                "REVOCATION",
                "SUCCESSION",
                name="meetingpurpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "DRAFT",
                "RECORDED",
                "CONFIRMED",
                "ANNOUNCED",
                "CANCELLED",
                name="meetingstage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("body_code", sa.String(length=40), nullable=False),
        sa.Column("body_name_zh", sa.String(length=100), nullable=False),
        sa.Column("body_name_en", sa.String(length=200), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes_no", sa.String(length=80), nullable=False),
        sa.Column("should_attend", sa.Integer(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("attendees", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("recorded_person_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=80), nullable=False),
        sa.Column("confirmed_person_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_meetings_campaign_id")),
        sa.CheckConstraint(
            "confirmed_person_id IS NULL OR recorded_person_id IS NULL OR confirmed_person_id <> recorded_person_id",
            name=op.f("ck_meetings_confirmed_by_another"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetings_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "decision_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=True),
        sa.Column("annuls_id", sa.Uuid(), nullable=True),
        sa.Column("successor_window_id", sa.Uuid(), nullable=True),
        sa.Column(
            "ground",
            sa.Enum(
                "FRAUD",
                "FAULTS_HIDDEN",
                "PROCEDURE_VIOLATED",
                "LATER_VIOLATION",
                "BY_LAW",
                name="revocationground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("from_bucket", sa.String(length=40), nullable=False),
        sa.Column(
            "from_kind",
            sa.Enum(
                "NOMINATION",
                "PROVINCIAL",
                "MINISTRY_FIXED",
                "MINISTRY_POOL",
                name="from_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("to_bucket", sa.String(length=40), nullable=False),
        sa.Column(
            "to_kind",
            sa.Enum(
                "NOMINATION",
                "PROVINCIAL",
                "MINISTRY_FIXED",
                "MINISTRY_POOL",
                name="to_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("excluded", sa.JSON(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "APPROVED",
                "REJECTED",
                "DEFERRED",
                name="decisionresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("annulled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["annuls_id"], ["decision_items.id"], name=op.f("fk_decision_items_annuls_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_decision_items_meeting_id")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_decision_items_nomination_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_window_id"], ["windows.id"], name=op.f("fk_decision_items_successor_window_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_items")),
        sa.UniqueConstraint("meeting_id", "position", name=op.f("uq_decision_items_meeting_id_position")),
    )
    with op.batch_alter_table("decision_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_items_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_items_nomination_id"), ["nomination_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("decision_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_items_nomination_id"))
        batch_op.drop_index(batch_op.f("ix_decision_items_meeting_id"))

    op.drop_table("decision_items")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetings_campaign_id"))

    op.drop_table("meetings")
