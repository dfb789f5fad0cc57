"""November: form, write-up, video, seals and copies of the ten; then they are reported, and the ministry answers (R-037 to R-043)."""

from datetime import date
from typing import Any

from app.domain.levels import Level
from app.rehearse import desk
from app.rehearse.acts import ministry
from app.rehearse.chamber import case_of
from app.rehearse.ledger import RehearsalError
from app.rehearse.province import Case, Province
from app.rehearse.texts import write_up
from app.rehearse.world import Json, Player

REPORT_DAY, ANSWER_DAY = date(2026, 11, 10), date(2027, 2, 1)
CHECKS = ["TRUTHFUL", "ACCURATE", "CONCISE"]
WHOLE = [{"criterion": f"C{n + 1}", "start_s": n * 120, "end_s": (n + 1) * 120} for n in range(5)]
DOCUMENT = "浙劳社〔2026〕88号"
_COPIES = {"MINISTRY_WRITEUP": 5, "DISC": 2}


def report(province: Province) -> None:
    """Each of the ten is refused until nothing is owed, then reported: two, two and six (R-013 to R-015, R-033)."""
    province.world.at(REPORT_DAY)
    for number, one in enumerate(ministry.listed(province)):
        dossier = Dossier(province, one["id"], case_of(province, one["nomination_id"]))
        dossier.complete(tried=number == 0)
        dossier.step("REPORT", document_no=DOCUMENT)
    reported = [one for one in ministry.listed(province) if one["stage"] == "REPORTED"]
    counted = ministry.by_group(province, reported)
    if counted != {**ministry.OWN_PLACES, ministry.POOL: ministry.POOL_PLACES}:
        raise RehearsalError(f"R-014, R-015: {counted} were reported")
    province.world.ledger.fact("reported to the ministry", "/".join(str(count) for count in counted.values()))


def answered(province: Province) -> None:
    """Next year the ministry commends all but one; the host's own award stands either way (G-16)."""
    province.world.at(ANSWER_DAY)
    waiting = [one for one in ministry.listed(province) if one["stage"] == "REPORTED"]
    for number, one in enumerate(waiting):
        dossier = Dossier(province, one["id"], case_of(province, one["nomination_id"]))
        said = {"document_no": "劳社部发〔2027〕3号", "result_on": province.world.today.isoformat()}
        dossier.step("RECORD_RESULT", result="COMMENDED" if number else "NOT_COMMENDED", **said)
    stages = {
        desk.shown(province.office, case_of(province, one["nomination_id"]))["stage"] for one in waiting
    }
    if stages != {"AWARDED"}:
        raise RehearsalError(f"G-16: what the ministry says left awards {stages}")


class Dossier:
    """What goes to the ministry with one window, each part by who has it to do."""

    def __init__(self, province: Province, key: str, case: Case) -> None:
        self.province, self.case, self.url = province, case, f"/ministry-recommendations/{key}"
        self.clerk, self.checker = province.clerk(case.sponsor), province.approver(case.city)

    def complete(self, *, tried: bool) -> None:
        """Part after part; where it is `tried`, each is first shown to be owed."""
        self._form(tried)
        self._text(tried)
        self._video(tried)
        self._seals(tried)
        self._copies(tried)

    def step(self, action: str, **body: Any) -> Json:  # noqa: ANN401  (the act's own fields)
        """The office takes a step of the recommendation as it stands."""
        office = self.province.office
        return office.step(office.get(self.url), self.url, action, **body)

    def _owed(self, rule: str, code: str) -> None:
        office = self.province.office
        office.step_refused(rule, code, office.get(self.url), self.url, "REPORT", document_no=DOCUMENT)

    def _put(self, who: Player, part: str, body: Json) -> None:
        who.put(f"{self.url}/{part}", body, who.get(self.url)["etag"])

    def _form(self, tried: bool) -> None:
        """The unit fills in the facts, each level adds its own opinion and nobody another's (R-037)."""
        url = f"{self.case.url}/form?form=NATIONAL"
        form = self.clerk.get(f"{self.case.url}/form", form="NATIONAL")
        values = desk.values(self.province, self.case, form)
        opinions = {key: values.pop(key) for key in ("county_opinion", "city_opinion") if key in values}
        if tried:
            self._owed("R-037", "FORM_INCOMPLETE")
            self.clerk.refused(
                "R-040", "NOT_YOUR_LEVEL", "PUT", url, {"data": values | opinions}, form["etag"]
            )
        form = self.clerk.put(url, {"data": values}, form["etag"])
        levels = {"county_opinion": Level.COUNTY, "city_opinion": Level.MUNICIPAL}
        for key, opinion in opinions.items():
            values[key] = opinion
            unit = desk.departments(self.province, self.case)[levels[key]]
            form = self.province.officer(unit).put(url, {"data": values}, form["etag"])

    def _text(self, tried: bool) -> None:
        """About 4000 characters, and a named person who did not write it answers for their quality (R-039, I-13)."""
        if tried:
            self._owed("R-038", "WRITEUP_LENGTH")
            self._put(self.clerk, "write-up", {"body": write_up(2000)})
            self._owed("R-039", "WRITEUP_LENGTH")
        self._put(self.clerk, "write-up", {"body": write_up()})
        if tried:
            self._owed("R-039", "QUALITY_UNCHECKED")
        self._put(self.checker, "quality-check", {"checks": CHECKS})

    def _video(self, tried: bool) -> None:
        """About ten minutes, and each of the five aspects in it (R-041, R-042, E-37)."""
        if tried:
            self._owed("R-041", "VIDEO_DURATION")
            self._put(self.clerk, "video", {"duration_s": 598, "segments": WHOLE[:4]})
            self._owed("E-37", "VIDEO_ASPECT_MISSING")
            version = self.clerk.get(self.url)["etag"]
            beyond = {"duration_s": 500, "segments": WHOLE}
            self.clerk.refused("R-042", "SEGMENT_RANGE", "PUT", f"{self.url}/video", beyond, version)
        self._put(self.clerk, "video", {"duration_s": 600, "segments": WHOLE})

    def _seals(self, tried: bool) -> None:
        """From the lowest level up to the department itself (R-040)."""
        province, case = self.province, self.case
        levels = desk.departments(province, case) | {province.level(province.host): province.host}
        if tried:
            self._owed("R-040", "SEAL_MISSING")
            host = province.level(province.host)
            url = f"{case.url}/seals/{host.value}?form=NATIONAL"
            stamp = desk.stamp(province, province.host)
            province.office.refused("R-040", "SEAL_MISSING", "PUT", url, stamp, '"0"')
        for level, code in levels.items():
            who = province.officer(code) if code != province.host else province.office
            who.put(f"{case.url}/seals/{level.value}?form=NATIONAL", desk.stamp(province, code), '"0"')

    def _copies(self, tried: bool) -> None:
        """Five on paper and two discs, counted by the office (R-043)."""
        if tried:
            self._owed("R-043", "COPIES_MISSING")
        today = self.province.world.today.isoformat()
        counted = {"received_on": today, "received_by": "周敏", "complete": True}
        for kind, copies in _COPIES.items():
            url = f"{self.case.url}/receipts/{kind}"
            if tried:
                short = counted | {"copies": copies - 1}
                self.province.office.refused("R-043", "COPIES_MISSING", "PUT", url, short, '"0"')
            self.province.office.put(url, counted | {"copies": copies}, '"0"')
