"""The evaluation: reviewers, recusal, assignments, score sheets, corrections, rankings."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "assignment_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("per_case", sa.Integer(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("input_hash", sa.String(length=80), nullable=False),
        sa.Column("assigned", sa.Integer(), nullable=False),
        sa.Column("short", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_assignment_runs_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_runs")),
    )
    with op.batch_alter_table("assignment_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_runs_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "rankings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "MEAN",
                "TRIMMED_MEAN",
                "MEDIAN",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("min_reviewers", sa.Integer(), nullable=False),
        sa.Column("rules_version", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_count", sa.Integer(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("input_hash", sa.String(length=80), nullable=False),
        sa.Column("sources_hash", sa.String(length=80), nullable=False),
        sa.Column("result_hash", sa.String(length=80), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("reviewer_spread", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_rankings_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rankings")),
        sa.UniqueConstraint("campaign_id", "number", name=op.f("uq_rankings_campaign_id_number")),
    )
    with op.batch_alter_table("rankings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rankings_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "reviewers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("home_org_id", sa.Uuid(), nullable=False),
        sa.Column("home_region_code", sa.String(length=6), nullable=False),
        sa.Column("case_limit", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "ACTIVE",
                "RELEASED",
                name="reviewerstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_reviewers_campaign_id")),
        sa.ForeignKeyConstraint(["home_org_id"], ["organizations.id"], name=op.f("fk_reviewers_home_org_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reviewers_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewers")),
        sa.UniqueConstraint("campaign_id", "person_id", name=op.f("uq_reviewers_campaign_id_person_id")),
    )
    with op.batch_alter_table("reviewers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviewers_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reviewers_person_id"), ["person_id"], unique=False)

    op.create_table(
        "ranking_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("ranking_id", sa.Uuid(), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("bucket_code", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.Column("shown", sa.String(length=10), nullable=False),
        sa.Column("bucket_rank", sa.Integer(), nullable=False),
        sa.Column("bucket_tied", sa.Boolean(), nullable=False),
        sa.Column(
            "bucket_cut",
            sa.Enum(
                "WITHIN",
                "TIED_AT_CUT",
                "BEYOND",
                name="bucket_cut",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("pool_rank", sa.Integer(), nullable=False),
        sa.Column("pool_tied", sa.Boolean(), nullable=False),
        sa.Column(
            "pool_cut",
            sa.Enum(
                "WITHIN",
                "TIED_AT_CUT",
                "BEYOND",
                name="pool_cut",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("spread", sa.JSON(), nullable=False),
        sa.Column("alternatives", sa.JSON(), nullable=False),
        sa.Column("same_sponsor", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_ranking_entries_nomination_id")
        ),
        sa.ForeignKeyConstraint(["ranking_id"], ["rankings.id"], name=op.f("fk_ranking_entries_ranking_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_entries")),
        sa.UniqueConstraint(
            "ranking_id", "nomination_id", name=op.f("uq_ranking_entries_ranking_id_nomination_id")
        ),
        sa.UniqueConstraint("ranking_id", "position", name=op.f("uq_ranking_entries_ranking_id_position")),
    )
    with op.batch_alter_table("ranking_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ranking_entries_nomination_id"), ["nomination_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ranking_entries_ranking_id"), ["ranking_id"], unique=False)

    op.create_table(
        "recusal_declarations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("nothing_to_declare", sa.Boolean(), nullable=False),
        sa.Column("organization_ids", sa.JSON(), nullable=False),
        sa.Column("region_codes", sa.JSON(), nullable=False),
        sa.Column("relatives", sa.JSON(), nullable=False),
        sa.Column("signed_by", sa.String(length=60), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["reviewers.id"], name=op.f("fk_recusal_declarations_reviewer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal_declarations")),
        sa.UniqueConstraint(
            "reviewer_id", "version", name=op.f("uq_recusal_declarations_reviewer_id_version")
        ),
    )
    with op.batch_alter_table("recusal_declarations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recusal_declarations_reviewer_id"), ["reviewer_id"], unique=False
        )

    op.create_table(
        "review_assignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("live_key", sa.String(length=40), nullable=False),
        sa.Column(
            "origin",
            sa.Enum("HAND", "RUN", name="origin", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "ASSIGNED",
                "IN_PROGRESS",
                "SUBMITTED",
                "LOCKED",
                "VOID",
                name="assignmentstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "void_kind",
            sa.Enum(
                "RELEASED",
                "CONFLICT",
                "OWN_RECUSAL",
                name="voidkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("void_reason", sa.String(length=500), nullable=False),
        sa.Column("void_grounds", sa.JSON(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_review_assignments_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_review_assignments_nomination_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["reviewers.id"], name=op.f("fk_review_assignments_reviewer_id")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["assignment_runs.id"], name=op.f("fk_review_assignments_run_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_assignments")),
        sa.UniqueConstraint(
            "nomination_id",
            "reviewer_id",
            "live_key",
            name=op.f("uq_review_assignments_nomination_id_reviewer_id_live_key"),
        ),
    )
    with op.batch_alter_table("review_assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_assignments_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_review_assignments_nomination_id"), ["nomination_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_review_assignments_reviewer_id"), ["reviewer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_assignments_run_id"), ["run_id"], unique=False)

    op.create_table(
        "tie_resolutions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("ranking_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("ordered", sa.JSON(), nullable=False),
        sa.Column("body", sa.String(length=100), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=False),
        sa.Column("minutes_no", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["ranking_id"], ["rankings.id"], name=op.f("fk_tie_resolutions_ranking_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie_resolutions")),
        sa.UniqueConstraint("ranking_id", "scope", name=op.f("uq_tie_resolutions_ranking_id_scope")),
    )
    with op.batch_alter_table("tie_resolutions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tie_resolutions_ranking_id"), ["ranking_id"], unique=False)

    op.create_table(
        "score_sheets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rules_version", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "DRAFT",
                "SUBMITTED",
                "LOCKED",
                "SUPERSEDED",
                name="sheetstage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("total", sa.String(length=60), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("seen_hash", sa.String(length=80), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_reason", sa.String(length=500), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["review_assignments.id"], name=op.f("fk_score_sheets_assignment_id")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_score_sheets_nomination_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["score_sheets.id"], name=op.f("fk_score_sheets_replaces_id")
        ),
        sa.ForeignKeyConstraint(["reviewer_id"], ["reviewers.id"], name=op.f("fk_score_sheets_reviewer_id")),
        sa.CheckConstraint(
            "stage IN ('DRAFT', 'SUPERSEDED') OR (submitted_at IS NOT NULL AND total <> '')",
            name=op.f("ck_score_sheets_given_with_its_total"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_sheets")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_score_sheets_replaces_id")),
        sa.UniqueConstraint("assignment_id", "version", name=op.f("uq_score_sheets_assignment_id_version")),
    )
    with op.batch_alter_table("score_sheets", schema=None) as batch_op:
        batch_op.create_index(
            "uq_score_sheets_one_in_force",
            ["assignment_id"],
            unique=True,
            sqlite_where=sa.text("stage <> 'SUPERSEDED'"),
            postgresql_where=sa.text("stage <> 'SUPERSEDED'"),
        )
        batch_op.create_index(batch_op.f("ix_score_sheets_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_score_sheets_nomination_id"), ["nomination_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_score_sheets_reviewer_id"), ["reviewer_id"], unique=False)

    op.create_table(
        "score_confirmations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("seen_hash", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["score_sheets.id"], name=op.f("fk_score_confirmations_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_confirmations")),
        sa.UniqueConstraint("sheet_id", "seen_hash", name=op.f("uq_score_confirmations_sheet_id_seen_hash")),
    )
    with op.batch_alter_table("score_confirmations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_score_confirmations_sheet_id"), ["sheet_id"], unique=False)

    op.create_table(
        "score_corrections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "REQUESTED",
                "APPROVED",
                "DECLINED",
                name="correctionstage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.String(length=1000), nullable=False),
        sa.Column("new_sheet_id", sa.Uuid(), nullable=True),
        sa.Column("decision_review", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_score_corrections_campaign_id")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_score_corrections_decided_by")),
        sa.ForeignKeyConstraint(
            ["new_sheet_id"], ["score_sheets.id"], name=op.f("fk_score_corrections_new_sheet_id")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_score_corrections_nomination_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["people.id"], name=op.f("fk_score_corrections_requested_by")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["score_sheets.id"], name=op.f("fk_score_corrections_sheet_id")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> requested_by",
            name=op.f("ck_score_corrections_decided_by_another"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_corrections")),
    )
    with op.batch_alter_table("score_corrections", schema=None) as batch_op:
        batch_op.create_index(
            "uq_score_corrections_one_waiting",
            ["sheet_id"],
            unique=True,
            sqlite_where=sa.text("stage = 'REQUESTED'"),
            postgresql_where=sa.text("stage = 'REQUESTED'"),
        )
        batch_op.create_index(batch_op.f("ix_score_corrections_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_score_corrections_nomination_id"), ["nomination_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_score_corrections_sheet_id"), ["sheet_id"], unique=False)

    op.create_table(
        "score_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("item_code", sa.String(length=10), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["score_sheets.id"], name=op.f("fk_score_entries_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_entries")),
        sa.UniqueConstraint("sheet_id", "item_code", name=op.f("uq_score_entries_sheet_id_item_code")),
    )
    with op.batch_alter_table("score_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_score_entries_sheet_id_hundredths", ["sheet_id", "hundredths"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("score_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_score_entries_sheet_id_hundredths")

    op.drop_table("score_entries")
    with op.batch_alter_table("score_corrections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_score_corrections_sheet_id"))
        batch_op.drop_index(batch_op.f("ix_score_corrections_nomination_id"))
        batch_op.drop_index(batch_op.f("ix_score_corrections_campaign_id"))

    op.drop_table("score_corrections")
    with op.batch_alter_table("score_confirmations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_score_confirmations_sheet_id"))

    op.drop_table("score_confirmations")
    with op.batch_alter_table("score_sheets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_score_sheets_reviewer_id"))
        batch_op.drop_index(batch_op.f("ix_score_sheets_nomination_id"))
        batch_op.drop_index(batch_op.f("ix_score_sheets_assignment_id"))

    op.drop_table("score_sheets")
    with op.batch_alter_table("tie_resolutions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tie_resolutions_ranking_id"))

    op.drop_table("tie_resolutions")
    with op.batch_alter_table("review_assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_assignments_run_id"))
        batch_op.drop_index(batch_op.f("ix_review_assignments_reviewer_id"))
        batch_op.drop_index(batch_op.f("ix_review_assignments_nomination_id"))
        batch_op.drop_index(batch_op.f("ix_review_assignments_campaign_id"))

    op.drop_table("review_assignments")
    with op.batch_alter_table("recusal_declarations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recusal_declarations_reviewer_id"))

    op.drop_table("recusal_declarations")
    with op.batch_alter_table("ranking_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ranking_entries_ranking_id"))
        batch_op.drop_index(batch_op.f("ix_ranking_entries_nomination_id"))

    op.drop_table("ranking_entries")
    with op.batch_alter_table("reviewers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviewers_person_id"))
        batch_op.drop_index(batch_op.f("ix_reviewers_campaign_id"))

    op.drop_table("reviewers")
    with op.batch_alter_table("rankings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rankings_campaign_id"))

    op.drop_table("rankings")
    with op.batch_alter_table("assignment_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_runs_campaign_id"))

    op.drop_table("assignment_runs")
