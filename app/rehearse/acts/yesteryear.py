"""The year before, for the sample installation: as many candidates as places, and nothing goes wrong on the way."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from app.rehearse.acts import contacts, evaluation, ministry, windows
from app.rehearse.acts.course import Course
from app.rehearse.acts.material import Dossier
from app.rehearse.acts.opening import PAPERS, PLACES, plan
from app.rehearse.chamber import case_of, party_group, steering_group, vote
from app.rehearse.province import HOST, UNIT_BUCKET, Province
from app.rehearse.world import Json, World

BEGINS = datetime(2025, 5, 27, tzinfo=UTC)
OPENS, SUBMITTED, NOTICED, FILED = date(2025, 6, 3), date(2025, 7, 7), date(2025, 9, 8), date(2025, 9, 22)
CLOSED, REVIEWED, DETERMINED = date(2025, 10, 9), date(2025, 10, 20), date(2025, 10, 22)
CHOSEN, DECIDED, AWARDED, ANSWERED = (
    date(2025, 10, 27),
    date(2025, 11, 10),
    date(2025, 12, 26),
    date(2026, 2, 2),
)
DATES: Json = {
    "award_period_start_year": 2023,
    "award_period_end_year": 2025,
    "planned_award_on": AWARDED.isoformat(),
    "contacts_due_on": "2025-06-20",
    "materials_due_on": "2025-09-30",
    "ministry_due_on": "2025-11-28",
}
BODY = {
    "code": "windows-2025",
    "pack_code": "provincial-windows",
    "title": "2025年度全省劳动保障系统优质服务窗口评选表彰",
}
EVENT = {
    "title": "2025年度优质服务窗口表彰会",
    "merged_with": "2025年全省劳动保障工作会议",
    "held_on": AWARDED.isoformat(),
    "place": "杭州",
}


def play(world: World) -> None:
    """All of it, act by act."""
    with world.ledger.act("last year: the campaign opens"):
        course = opened(world)
    for name, act in ACTS:
        with world.ledger.act(name):
            act(course)
            world.tick()


def opened(world: World) -> Course:
    """Its papers, dates and allocation; the contacts of every city."""
    province = Province(world, places=dict(PLACES))
    course = Course(province, 4000, evaluation.ITEMS, evaluation.BENCH)
    world.at(OPENS)
    names = ("kind", "title", "document_no", "issuer")
    papers = [dict(zip(names, paper, strict=True)) | {"issued_on": "2025-05-20"} for paper in PAPERS]
    for paper in papers:
        paper["document_no"] = paper["document_no"].replace("2026", "2025")
    course.created(BODY | {"host_organization_id": world.org(HOST)})
    course.configured(papers, DATES, plan(province, PLACES))
    for city in province.cities():
        contacts.report(province, city)
    return course


def put_forward(course: Course) -> None:
    """One candidate for each place."""
    province = course.province
    province.world.at(SUBMITTED)
    windows.cast(province, surplus=0, first=3)
    for case in province.cases:
        course.put_forward(case)
        course.cleared(case)


def filed(course: Course) -> None:
    """Made public by each unit, and filed when the notices have run."""
    province = course.province
    units = [*province.cities(), HOST]
    province.world.at(NOTICED)
    for city in units:
        course.noticed(city)
    province.world.at(FILED)
    for city in units:
        course.filed(city, city if city != HOST else UNIT_BUCKET)


def scored(course: Course) -> None:
    """Checked, distributed, scored, ranked."""
    course.province.world.at(CLOSED)
    course.accepted()
    course.assigned(REVIEWED)
    course.scored()


def decided(course: Course) -> None:
    """Both bodies approve every candidate."""
    province = course.province
    for day, body, purpose in (
        (REVIEWED, steering_group(province), "REVIEW"),
        (DETERMINED, party_group(province), "DETERMINATION"),
    ):
        province.world.at(day)
        body.step(body.decide(purpose, [vote(case.id) for case in province.cases], 1), "ANNOUNCE")


def reported(course: Course) -> None:
    """Two, two and six go on to the ministry."""
    province, office = course.province, course.province.office
    province.world.at(CHOSEN)
    body = steering_group(province)
    groups = body.agenda("FIRST", "MINISTRY")
    for group in groups:
        best = [item["nomination_id"] for item in group["items"]][: group["places"]]
        if group["group"] == ministry.POOL:
            body.decide("MINISTRY_CANDIDATES", [vote(key) for key in best], 2)
        elif group["group"] in ministry.OWN_PLACES:
            for key in best:
                office.post(f"{province.url}/ministry-recommendations", {"nomination_id": key})
    found = ministry.listed(province)
    for one in found:
        ministry.visited(province, one)
    cases = [case_of(province, one["nomination_id"]) for one in found]
    notice = office.post(f"{province.url}/notices", ministry.notice_text(cases))
    for action in ("REVIEW", "PUBLISH"):
        notice = province.second.step(notice, f"/notices/{notice['id']}", action)
    province.world.at(DECIDED)
    party_group(province).decide("MINISTRY_RECOMMENDATION", [vote(case.id) for case in cases], 2)
    for one, case in zip(found, cases, strict=True):
        dossier = Dossier(province, one["id"], case)
        dossier.complete(tried=False)
        dossier.step("REPORT", document_no="浙劳社〔2025〕88号")


def commended(course: Course) -> None:
    """At the work conference; the ministry answers in the new year, and the file is closed."""
    province, office = course.province, course.province.office
    province.world.at(AWARDED, hour=15)
    office.put(f"{province.url}/award-event", EVENT, '"0"')
    province.step("FINISH")
    office.post(f"{province.url}/conferrals", {})
    province.world.at(ANSWERED)
    for number, one in enumerate(ministry.listed(province)):
        dossier = Dossier(province, one["id"], case_of(province, one["nomination_id"]))
        said = {"document_no": "劳社部发〔2026〕3号", "result_on": "2026-01-28"}
        dossier.step("RECORD_RESULT", result="COMMENDED" if number else "NOT_COMMENDED", **said)
    province.step("ARCHIVE")


ACTS: tuple[tuple[str, Callable[[Course], None]], ...] = (
    ("last year: windows are put forward", put_forward),
    ("last year: made public and filed", filed),
    ("last year: scored and ranked", scored),
    ("last year: both bodies decide", decided),
    ("last year: ten go to the ministry", reported),
    ("last year: 34 are commended", commended),
)
