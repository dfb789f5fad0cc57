"""The way to the ministry: recommendations, assessments, material, letters of correction."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "ministry_recommendations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("live_nomination_id", sa.Uuid(), nullable=True),
        sa.Column(
            "slot",
            sa.Enum(
                "NOMINATION",
                "PROVINCIAL",
                "MINISTRY_FIXED",
                "MINISTRY_POOL",
                name="seatkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "PROPOSED",
                "ASSESSED",
                "AT_NOTICE",
                "MATERIALS",
                "REPORTED",
                "COMMENDED",
                "NOT_COMMENDED",
                "NOT_RECOMMENDED",
                "WITHDRAWN",
                name="ministrystage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("proposal_reason", sa.String(length=1000), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("result_document_no", sa.String(length=80), nullable=False),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_ministry_recommendations_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_ministry_recommendations_nomination_id")
        ),
        sa.CheckConstraint(
            "live_nomination_id IS NULL OR live_nomination_id = nomination_id",
            name=op.f("ck_ministry_recommendations_live_for_its_own"),
        ),
        sa.CheckConstraint(
            "stage NOT IN ('REPORTED', 'COMMENDED', 'NOT_COMMENDED') OR document_no <> ''",
            name=op.f("ck_ministry_recommendations_reported_with_a_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ministry_recommendations")),
        sa.UniqueConstraint(
            "live_nomination_id", name=op.f("uq_ministry_recommendations_live_nomination_id")
        ),
    )
    with op.batch_alter_table("ministry_recommendations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ministry_recommendations_campaign_id"), ["campaign_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_ministry_recommendations_nomination_id"), ["nomination_id"], unique=False
        )

    op.create_table(
        "correction_letters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["ministry_recommendations.id"],
            name=op.f("fk_correction_letters_recommendation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_letters")),
    )
    with op.batch_alter_table("correction_letters", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_correction_letters_recommendation_id"), ["recommendation_id"], unique=False
        )

    op.create_table(
        "ministry_assessments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("team", sa.JSON(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=500), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "PASSED",
                "FAILED",
                name="assessmentresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["ministry_recommendations.id"],
            name=op.f("fk_ministry_assessments_recommendation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ministry_assessments")),
    )
    with op.batch_alter_table("ministry_assessments", schema=None) as batch_op:
        batch_op.create_index(
            "uq_ministry_assessments_one_current",
            ["recommendation_id"],
            unique=True,
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        )
        batch_op.create_index(
            batch_op.f("ix_ministry_assessments_recommendation_id"), ["recommendation_id"], unique=False
        )

    op.create_table(
        "ministry_videos",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("duration_s", sa.Integer(), nullable=False),
        sa.Column("segments", sa.JSON(), nullable=False),
        sa.Column("material_id", sa.Uuid(), nullable=True),
        sa.Column("carrier", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["material_id"], ["materials.id"], name=op.f("fk_ministry_videos_material_id")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["ministry_recommendations.id"],
            name=op.f("fk_ministry_videos_recommendation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ministry_videos")),
        sa.UniqueConstraint("recommendation_id", name=op.f("uq_ministry_videos_recommendation_id")),
    )
    op.create_table(
        "ministry_writeups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("char_count", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=80), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("checked_by", sa.String(length=60), nullable=False),
        sa.Column("checked_person_id", sa.Uuid(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["ministry_recommendations.id"],
            name=op.f("fk_ministry_writeups_recommendation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ministry_writeups")),
        sa.UniqueConstraint("recommendation_id", name=op.f("uq_ministry_writeups_recommendation_id")),
    )


def downgrade() -> None:
    op.drop_table("ministry_writeups")
    op.drop_table("ministry_videos")
    with op.batch_alter_table("ministry_assessments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ministry_assessments_recommendation_id"))

    op.drop_table("ministry_assessments")
    with op.batch_alter_table("correction_letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_letters_recommendation_id"))

    op.drop_table("correction_letters")
    with op.batch_alter_table("ministry_recommendations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ministry_recommendations_nomination_id"))
        batch_op.drop_index(batch_op.f("ix_ministry_recommendations_campaign_id"))

    op.drop_table("ministry_recommendations")
