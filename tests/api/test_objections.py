"""Objections, receipts, sealed identities and veto findings through the API."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from app.db.tables.base import metadata
from app.db.tables.supervision import Objection
from app.db.tables.system import Throttle
from app.domain.access import Role
from app.domain.nomination import Stage
from app.services.objection_intake import PER_HOUR
from tests.plugins.service import Service
from tests.supervision_cases import Case, case

NAMED: dict[str, Any] = {
    "identity_kind": "NAMED_INDIVIDUAL",
    "objector_name": "秦香莲",
    "objector_contact": "0571-85119999",
}


def code(answer: Any) -> str:
    return str(answer.json()["code"])


def dump(service: Service) -> str:
    """Everything the database holds, as text."""
    with service.plant.engine.connect() as connection:
        rows = [
            repr(row) for table in metadata.sorted_tables for row in connection.execute(table.select()).all()
        ]
    return "\n".join(rows)


@pytest.mark.rule("R-028", "E-09")
def test_anybody_objects_gets_a_receipt_once_and_holds_one_nominee_only(service: Service) -> None:
    c = case(service)
    notice = c.published()

    answer = c.objection(notice)
    receipt = answer.json()["receipt"]
    asked = c.anybody("GET", "/public/objection-receipts", headers={"Receipt-Code": receipt})

    assert answer.status_code == 202
    assert len(receipt.replace(" ", "")) == 32
    assert (asked.status_code, asked.json()["stage"]) == (200, "RECEIVED")
    seen = c.approver("GET", f"/notices/{notice['id']}").json()
    assert [one["outcome"] for one in seen["items"]] == ["OBJECTED", "RUNNING"]
    public = c.anybody("GET", f"/public/notices/{notice['id']}").json()
    assert [one["outcome"] for one in public["items"]] == ["RUNNING", "RUNNING"]
    assert receipt.replace(" ", "") not in dump(service)


def test_a_receipt_nobody_was_given_finds_nothing(sqlite_service: Service) -> None:
    c = case(sqlite_service)

    answer = c.anybody("GET", "/public/objection-receipts", headers={"Receipt-Code": "0" * 32})

    assert code(answer) == "NOT_FOUND"


def test_a_repeated_call_is_not_told_the_receipt_again(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()
    body = {
        "item_id": notice["items"][0]["id"],
        "identity_kind": "ANONYMOUS",
        "content": "反映的情况，请予核查。谢谢。",
    }
    url, key = f"/public/notices/{notice['id']}/objections", {"Idempotency-Key": "k" * 16}

    assert c.anybody("POST", url, json=body, headers=key).status_code == 202
    assert code(c.anybody("POST", url, json=body, headers=key)) == "SECRET_SHOWN_ONCE"


def test_the_objectors_name_is_nowhere_in_the_database_in_clear(service: Service) -> None:
    c = case(service)
    notice = c.published()
    assert c.objection(notice, **NAMED).status_code == 202
    objection = c.recorded(notice)
    url = f"/objections/{objection['id']}/identity-openings"

    opened = c.discipline("POST", url, json={"reason": "需向本人核实"})

    assert opened.json() == {"name": "秦香莲", "contact": "0571-85119999"}
    everything = dump(service)
    assert "秦香莲" not in everything
    assert "85119999" not in everything
    assert "秦香莲".encode().hex() not in everything
    assert "objection.identity_opened" in everything
    assert "秦香莲" not in c.discipline("GET", f"/objections/{objection['id']}").text
    assert code(c.approver("POST", url, json={"reason": "想看看"})) == "PERMISSION_MISSING"


def test_an_anonymous_objection_keeps_no_name_no_address_and_cannot_be_opened(
    sqlite_service: Service,
) -> None:
    c = case(sqlite_service)
    notice = c.published()

    assert code(c.objection(notice, objector_name="某人")) == "OBJECTOR_NOT_ANONYMOUS"
    assert code(c.objection(notice, identity_kind="SEALED_UNIT")) == "OBJECTOR_MISSING"
    assert c.objection(notice).status_code == 202
    found = c.discipline("GET", "/objections").json()["items"][0]
    opening = c.discipline("POST", f"/objections/{found['id']}/identity-openings", json={"reason": "核实"})
    assert code(opening) == "IDENTITY_NOT_GIVEN"
    assert "testclient" not in dump(sqlite_service)


def test_a_name_sealed_with_another_secret_is_named_as_such(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    objection = c.recorded(c.published())
    with sqlite_service.plant.engine.begin() as connection:
        connection.execute(text("UPDATE objector_identities SET key_id = 'elsewhere'"))

    answer = c.discipline("POST", f"/objections/{objection['id']}/identity-openings", json={"reason": "核实"})

    assert code(answer) == "IDENTITY_KEY_UNKNOWN"


def test_a_flood_from_one_place_is_slowed_and_the_counter_is_no_address(service: Service) -> None:
    c = case(service)
    notice = c.published()
    for _ in range(PER_HOUR):
        assert c.objection(notice).status_code == 202

    refused = c.objection(notice)

    assert (refused.status_code, code(refused)) == (429, "RATE_LIMITED")
    assert int(refused.headers["retry-after"]) > 0
    with Session(service.plant.engine) as session:
        (key,) = [row.key for row in session.exec(select(Throttle)).all() if row.key.startswith("objection:")]
    service.clock.advance(hours=1)
    assert c.objection(notice).status_code == 202
    assert "testclient" not in key


@pytest.mark.rule("E-08")
def test_a_late_objection_holds_nobody_but_is_kept_as_a_lead(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()
    sqlite_service.clock.advance(days=9)

    assert c.objection(notice).json()["timeliness"] == "LATE"
    found = c.discipline("GET", "/objections").json()["items"][0]
    assert found["blocking"] is False
    assert code(c.handle(c.discipline, found, action="ACCEPT")) == "OBJECTION_LATE"
    declined = c.handle(c.discipline, found, action="DECLINE", reason="逾期，转为线索").json()
    assert declined["stage"] == "NOT_ACCEPTED"
    finding = {
        "veto_code": "VETO_INACTION",
        "source": "逾期异议线索",
        "fact_on": "2026-03-01",
        "objection_id": found["id"],
    }
    url = f"/nominations/nom_{c.nominations[0].hex}/veto-findings"
    assert c.discipline("POST", url, json=finding).json()["stage"] == "ALLEGED"


@pytest.mark.rule("R-028")
def test_a_letter_counts_from_the_postmark_the_rule_names(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()
    sqlite_service.clock.advance(days=10)
    letter: dict[str, Any] = {"channel": "LETTER", "sent_on": "2026-07-08", "arrived_on": "2026-07-10"}
    with Session(sqlite_service.plant.engine) as session:
        rule = session.exec(text("SELECT rule_snapshot FROM notices")).scalar_one()  # type: ignore[call-overload]  # plain SQL

    objection = c.recorded(notice, **letter)

    expected = (
        "2026-07-08" if "SENT_POSTMARK" in rule else "2026-07-10" if "ARRIVAL" in rule else "2026-07-11"
    )
    assert objection["effective_on"] == expected
    assert objection["timeliness"] == ("IN_TIME" if expected == "2026-07-08" else "LATE")
    body = {"item_id": notice["items"][0]["id"], "content": "反映的情况，请予核查。谢谢。", **NAMED, **letter}
    backwards = c.discipline(
        "POST", "/objections", json=body | {"sent_on": "2026-07-11", "arrived_on": "2026-07-10"}
    )
    assert code(backwards) == "POSTMARK_IMPOSSIBLE"
    future = c.discipline("POST", "/objections", json=body | {"received_on": "2026-08-01"})
    assert code(future) == "RECEIVED_IN_FUTURE"


def test_a_withdrawn_notice_takes_no_objections_and_another_ones_item_is_not_found(
    sqlite_service: Service,
) -> None:
    c = case(sqlite_service)
    notice = c.published()
    withdrawn = c.move(c.approver, notice, action="WITHDRAW", reason="补正").json()

    assert code(c.objection(withdrawn)) == "NOTICE_CLOSED"
    other = c.published()
    assert code(c.objection(other | {"items": notice["items"]})) == "NOT_FOUND"


def test_an_objection_to_a_draft_is_refused(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    draft = c.draft()
    body = {
        "item_id": draft["items"][0]["id"],
        "channel": "PHONE",
        "content": "反映的情况，请予核查。谢谢。",
        **NAMED,
    }

    assert code(c.discipline("POST", "/objections", json=body)) == "NOTICE_NOT_PUBLISHED"


@pytest.mark.rule("R-028")
def test_not_upheld_releases_the_nominee_and_the_named_objector_is_answered(service: Service) -> None:
    c = case(service)
    objection = c.concluded(c.recorded(c.published()), "NOT_UPHELD")
    assert objection["blocking"] is False
    with Session(service.plant.engine) as session:
        assert session.exec(select(Objection)).one().released_at is not None

    assert code(c.handle(c.discipline, objection, action="CLOSE")) == "REPLY_MISSING"
    closed = c.through(objection, {"action": "REPLY", "reply": "经核查不属实。"}, {"action": "CLOSE"})
    again = c.through(closed, {"action": "REOPEN", "new_evidence": "新照片"})

    assert (closed["stage"], again["stage"], again["blocking"]) == ("CLOSED", "INVESTIGATING", True)


def test_time_is_given_once_more_and_counted_in_working_days(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    objection = c.through(
        c.recorded(c.published()),
        {"action": "ASSIGN", "handler_id": f"per_{c.discipline.person_id.hex}"},
        {"action": "ACCEPT"},
        {"action": "INVESTIGATE"},
    )
    longer = c.through(objection, {"action": "EXTEND", "reason": "取证"})

    assert (objection["due_on"], longer["due_on"]) == ("2026-07-15", "2026-07-29")
    assert code(c.handle(c.discipline, longer, action="EXTEND", reason="再延")) == "EXTENSION_USED"


@pytest.mark.rule("E-34", "R-046")
def test_the_handler_is_able_and_stands_outside_the_office_complained_of(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()
    plain, accusing = c.recorded(notice), c.recorded(notice, accuses_office=True)
    approver, reviewer = (f"per_{one.person_id.hex}" for one in (c.approver, c.drafter))
    nominee = sqlite_service.person(Role.DISCIPLINE_OFFICER, "ZJ", "both")
    with sqlite_service.system() as ctx:
        county = sqlite_service.organization("330106").id
        from app.db.tables.people import RoleGrant  # noqa: PLC0415  (one more appointment for this test)
        from app.services import audit  # noqa: PLC0415  (as above)

        ctx.session.add(
            RoleGrant(
                **audit.stamp(ctx),
                person_id=nominee.person_id,
                role=Role.WINDOW_FILER,
                organization_id=county,
            )
        )
        ctx.noted += 1

    assert code(c.handle(c.discipline, plain, action="ASSIGN", handler_id=reviewer)) == "HANDLER_NOT_ABLE"
    assert code(c.handle(c.discipline, accusing, action="ASSIGN", handler_id=approver)) == "RECUSAL"
    mine = f"per_{nominee.person_id.hex}"
    assert code(c.handle(c.discipline, plain, action="ASSIGN", handler_id=mine)) == "RECUSAL"
    assert c.handle(c.discipline, plain, action="ASSIGN", handler_id=approver).status_code == 200


def upheld(service: Service) -> tuple[Case, dict[str, Any]]:
    c = case(service)
    return c, c.concluded(c.recorded(c.published()), "UPHELD")


def test_a_dismissal_needs_the_level_above_and_another_person(sqlite_service: Service) -> None:
    c, objection = upheld(sqlite_service)
    url = f"/objections/{objection['id']}/dismissal-approvals"
    dismiss = {"action": "ACT", "act": "DISMISS", "reason": "情节轻微"}
    office = sqlite_service.person(Role.STEERING_OFFICE)

    assert code(c.handle(c.discipline, objection, **dismiss)) == "DISMISSAL_NOT_APPROVED"
    assert (
        code(c.approver("POST", url, json={"reason": "同意"}, version=objection["etag"]))
        == "PERMISSION_MISSING"
    )
    assert (
        code(c.discipline("POST", url, json={"reason": "同意"}, version=objection["etag"])) == "SAME_PERSON"
    )
    approved = office("POST", url, json={"reason": "同意"}, version=objection["etag"]).json()
    done = c.through(approved, dismiss)
    assert (done["stage"], done["blocking"]) == ("ACTED", False)
    assert c.stage() is Stage.AT_NOTICE
    assert code(office("POST", url, json={"reason": "同意"}, version=done["etag"])) == "NOTHING_TO_ACT_ON"


@pytest.mark.rule("E-09")
def test_correcting_one_nominee_takes_only_it_back(sqlite_service: Service) -> None:
    c, objection = upheld(sqlite_service)
    act = {"action": "ACT", "act": "CORRECT_AND_RENOTICE", "reason": "名称有误"}

    done = c.handle(sqlite_service.person(Role.STEERING_OFFICE), objection, **act)

    assert done.json()["stage"] == "ACTED"
    assert [c.stage(0), c.stage(1)] == [Stage.CLEARED, Stage.AT_NOTICE]


def test_a_rejection_is_carried_out_with_its_record(sqlite_service: Service) -> None:
    c, objection = upheld(sqlite_service)

    answer = c.handle(c.approver, objection, action="ACT", act="REJECT", reason="属实")

    assert answer.status_code == 200, answer.text
    assert [c.stage(0), c.stage(1)] == [Stage.REJECTED, Stage.AT_NOTICE]


def test_an_award_is_revoked_before_that_is_recorded_as_the_act(sqlite_service: Service) -> None:
    c, objection = upheld(sqlite_service)

    assert (
        code(c.handle(c.discipline, objection, action="ACT", act="REVOKE", reason="属实"))
        == "REVOCATION_FIRST"
    )


@pytest.mark.rule("R-019", "R-017")
def test_a_veto_out_of_an_objection_holds_then_ends_the_case(service: Service) -> None:
    c, objection = upheld(service)
    act = {"action": "ACT", "act": "VETO", "reason": "属实", "veto_code": "VETO_INACTION"}
    assert code(c.handle(c.discipline, objection, **act)) == "FACT_DATE_MISSING"
    unknown = act | {"veto_code": "VETO_OTHER", "fact_on": "2025-05-01"}
    assert code(c.handle(c.discipline, objection, **unknown)) == "VETO_UNKNOWN"
    c.through(objection, act | {"fact_on": "2025-05-01"})
    finding = c.discipline("GET", "/veto-findings").json()["items"][0]
    url = f"/veto-findings/{finding['id']}/transitions"

    verified = c.discipline("POST", url, json={"action": "VERIFY"}, version=finding["etag"]).json()
    confirm = {"action": "CONFIRM", "conclusion": "属实"}
    confirmed = c.discipline("POST", url, json=confirm, version=verified["etag"]).json()

    assert (finding["stage"], confirmed["stage"]) == ("ALLEGED", "CONFIRMED")
    assert [c.stage(0), c.stage(1)] == [Stage.VETOED, Stage.AT_NOTICE]
    assert code(c.approver("GET", f"/veto-findings/{finding['id']}")) == "NOT_FOUND"


def test_a_fact_outside_the_award_period_is_not_confirmed_but_dismissed(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    url = f"/nominations/nom_{c.nominations[0].hex}/veto-findings"
    body = {"veto_code": "VETO_INACTION", "source": "通报", "fact_on": "2019-03-01", "evidence": "通报第3号"}
    finding = c.discipline("POST", url, json=body).json()
    moves = f"/veto-findings/{finding['id']}/transitions"
    finding = c.discipline("POST", moves, json={"action": "VERIFY"}, version=finding["etag"]).json()

    confirm = {"action": "CONFIRM", "conclusion": "属实"}
    assert code(c.discipline("POST", moves, json=confirm, version=finding["etag"])) == "FACT_OUTSIDE_PERIOD"
    dismiss = {"action": "DISMISS", "conclusion": "不在评选期内"}
    assert c.discipline("POST", moves, json=dismiss, version=finding["etag"]).json()["stage"] == "DISMISSED"
    assert c.stage() is Stage.CLEARED
