"""the first half"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "audit_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=80), nullable=False),
        sa.Column("organization_path", sa.String(length=400), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("before_digest", sa.String(length=80), nullable=False),
        sa.Column("after_digest", sa.String(length=80), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("chain", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
        sa.UniqueConstraint("position", name=op.f("uq_audit_events_position")),
    )
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_events_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_events_entity_id"), ["entity_id"], unique=False)

    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source_year", sa.Integer(), nullable=False),
        sa.Column("is_workday", sa.Boolean(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_days")),
    )
    with op.batch_alter_table("calendar_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_days_source_year"), ["source_year"], unique=False)

    op.create_table(
        "calendar_years",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source_title", sa.String(length=200), nullable=False),
        sa.Column("source_url", sa.String(length=300), nullable=False),
        sa.Column("confirmed_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_years")),
        sa.UniqueConstraint("year", name=op.f("uq_calendar_years_year")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("organization_path", sa.String(length=400), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("position", name=op.f("uq_events_position")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "idempotency_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("caller", sa.String(length=80), nullable=False),
        sa.Column("route", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotency_keys")),
        sa.UniqueConstraint("caller", "route", "key", name=op.f("uq_idempotency_keys_caller_route_key")),
    )
    op.create_table(
        "instances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("clock_shift_seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instances")),
    )
    op.create_table(
        "name_histories",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_histories")),
    )
    with op.batch_alter_table("name_histories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_name_histories_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "organizations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column(
            "org_kind",
            sa.Enum(
                "PROVINCIAL_DEPARTMENT",
                "DEPARTMENT_DIVISION",
                "AFFILIATED_UNIT",
                "MUNICIPAL_BUREAU",
                "COUNTY_BUREAU",
                "STATION_SPONSOR",
                "OTHER",
                name="organizationkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "TOWNSHIP",
                "COUNTY",
                "MUNICIPAL",
                "PROVINCIAL",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("affiliation_level", sa.String(length=2), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("barred_until_edition", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["organizations.id"], name=op.f("fk_organizations_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
        sa.UniqueConstraint("code", name=op.f("uq_organizations_code")),
        sa.UniqueConstraint("path", name=op.f("uq_organizations_path")),
        sa.UniqueConstraint("uscc", name=op.f("uq_organizations_uscc")),
    )
    with op.batch_alter_table("organizations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organizations_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_organizations_region_code"), ["region_code"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("identity", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "ACTIVE",
                "DISABLED",
                name="accountstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("former_passwords", sa.JSON(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_people_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("username", name=op.f("uq_people_username")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_identity"), ["identity"], unique=False)
        batch_op.create_index(batch_op.f("ix_people_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "regions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("name_zh", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "TOWNSHIP",
                "COUNTY",
                "MUNICIPAL",
                "PROVINCIAL",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent_code", sa.String(length=6), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regions")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_regions_code_valid_from")),
    )
    with op.batch_alter_table("regions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_regions_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_regions_parent_code"), ["parent_code"], unique=False)

    op.create_table(
        "security_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_events")),
    )
    with op.batch_alter_table("security_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_security_events_at"), ["at"], unique=False)

    op.create_table(
        "sequences",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sequences")),
    )
    op.create_table(
        "throttles",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttles")),
    )
    op.create_table(
        "api_clients",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "ACTIVE",
                "DISABLED",
                name="accountstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_api_clients_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_clients")),
        sa.UniqueConstraint("source", name=op.f("uq_api_clients_source")),
    )
    with op.batch_alter_table("api_clients", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_clients_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "campaigns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("edition_no", sa.Integer(), nullable=False),
        sa.Column("host_organization_id", sa.Uuid(), nullable=False),
        sa.Column("parent_campaign_id", sa.Uuid(), nullable=True),
        sa.Column("pack_code", sa.String(length=60), nullable=False),
        sa.Column("rules_version", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "DRAFT",
                "DECIDED",
                "CONFIGURED",
                "OPEN",
                "FILING_CLOSED",
                "EVALUATING",
                "DETERMINING",
                "AWARDED",
                "ARCHIVED",
                name="campaignstage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("suspended_reason", sa.String(length=500), nullable=False),
        sa.Column("livemode", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.String(length=2000), nullable=False),
        sa.Column("award_period_start_year", sa.Integer(), nullable=True),
        sa.Column("award_period_end_year", sa.Integer(), nullable=True),
        sa.Column("planned_award_on", sa.Date(), nullable=True),
        sa.Column("contacts_due_on", sa.Date(), nullable=True),
        sa.Column("contacts_end_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("materials_due_on", sa.Date(), nullable=True),
        sa.Column("materials_end_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ministry_due_on", sa.Date(), nullable=True),
        sa.Column("ministry_end_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["host_organization_id"], ["organizations.id"], name=op.f("fk_campaigns_host_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_campaign_id"], ["campaigns.id"], name=op.f("fk_campaigns_parent_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("code", name=op.f("uq_campaigns_code")),
    )
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaigns_host_organization_id"), ["host_organization_id"], unique=False
        )

    op.create_table(
        "login_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_login_sessions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_sessions_token_hash")),
    )
    with op.batch_alter_table("login_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_sessions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "windows",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("sponsor_org_id", sa.Uuid(), nullable=False),
        sa.Column("co_sponsors", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("window_type", sa.String(length=40), nullable=False),
        sa.Column("other_types", sa.JSON(), nullable=False),
        sa.Column("other_justification", sa.String(length=500), nullable=False),
        sa.Column("other_accepted_by", sa.String(length=80), nullable=False),
        sa.Column("affiliation_level", sa.String(length=2), nullable=False),
        sa.Column("in_labor_system", sa.Boolean(), nullable=False),
        sa.Column("serves_public_directly", sa.Boolean(), nullable=False),
        sa.Column("staff_count", sa.Integer(), nullable=True),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("external_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["merged_into_id"], ["windows.id"], name=op.f("fk_windows_merged_into_id")),
        sa.ForeignKeyConstraint(
            ["sponsor_org_id"], ["organizations.id"], name=op.f("fk_windows_sponsor_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_windows")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_windows_source_external_id")),
        sa.UniqueConstraint("sponsor_org_id", "name", name=op.f("uq_windows_sponsor_org_id_name")),
    )
    with op.batch_alter_table("windows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_windows_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_windows_region_code"), ["region_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_windows_sponsor_org_id"), ["sponsor_org_id"], unique=False)

    op.create_table(
        "access_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scope", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["api_clients.id"], name=op.f("fk_access_tokens_client_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_access_tokens_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_tokens_token_hash")),
    )
    with op.batch_alter_table("access_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_tokens_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_access_tokens_person_id"), ["person_id"], unique=False)

    op.create_table(
        "api_client_secrets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("hint", sa.String(length=12), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["api_clients.id"], name=op.f("fk_api_client_secrets_client_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_client_secrets")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_api_client_secrets_secret_hash")),
    )
    with op.batch_alter_table("api_client_secrets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_client_secrets_client_id"), ["client_id"], unique=False)

    op.create_table(
        "campaign_documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "BASIS",
                "APPROVAL_BASIS",
                "OPENING_DECISION",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("issuer", sa.String(length=100), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("file_key", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_documents_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_documents")),
    )
    with op.batch_alter_table("campaign_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_documents_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "campaign_rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("affected", sa.JSON(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_rules_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_rules")),
        sa.UniqueConstraint("campaign_id", "version", name=op.f("uq_campaign_rules_campaign_id_version")),
    )
    with op.batch_alter_table("campaign_rules", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_rules_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "late_acceptances",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "matter",
            sa.Enum(
                "FILING",
                "MINISTRY_MATERIAL",
                name="duematter",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("granted_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_late_acceptances_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_late_acceptances_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_acceptances")),
        sa.UniqueConstraint(
            "campaign_id",
            "organization_id",
            "matter",
            name=op.f("uq_late_acceptances_campaign_id_organization_id_matter"),
        ),
    )
    with op.batch_alter_table("late_acceptances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_late_acceptances_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "local_bodies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "LEADING", "WORKING", name="bodykind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("head_name", sa.String(length=60), nullable=False),
        sa.Column("head_post", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_local_bodies_campaign_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_local_bodies_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_bodies")),
        sa.UniqueConstraint(
            "campaign_id",
            "organization_id",
            "kind",
            name=op.f("uq_local_bodies_campaign_id_organization_id_kind"),
        ),
    )
    with op.batch_alter_table("local_bodies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_local_bodies_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_local_bodies_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "nominations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("window_id", sa.Uuid(), nullable=False),
        sa.Column("live_window_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("bucket_code", sa.String(length=40), nullable=False),
        sa.Column("sponsor_org_id", sa.Uuid(), nullable=False),
        sa.Column("sponsor_path", sa.String(length=400), nullable=False),
        sa.Column("organizing_org_id", sa.Uuid(), nullable=False),
        sa.Column(
            "own_level",
            sa.Enum(
                "TOWNSHIP",
                "COUNTY",
                "MUNICIPAL",
                "PROVINCIAL",
                name="own_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "TOWNSHIP",
                "COUNTY",
                "MUNICIPAL",
                "PROVINCIAL",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("departments", sa.JSON(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "DRAFT",
                "SUBMITTED",
                "RETURNED",
                "CLEARED",
                "AT_NOTICE",
                "RECOMMENDED",
                "FILED",
                "ACCEPTED",
                "UNDER_EVALUATION",
                "EVALUATED",
                "REVIEWED",
                "AT_HOST_NOTICE",
                "DETERMINED",
                "AWARDED",
                "REJECTED",
                "NOT_SELECTED",
                "WITHDRAWN",
                "VETOED",
                "REVOKED",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holder_org_id", sa.Uuid(), nullable=False),
        sa.Column(
            "returned_from",
            sa.Enum(
                "DRAFT",
                "SUBMITTED",
                "RETURNED",
                "CLEARED",
                "AT_NOTICE",
                "RECOMMENDED",
                "FILED",
                "ACCEPTED",
                "UNDER_EVALUATION",
                "EVALUATED",
                "REVIEWED",
                "AT_HOST_NOTICE",
                "DETERMINED",
                "AWARDED",
                "REJECTED",
                "NOT_SELECTED",
                "WITHDRAWN",
                "VETOED",
                "REVOKED",
                name="returned_from",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "returned_level",
            sa.Enum(
                "TOWNSHIP",
                "COUNTY",
                "MUNICIPAL",
                "PROVINCIAL",
                name="returned_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("returned_fields", sa.JSON(), nullable=False),
        sa.Column("correction_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rank_in_bucket", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("external_id", sa.String(length=64), nullable=True),
        sa.Column("source_seq", sa.Integer(), nullable=True),
        sa.Column("pushed_parts", sa.JSON(), nullable=False),
        sa.Column("people_edited", sa.Boolean(), nullable=False),
        sa.Column("prepared_by", sa.String(length=80), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filed_late", sa.Boolean(), nullable=False),
        sa.Column("window_snapshot", sa.JSON(), nullable=True),
        sa.Column("statement", sa.String(length=1000), nullable=False),
        sa.Column("new_merits", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_nominations_campaign_id")),
        sa.ForeignKeyConstraint(
            ["holder_org_id"], ["organizations.id"], name=op.f("fk_nominations_holder_org_id")
        ),
        sa.ForeignKeyConstraint(
            ["organizing_org_id"], ["organizations.id"], name=op.f("fk_nominations_organizing_org_id")
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_org_id"], ["organizations.id"], name=op.f("fk_nominations_sponsor_org_id")
        ),
        sa.ForeignKeyConstraint(["window_id"], ["windows.id"], name=op.f("fk_nominations_window_id")),
        sa.CheckConstraint(
            "live_window_id IS NULL OR live_window_id = window_id",
            name=op.f("ck_nominations_live_is_its_window"),
        ),
        sa.CheckConstraint(
            "live_window_id IS NULL OR stage NOT IN ('REJECTED', 'NOT_SELECTED', 'WITHDRAWN', 'VETOED', 'REVOKED')",
            name=op.f("ck_nominations_what_ended_is_not_live"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominations")),
        sa.UniqueConstraint(
            "campaign_id",
            "bucket_code",
            "rank_in_bucket",
            name=op.f("uq_nominations_campaign_id_bucket_code_rank_in_bucket"),
        ),
        sa.UniqueConstraint(
            "campaign_id", "live_window_id", name=op.f("uq_nominations_campaign_id_live_window_id")
        ),
        sa.UniqueConstraint("code", name=op.f("uq_nominations_code")),
        sa.UniqueConstraint(
            "source", "external_id", "campaign_id", name=op.f("uq_nominations_source_external_id_campaign_id")
        ),
    )
    with op.batch_alter_table("nominations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_nominations_board", ["campaign_id", "organizing_org_id", "stage", "stage_since"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_nominations_holder_org_id"), ["holder_org_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_nominations_organizing_org_id"), ["organizing_org_id"], unique=False
        )
        batch_op.create_index("ix_nominations_area", ["sponsor_path", "stage", "holder_org_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_nominations_window_id"), ["window_id"], unique=False)

    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column(
            "matter",
            sa.Enum(
                "RECOMMENDATION",
                "AWARD",
                "MINISTRY",
                name="noticematter",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "TOWNSHIP",
                "COUNTY",
                "MUNICIPAL",
                "PROVINCIAL",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("issuer_org_id", sa.Uuid(), nullable=False),
        sa.Column("issuer_path", sa.String(length=400), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("basis", sa.String(length=500), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("contact_office", sa.String(length=100), nullable=False),
        sa.Column("contact_phone", sa.String(length=60), nullable=False),
        sa.Column("contact_email", sa.String(length=100), nullable=False),
        sa.Column("contact_address", sa.String(length=200), nullable=False),
        sa.Column("contact_postcode", sa.String(length=10), nullable=False),
        sa.Column("reception_hours", sa.String(length=100), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "DRAFT",
                "REVIEWED",
                "PUBLISHED",
                "CONCLUDED",
                "SUPERSEDED",
                "WITHDRAWN",
                "CANCELLED",
                name="noticestage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("publish_on", sa.Date(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rule_snapshot", sa.JSON(), nullable=False),
        sa.Column("calendar_source", sa.String(length=200), nullable=False),
        sa.Column("content_hash", sa.String(length=80), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("prepared_by", sa.String(length=80), nullable=False),
        sa.Column("prepared_person_id", sa.Uuid(), nullable=True),
        sa.Column("reviewed_by", sa.String(length=80), nullable=False),
        sa.Column("reviewed_person_id", sa.Uuid(), nullable=True),
        sa.Column("published_by", sa.String(length=80), nullable=False),
        sa.Column("ended_event_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_notices_campaign_id")),
        sa.ForeignKeyConstraint(
            ["issuer_org_id"], ["organizations.id"], name=op.f("fk_notices_issuer_org_id")
        ),
        sa.ForeignKeyConstraint(["supersedes_id"], ["notices.id"], name=op.f("fk_notices_supersedes_id")),
        sa.CheckConstraint(
            "reviewed_person_id IS NULL OR prepared_person_id IS NULL OR reviewed_person_id <> prepared_person_id",
            name=op.f("ck_notices_reviewed_by_another"),
        ),
        sa.CheckConstraint(
            "last_day IS NULL OR publish_on IS NULL OR last_day >= publish_on",
            name=op.f("ck_notices_ends_after_it_began"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("code", name=op.f("uq_notices_code")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notices_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_ends_at"), ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_issuer_org_id"), ["issuer_org_id"], unique=False)

    op.create_table(
        "participants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("bucket_code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_participants_campaign_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_participants_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint(
            "campaign_id", "organization_id", name=op.f("uq_participants_campaign_id_organization_id")
        ),
    )
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participants_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_participants_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "quota_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "DRAFT",
                "IMPORTED",
                "CONFIRMED",
                "AMENDED",
                name="planstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("source_note", sa.String(length=300), nullable=False),
        sa.Column("source_file", sa.String(length=120), nullable=False),
        sa.Column("decision_ref", sa.String(length=120), nullable=False),
        sa.Column("provincial_total", sa.Integer(), nullable=False),
        sa.Column("ministry_total", sa.Integer(), nullable=False),
        sa.Column("ministry_pool", sa.Integer(), nullable=False),
        sa.Column("prepared_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_quota_plans_campaign_id")),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR prepared_by IS NULL OR confirmed_by <> prepared_by",
            name=op.f("ck_quota_plans_confirmed_by_another"),
        ),
        sa.CheckConstraint(
            "status IN ('DRAFT', 'IMPORTED') OR (ministry_total <= provincial_total AND ministry_pool <= ministry_total)",
            name=op.f("ck_quota_plans_ministry_within_total"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_plans")),
        sa.UniqueConstraint("campaign_id", "version", name=op.f("uq_quota_plans_campaign_id_version")),
    )
    with op.batch_alter_table("quota_plans", schema=None) as batch_op:
        batch_op.create_index(
            "uq_quota_plans_one_in_force",
            ["campaign_id"],
            unique=True,
            sqlite_where=sa.text("status = 'CONFIRMED'"),
            postgresql_where=sa.text("status = 'CONFIRMED'"),
        )
        batch_op.create_index(batch_op.f("ix_quota_plans_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "role_grants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "WINDOW_FILER",
                "REVIEWING_OFFICER",
                "APPROVING_OFFICER",
                "STEERING_OFFICE",
                "DISCIPLINE_OFFICER",
                "REVIEWER",
                "STEERING_GROUP_MEMBER",
                "PARTY_GROUP_RECORDER",
                "AUDITOR",
                "SYSTEM_ADMIN",
                "SECURITY_ADMIN",
                "AUDIT_ADMIN",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("campaign_key", sa.String(length=40), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_role_grants_campaign_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_role_grants_organization_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_role_grants_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
        sa.UniqueConstraint(
            "person_id",
            "role",
            "organization_id",
            "campaign_key",
            name=op.f("uq_role_grants_person_id_role_organization_id_campaign_key"),
        ),
    )
    with op.batch_alter_table("role_grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grants_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_grants_person_id"), ["person_id"], unique=False)

    op.create_table(
        "approval_forms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "PROVINCIAL",
                "NATIONAL",
                name="formkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("template_version", sa.String(length=40), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_approval_forms_nomination_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_forms")),
        sa.UniqueConstraint("nomination_id", "kind", name=op.f("uq_approval_forms_nomination_id_kind")),
    )
    with op.batch_alter_table("approval_forms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_forms_nomination_id"), ["nomination_id"], unique=False)

    op.create_table(
        "department_consultations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "NO_OBJECTION",
                "OBJECTION",
                "NO_REPLY",
                name="replyresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("remarks", sa.String(length=1000), nullable=False),
        sa.Column("signer", sa.String(length=60), nullable=False),
        sa.Column("file_key", sa.String(length=120), nullable=False),
        sa.Column(
            "recorded_via",
            sa.Enum(
                "PAGE",
                "API",
                "PUSH",
                name="recordedvia",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_department_consultations_nomination_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department_consultations")),
        sa.UniqueConstraint(
            "nomination_id", "department", name=op.f("uq_department_consultations_nomination_id_department")
        ),
    )
    with op.batch_alter_table("department_consultations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_department_consultations_nomination_id"), ["nomination_id"], unique=False
        )

    op.create_table(
        "level_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "TOWNSHIP",
                "COUNTY",
                "MUNICIPAL",
                "PROVINCIAL",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "conclusion",
            sa.Enum(
                "RECOMMEND",
                "NOT_RECOMMEND",
                name="conclusion",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opinion", sa.String(length=2000), nullable=False),
        sa.Column("signer", sa.String(length=60), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("reviewer", sa.String(length=80), nullable=False),
        sa.Column(
            "recorded_via",
            sa.Enum(
                "PAGE",
                "API",
                "PUSH",
                name="recordedvia",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("assessments", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_level_reviews_nomination_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_level_reviews_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_reviews")),
    )
    with op.batch_alter_table("level_reviews", schema=None) as batch_op:
        batch_op.create_index(
            "uq_level_reviews_one_current",
            ["nomination_id", "level"],
            unique=True,
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        )
        batch_op.create_index(batch_op.f("ix_level_reviews_nomination_id"), ["nomination_id"], unique=False)

    op.create_table(
        "material_receipts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "PAPER_WRITEUP",
                "PAPER_FORM",
                "MINISTRY_WRITEUP",
                "DISC",
                name="receiptkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_material_receipts_nomination_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_receipts")),
        sa.UniqueConstraint("nomination_id", "kind", name=op.f("uq_material_receipts_nomination_id_kind")),
    )
    with op.batch_alter_table("material_receipts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_material_receipts_nomination_id"), ["nomination_id"], unique=False
        )

    op.create_table(
        "materials",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "MERIT_WRITEUP",
                "MINISTRY_WRITEUP",
                "MINISTRY_VIDEO",
                "PHOTO",
                "EVIDENCE",
                "SCAN",
                name="materialkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "VERIFIED",
                "SUPERSEDED",
                "REMOVED",
                name="materialstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column(
            "recorded_via",
            sa.Enum(
                "PAGE",
                "API",
                "PUSH",
                name="recordedvia",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("object_key", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("criterion_code", sa.String(length=40), nullable=False),
        sa.Column("caption", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_materials_nomination_id")
        ),
        sa.ForeignKeyConstraint(["replaces_id"], ["materials.id"], name=op.f("fk_materials_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_materials")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_materials_replaces_id")),
    )
    with op.batch_alter_table("materials", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_materials_nomination_id"), ["nomination_id"], unique=False)

    op.create_table(
        "nomination_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "SUBMIT",
                "ENDORSE",
                "CLEAR",
                "RETURN",
                "RESUBMIT",
                "REJECT",
                "PUBLISH_NOTICE",
                "RECOMMEND",
                "FILE",
                "ACCEPT",
                "RETURN_FOR_CORRECTION",
                "OPEN_EVALUATION",
                "LOCK_SCORES",
                "RECORD_FIRST_DECISION",
                "PUBLISH_HOST_NOTICE",
                "RECORD_SECOND_DECISION",
                "CONFER",
                "REVOKE",
                "WITHDRAW",
                "VETO",
                "UNDO",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "from_stage",
            sa.Enum(
                "DRAFT",
                "SUBMITTED",
                "RETURNED",
                "CLEARED",
                "AT_NOTICE",
                "RECOMMENDED",
                "FILED",
                "ACCEPTED",
                "UNDER_EVALUATION",
                "EVALUATED",
                "REVIEWED",
                "AT_HOST_NOTICE",
                "DETERMINED",
                "AWARDED",
                "REJECTED",
                "NOT_SELECTED",
                "WITHDRAWN",
                "VETOED",
                "REVOKED",
                name="from_stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_stage",
            sa.Enum(
                "DRAFT",
                "SUBMITTED",
                "RETURNED",
                "CLEARED",
                "AT_NOTICE",
                "RECOMMENDED",
                "FILED",
                "ACCEPTED",
                "UNDER_EVALUATION",
                "EVALUATED",
                "REVIEWED",
                "AT_HOST_NOTICE",
                "DETERMINED",
                "AWARDED",
                "REJECTED",
                "NOT_SELECTED",
                "WITHDRAWN",
                "VETOED",
                "REVOKED",
                name="to_stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "from_level",
            sa.Enum(
                "TOWNSHIP",
                "COUNTY",
                "MUNICIPAL",
                "PROVINCIAL",
                name="from_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_level",
            sa.Enum(
                "TOWNSHIP",
                "COUNTY",
                "MUNICIPAL",
                "PROVINCIAL",
                name="to_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("actor_name", sa.String(length=60), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=80), nullable=False),
        sa.Column("acting_org_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["acting_org_id"], ["organizations.id"], name=op.f("fk_nomination_steps_acting_org_id")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_nomination_steps_nomination_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_steps")),
        sa.UniqueConstraint("nomination_id", "seq", name=op.f("uq_nomination_steps_nomination_id_seq")),
    )
    with op.batch_alter_table("nomination_steps", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_nomination_steps_nomination_id"), ["nomination_id"], unique=False
        )

    op.create_table(
        "nomination_texts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("char_count", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_nomination_texts_nomination_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_texts")),
        sa.UniqueConstraint("nomination_id", name=op.f("uq_nomination_texts_nomination_id")),
    )
    op.create_table(
        "notice_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("old_last_day", sa.Date(), nullable=True),
        sa.Column("new_last_day", sa.Date(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_notice_changes_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_changes")),
    )
    with op.batch_alter_table("notice_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_changes_notice_id"), ["notice_id"], unique=False)

    op.create_table(
        "notice_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("effective_nomination_id", sa.Uuid(), nullable=True),
        sa.Column(
            "matter",
            sa.Enum(
                "RECOMMENDATION",
                "AWARD",
                "MINISTRY",
                name="noticematter",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "TOWNSHIP",
                "COUNTY",
                "MUNICIPAL",
                "PROVINCIAL",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_notice_items_nomination_id")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_notice_items_notice_id")),
        sa.CheckConstraint(
            "effective_nomination_id IS NULL OR effective_nomination_id = nomination_id",
            name=op.f("ck_notice_items_effective_for_its_own"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_items")),
        sa.UniqueConstraint(
            "effective_nomination_id", "matter", name=op.f("uq_notice_items_effective_nomination_id_matter")
        ),
        sa.UniqueConstraint(
            "notice_id", "nomination_id", name=op.f("uq_notice_items_notice_id_nomination_id")
        ),
    )
    with op.batch_alter_table("notice_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_items_nomination_id"), ["nomination_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_items_notice_id"), ["notice_id"], unique=False)

    op.create_table(
        "public_consultations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "TOWNSHIP",
                "COUNTY",
                "MUNICIPAL",
                "PROVINCIAL",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("methods", sa.JSON(), nullable=False),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column("held_to", sa.Date(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("summary", sa.String(length=5000), nullable=False),
        sa.Column("adverse_points", sa.JSON(), nullable=False),
        sa.Column("signer", sa.String(length=60), nullable=False),
        sa.Column(
            "recorded_via",
            sa.Enum(
                "PAGE",
                "API",
                "PUSH",
                name="recordedvia",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_public_consultations_nomination_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_public_consultations_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_consultations")),
    )
    with op.batch_alter_table("public_consultations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_public_consultations_nomination_id"), ["nomination_id"], unique=False
        )

    op.create_table(
        "quota_buckets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("provincial_places", sa.Integer(), nullable=False),
        sa.Column("ministry_fixed", sa.Integer(), nullable=False),
        sa.Column("nomination_limit", sa.Integer(), nullable=False),
        sa.Column("pool_eligible", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "ministry_fixed <= provincial_places", name=op.f("ck_quota_buckets_fixed_within_places")
        ),
        sa.CheckConstraint(
            "nomination_limit >= provincial_places", name=op.f("ck_quota_buckets_limit_covers_places")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["quota_plans.id"], name=op.f("fk_quota_buckets_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_buckets")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_quota_buckets_plan_id_code")),
    )
    with op.batch_alter_table("quota_buckets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quota_buckets_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "quota_seats",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("bucket_code", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
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
        sa.Column("track", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "FREE",
                "USED",
                "FORFEITED",
                name="seatstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("nomination_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(status = 'USED') = (nomination_id IS NOT NULL)", name=op.f("ck_quota_seats_used_is_held")
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_quota_seats_campaign_id")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_quota_seats_nomination_id")
        ),
        sa.CheckConstraint(
            "track = CASE WHEN kind IN ('NOMINATION', 'PROVINCIAL') THEN kind ELSE 'MINISTRY' END",
            name=op.f("ck_quota_seats_track_of_its_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_seats")),
        sa.UniqueConstraint(
            "campaign_id",
            "bucket_code",
            "kind",
            "seq",
            name=op.f("uq_quota_seats_campaign_id_bucket_code_kind_seq"),
        ),
        sa.UniqueConstraint("nomination_id", "track", name=op.f("uq_quota_seats_nomination_id_track")),
    )
    with op.batch_alter_table("quota_seats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quota_seats_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "self_declarations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("veto_code", sa.String(length=40), nullable=False),
        sa.Column("has_occurred", sa.Boolean(), nullable=False),
        sa.Column("explanation", sa.String(length=1000), nullable=False),
        sa.Column("signed_by", sa.String(length=60), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_self_declarations_nomination_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_declarations")),
        sa.UniqueConstraint(
            "nomination_id", "veto_code", name=op.f("uq_self_declarations_nomination_id_veto_code")
        ),
    )
    with op.batch_alter_table("self_declarations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_self_declarations_nomination_id"), ["nomination_id"], unique=False
        )

    op.create_table(
        "objections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=True),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("notice_item_id", sa.Uuid(), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("handling_org_id", sa.Uuid(), nullable=False),
        sa.Column("handling_path", sa.String(length=400), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "PHONE",
                "LETTER",
                "EMAIL",
                "VISIT",
                "FAX",
                "WEB",
                "TRANSFER",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "identity_kind",
            sa.Enum(
                "NAMED_INDIVIDUAL",
                "SEALED_UNIT",
                "ANONYMOUS",
                name="identitykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("has_leads", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column(
            "timeliness",
            sa.Enum(
                "IN_TIME", "LATE", name="timeliness", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "RECEIVED",
                "ACCEPTED",
                "NOT_ACCEPTED",
                "INVESTIGATING",
                "CONCLUDED",
                "ACTED",
                "REPLIED",
                "CLOSED",
                name="objectionstage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("blocking", sa.Boolean(), nullable=False),
        sa.Column("handler_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "UPHELD",
                "PARTLY_UPHELD",
                "NOT_UPHELD",
                name="objectionresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "act",
            sa.Enum(
                "REJECT",
                "VETO",
                "CORRECT_AND_RENOTICE",
                "DISMISS",
                "REVOKE",
                name="objectionact",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("act_reason", sa.String(length=1000), nullable=False),
        sa.Column("act_approved_by", sa.String(length=80), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("public_summary", sa.String(length=500), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_objections_campaign_id")),
        sa.ForeignKeyConstraint(["handler_id"], ["people.id"], name=op.f("fk_objections_handler_id")),
        sa.ForeignKeyConstraint(
            ["handling_org_id"], ["organizations.id"], name=op.f("fk_objections_handling_org_id")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_objections_nomination_id")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_objections_notice_id")),
        sa.ForeignKeyConstraint(
            ["notice_item_id"], ["notice_items.id"], name=op.f("fk_objections_notice_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("code", name=op.f("uq_objections_code")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_objections_receipt_hash")),
    )
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objections_blocking"), ["blocking"], unique=False)
        batch_op.create_index(batch_op.f("ix_objections_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objections_handling_org_id"), ["handling_org_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objections_nomination_id"), ["nomination_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objections_notice_id"), ["notice_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objections_notice_item_id"), ["notice_item_id"], unique=False)

    op.create_table(
        "seal_records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column(
            "form_kind",
            sa.Enum(
                "PROVINCIAL",
                "NATIONAL",
                name="formkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "TOWNSHIP",
                "COUNTY",
                "MUNICIPAL",
                "PROVINCIAL",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name_on_seal", sa.String(length=100), nullable=False),
        sa.Column("sealed_on", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "PHYSICAL_SCAN",
                "E_SEAL",
                name="sealkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("approved_by", sa.String(length=60), nullable=False),
        sa.Column("signer", sa.String(length=60), nullable=False),
        sa.Column("material_id", sa.Uuid(), nullable=True),
        sa.Column("e_seal_id", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["material_id"], ["materials.id"], name=op.f("fk_seal_records_material_id")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_seal_records_nomination_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_seal_records_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_records")),
        sa.UniqueConstraint(
            "nomination_id", "form_kind", "level", name=op.f("uq_seal_records_nomination_id_form_kind_level")
        ),
    )
    with op.batch_alter_table("seal_records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seal_records_nomination_id"), ["nomination_id"], unique=False)

    op.create_table(
        "objection_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("objection_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column(
            "from_stage",
            sa.Enum(
                "RECEIVED",
                "ACCEPTED",
                "NOT_ACCEPTED",
                "INVESTIGATING",
                "CONCLUDED",
                "ACTED",
                "REPLIED",
                "CLOSED",
                name="from_stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_stage",
            sa.Enum(
                "RECEIVED",
                "ACCEPTED",
                "NOT_ACCEPTED",
                "INVESTIGATING",
                "CONCLUDED",
                "ACTED",
                "REPLIED",
                "CLOSED",
                name="to_stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name=op.f("fk_objection_steps_objection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_steps")),
    )
    with op.batch_alter_table("objection_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_steps_objection_id"), ["objection_id"], unique=False)

    op.create_table(
        "objector_identities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("objection_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name=op.f("fk_objector_identities_objection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objector_identities")),
        sa.UniqueConstraint("objection_id", name=op.f("uq_objector_identities_objection_id")),
    )
    op.create_table(
        "veto_findings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("veto_code", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("fact_on", sa.Date(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "ALLEGED",
                "UNDER_VERIFICATION",
                "CONFIRMED",
                "DISMISSED",
                name="findingstage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("objection_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_veto_findings_campaign_id")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_veto_findings_nomination_id")
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name=op.f("fk_veto_findings_objection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_veto_findings")),
    )
    with op.batch_alter_table("veto_findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_veto_findings_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_veto_findings_nomination_id"), ["nomination_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("veto_findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_veto_findings_nomination_id"))
        batch_op.drop_index(batch_op.f("ix_veto_findings_campaign_id"))

    op.drop_table("veto_findings")
    op.drop_table("objector_identities")
    with op.batch_alter_table("objection_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_steps_objection_id"))

    op.drop_table("objection_steps")
    with op.batch_alter_table("seal_records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seal_records_nomination_id"))

    op.drop_table("seal_records")
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objections_notice_item_id"))
        batch_op.drop_index(batch_op.f("ix_objections_notice_id"))
        batch_op.drop_index(batch_op.f("ix_objections_nomination_id"))
        batch_op.drop_index(batch_op.f("ix_objections_handling_org_id"))
        batch_op.drop_index(batch_op.f("ix_objections_campaign_id"))
        batch_op.drop_index(batch_op.f("ix_objections_blocking"))

    op.drop_table("objections")
    with op.batch_alter_table("self_declarations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_self_declarations_nomination_id"))

    op.drop_table("self_declarations")
    with op.batch_alter_table("quota_seats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quota_seats_campaign_id"))

    op.drop_table("quota_seats")
    with op.batch_alter_table("quota_buckets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quota_buckets_plan_id"))

    op.drop_table("quota_buckets")
    with op.batch_alter_table("public_consultations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_public_consultations_nomination_id"))

    op.drop_table("public_consultations")
    with op.batch_alter_table("notice_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_items_notice_id"))
        batch_op.drop_index(batch_op.f("ix_notice_items_nomination_id"))

    op.drop_table("notice_items")
    with op.batch_alter_table("notice_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_changes_notice_id"))

    op.drop_table("notice_changes")
    op.drop_table("nomination_texts")
    with op.batch_alter_table("nomination_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nomination_steps_nomination_id"))

    op.drop_table("nomination_steps")
    with op.batch_alter_table("materials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_materials_nomination_id"))

    op.drop_table("materials")
    with op.batch_alter_table("material_receipts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_material_receipts_nomination_id"))

    op.drop_table("material_receipts")
    with op.batch_alter_table("level_reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_level_reviews_nomination_id"))

    op.drop_table("level_reviews")
    with op.batch_alter_table("department_consultations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_department_consultations_nomination_id"))

    op.drop_table("department_consultations")
    with op.batch_alter_table("approval_forms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_forms_nomination_id"))

    op.drop_table("approval_forms")
    with op.batch_alter_table("role_grants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grants_person_id"))
        batch_op.drop_index(batch_op.f("ix_role_grants_organization_id"))

    op.drop_table("role_grants")
    with op.batch_alter_table("quota_plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quota_plans_campaign_id"))

    op.drop_table("quota_plans")
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participants_organization_id"))
        batch_op.drop_index(batch_op.f("ix_participants_campaign_id"))

    op.drop_table("participants")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notices_issuer_org_id"))
        batch_op.drop_index(batch_op.f("ix_notices_ends_at"))
        batch_op.drop_index(batch_op.f("ix_notices_campaign_id"))

    op.drop_table("notices")
    with op.batch_alter_table("nominations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nominations_window_id"))
        batch_op.drop_index("ix_nominations_area")
        batch_op.drop_index(batch_op.f("ix_nominations_organizing_org_id"))
        batch_op.drop_index(batch_op.f("ix_nominations_holder_org_id"))
        batch_op.drop_index("ix_nominations_board")

    op.drop_table("nominations")
    with op.batch_alter_table("local_bodies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_local_bodies_organization_id"))
        batch_op.drop_index(batch_op.f("ix_local_bodies_campaign_id"))

    op.drop_table("local_bodies")
    with op.batch_alter_table("late_acceptances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_late_acceptances_campaign_id"))

    op.drop_table("late_acceptances")
    with op.batch_alter_table("campaign_rules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_rules_campaign_id"))

    op.drop_table("campaign_rules")
    with op.batch_alter_table("campaign_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_documents_campaign_id"))

    op.drop_table("campaign_documents")
    with op.batch_alter_table("api_client_secrets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_client_secrets_client_id"))

    op.drop_table("api_client_secrets")
    with op.batch_alter_table("access_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_tokens_person_id"))
        batch_op.drop_index(batch_op.f("ix_access_tokens_client_id"))

    op.drop_table("access_tokens")
    with op.batch_alter_table("windows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_windows_sponsor_org_id"))
        batch_op.drop_index(batch_op.f("ix_windows_region_code"))
        batch_op.drop_index(batch_op.f("ix_windows_name"))

    op.drop_table("windows")
    with op.batch_alter_table("login_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_sessions_person_id"))

    op.drop_table("login_sessions")
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaigns_host_organization_id"))

    op.drop_table("campaigns")
    with op.batch_alter_table("api_clients", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_clients_organization_id"))

    op.drop_table("api_clients")
    op.drop_table("throttles")
    op.drop_table("sequences")
    with op.batch_alter_table("security_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_security_events_at"))

    op.drop_table("security_events")
    with op.batch_alter_table("regions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_regions_parent_code"))
        batch_op.drop_index(batch_op.f("ix_regions_code"))

    op.drop_table("regions")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_organization_id"))
        batch_op.drop_index(batch_op.f("ix_people_identity"))

    op.drop_table("people")
    with op.batch_alter_table("organizations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organizations_region_code"))
        batch_op.drop_index(batch_op.f("ix_organizations_parent_id"))

    op.drop_table("organizations")
    with op.batch_alter_table("name_histories", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_name_histories_subject_id"))

    op.drop_table("name_histories")
    op.drop_table("instances")
    op.drop_table("idempotency_keys")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_events_campaign_id"))

    op.drop_table("events")
    op.drop_table("calendar_years")
    with op.batch_alter_table("calendar_days", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_days_source_year"))

    op.drop_table("calendar_days")
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_events_entity_id"))
        batch_op.drop_index(batch_op.f("ix_audit_events_campaign_id"))

    op.drop_table("audit_events")
