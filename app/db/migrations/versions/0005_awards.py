"""Commendation: the event, awards with their certificates, revocations, what the units were told."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "award_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("merged_with", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_award_events_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_events")),
        sa.UniqueConstraint("campaign_id", name=op.f("uq_award_events_campaign_id")),
    )
    op.create_table(
        "result_notifications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("organization_path", sa.String(length=400), nullable=False),
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
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_result_notifications_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_result_notifications_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_result_notifications_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_notifications")),
        sa.UniqueConstraint(
            "meeting_id", "organization_id", name=op.f("uq_result_notifications_meeting_id_organization_id")
        ),
    )
    with op.batch_alter_table("result_notifications", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_result_notifications_campaign_id"), ["campaign_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_result_notifications_organization_id"), ["organization_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_result_notifications_organization_path"), ["organization_path"], unique=False
        )

    op.create_table(
        "awards",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("window_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("decision_item_id", sa.Uuid(), nullable=False),
        sa.Column("title_zh", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=False),
        sa.Column("certificate_no", sa.String(length=60), nullable=False),
        sa.Column("conferred_on", sa.Date(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "CONFERRED",
                "REVOKED",
                name="awardstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_awards_campaign_id")),
        sa.ForeignKeyConstraint(
            ["decision_item_id"], ["decision_items.id"], name=op.f("fk_awards_decision_item_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["award_events.id"], name=op.f("fk_awards_event_id")),
        sa.ForeignKeyConstraint(["nomination_id"], ["nominations.id"], name=op.f("fk_awards_nomination_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["quota_seats.id"], name=op.f("fk_awards_seat_id")),
        sa.ForeignKeyConstraint(["window_id"], ["windows.id"], name=op.f("fk_awards_window_id")),
        sa.CheckConstraint(
            "event_id IS NOT NULL OR document_no <> ''", name=op.f("ck_awards_conferred_by_event_or_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awards")),
        sa.UniqueConstraint("certificate_no", name=op.f("uq_awards_certificate_no")),
        sa.UniqueConstraint("nomination_id", name=op.f("uq_awards_nomination_id")),
        sa.UniqueConstraint("seat_id", name=op.f("uq_awards_seat_id")),
    )
    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_awards_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_awards_window_id"), ["window_id"], unique=False)

    op.create_table(
        "award_revocations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("decision_item_id", sa.Uuid(), nullable=False),
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
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("proposed_by", sa.String(length=100), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("certificate_withdrawn_on", sa.Date(), nullable=True),
        sa.Column("plaque_withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["award_id"], ["awards.id"], name=op.f("fk_award_revocations_award_id")),
        sa.ForeignKeyConstraint(
            ["decision_item_id"], ["decision_items.id"], name=op.f("fk_award_revocations_decision_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_revocations")),
        sa.UniqueConstraint("award_id", name=op.f("uq_award_revocations_award_id")),
    )


def downgrade() -> None:
    op.drop_table("award_revocations")
    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_awards_window_id"))
        batch_op.drop_index(batch_op.f("ix_awards_campaign_id"))

    op.drop_table("awards")
    with op.batch_alter_table("result_notifications", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_result_notifications_organization_path"))
        batch_op.drop_index(batch_op.f("ix_result_notifications_organization_id"))
        batch_op.drop_index(batch_op.f("ix_result_notifications_campaign_id"))

    op.drop_table("result_notifications")
    op.drop_table("award_events")
