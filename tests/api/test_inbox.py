"""What waits for the caller, over JSON."""

from app.domain.nomination import Stage
from tests.flow_cases import HANGZHOU, flow
from tests.plugins.service import Service
from tests.supervision_cases import case


def test_the_inbox_lists_what_the_callers_unit_has_with_the_step_it_waits_for(service: Service) -> None:
    f = flow(service)
    draft, submitted = f.draft(), f.at(Stage.SUBMITTED)

    mine = f.filer()("GET", "/inbox").json()["items"]
    countys = f.officer()("GET", "/inbox").json()["items"]

    assert [(one["kind"], one["id"], one["next"]) for one in mine] == [("NOMINATION", draft["id"], "SUBMIT")]
    assert mine[0]["due_on"] == "2026-09-30T16:00:00+00:00"
    assert ("NOMINATION", submitted.id, "ENDORSE") in [
        (one["kind"], one["id"], one["next"]) for one in countys
    ]
    assert f.approver()("GET", "/inbox").json()["items"] == []


def test_it_names_notices_objections_findings_and_reports_owed(sqlite_service: Service) -> None:
    c = case(sqlite_service, 1)
    notice = c.published()
    objection = c.recorded(notice)
    veto = {"veto_code": "VETO_INACTION", "source": "通报", "fact_on": "2026-03-01"}
    url = f"/nominations/nom_{c.nominations[0].hex}/veto-findings"
    finding = c.discipline("POST", url, json=veto)
    assert finding.status_code == 201, finding.text

    desk = [(one["kind"], one["id"]) for one in c.discipline("GET", "/inbox").json()["items"]]
    city = [(one["kind"], one["id"]) for one in c.approver("GET", "/inbox").json()["items"]]

    assert desk == [("OBJECTION", objection["id"]), ("VETO_FINDING", finding.json()["id"])]
    assert ("NOTICE", notice["id"]) in city
    assert sqlite_service.client.get("/api/v1/inbox").status_code == 401
    assert HANGZHOU not in str(desk)
