"""What anybody may read of a whole campaign, and what none of it says, however it is asked (I-19, D13)."""

import re
from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from app.db.tables.campaigns import LocalBody
from app.db.tables.materials import ApprovalForm
from app.db.tables.people import Person
from app.domain.ids import shown
from tests.campaign_cases import opened
from tests.evaluation_cases import Evaluation
from tests.flow_steps import HEARD
from tests.plugins.service import Service
from tests.services.test_invariants import objected
from tests.whole_campaign import BENCH, Whole

LISTS = ("/api/v1/public/campaigns", "/api/v1/public/notices", "/api/v1/public/awards")
PAGES = ("/public", "/public/awards")
ADDRESS = re.compile(r"/public/(?:campaigns|notices|awards)/[a-z]{3}_[0-9a-f]{32}(?=[\"'?#<])")


@pytest.mark.rule("I-19", "D13")
def test_nothing_that_anybody_reads_names_a_person_an_objector_a_reviewer_or_an_opinion(
    campaign: Whole,
) -> None:
    objected(campaign)
    restricted = set(_restricted(campaign))

    read = dict(_everything_public(campaign.service))

    kinds = {re.sub(r"[a-z]{3}_[0-9a-f]{32}", "…", url) for url in read}
    assert {"/api/v1/public/campaigns/…", "/api/v1/public/notices/…", "/api/v1/public/awards/…"} <= kinds
    assert {"/public/campaigns/…", "/public/notices/…", "/public/awards/…"} <= kinds
    assert any("社会保险服务大厅" in text for text in read.values())
    assert {"秦香莲", "王珏", "0571-85119999", HEARD, *BENCH} <= restricted
    assert {(url, secret) for url, text in read.items() for secret in restricted if secret in text} == set()


@pytest.mark.rule("R-005")
def test_the_public_page_of_a_campaign_says_what_it_is_for(sqlite_service: Service) -> None:
    url = f"/public/campaigns/{opened(sqlite_service)}"

    page = sqlite_service.client.get(url)

    assert page.status_code == 200
    assert "树立一批优质服务示范窗口" in page.text
    assert "树立一批优质服务示范窗口" in sqlite_service.client.get(f"/api/v1{url}").json()["purpose"]


def _restricted(found: Whole) -> Iterator[str]:
    """Names, telephones, opinions and whatever else only those see who work on it."""
    yield from ("秦香莲", "0571-85119999", HEARD)
    evaluation: Evaluation = found.evaluation
    yield from evaluation.reviewers
    with Session(found.service.plant.engine) as session:
        for body in session.exec(select(LocalBody)).all():
            yield body.head_name
        for person in session.exec(select(Person)).all():
            yield from (person.name, shown("per", person.id))
        for form in session.exec(select(ApprovalForm)).all():
            yield from (str(form.data[name]["signer"]) for name in form.data if "opinion" in name)


def _everything_public(service: Service) -> Iterator[tuple[str, str]]:
    """Every list and page without a token, and everything that they lead to."""
    ahead, seen = [*LISTS, *PAGES], set[str]()
    while ahead:
        url = ahead.pop()
        if url in seen:
            continue
        seen.add(url)
        answer = service.client.get(url)
        assert answer.status_code == 200, f"{url}: {answer.text}"
        yield url, answer.text
        if url in LISTS:
            ahead += [f"{url}/{one['id']}" for one in answer.json()["items"]]
        else:
            ahead += ADDRESS.findall(answer.text)
