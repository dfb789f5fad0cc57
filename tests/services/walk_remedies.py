"""What is done about each refusal on a walk, and what else happens to the cases of a campaign."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from app.db.tables.decisions import DecisionItem, Meeting
from app.db.tables.supervision import NoticeItem, Objection, VetoFinding
from app.domain.campaign import CampaignStage as Phase
from app.domain.ids import shown
from app.domain.nomination import Action, Stage
from tests.decision_cases import YES
from tests.flow_cases import Json
from tests.flow_steps import Moving, good
from tests.services.walk_desk import Hands, Walked
from tests.services.walk_model import ROWS, Attempt
from tests.services.walk_refusals import CODES
from tests.whole_campaign import BENCH, rank

PAST, AHEAD = datetime(2026, 6, 30, 16, tzinfo=UTC), datetime(2026, 12, 31, 16, tzinfo=UTC)
"""A filing deadline that is over before anything began, and one that no walk reaches."""
LAST_DAY = datetime(2026, 12, 1, tzinfo=UTC)  # a notice must not run into a year that is not loaded
_STANDING = col(DecisionItem.annulled_at).is_(None) & col(Meeting.confirmed_at).is_not(None)
_UNFOUNDED = {"result": "NOT_UPHELD", "finding": "已核查，反映情况不属实。"}


class Desk(Hands):
    """Everybody who may do something about a case, or to it."""

    # what to do about a refusal

    def remedy(self, walked: Walked, attempt: Attempt, against: Iterable[str]) -> None:
        """Do something about each code that there is something to be done about."""
        for code in sorted(against):
            if known := getattr(self, f"on_{code.lower()}", None):
                known(walked, attempt)

    def on_campaign_not_open(self, walked: Walked, attempt: Attempt) -> None:
        """The office moves the campaign on (set here: the campaign's own steps are tested elsewhere)."""
        says = CODES[ROWS[walked.case.stage, attempt.action].codes[0]]
        for phase in Phase:
            self.world.phase = phase
            if not says(self.world, walked.case, attempt):
                break
        self.found.flow.change(stage=self.world.phase)

    on_campaign_phase = on_campaign_not_open

    def on_campaign_suspended(self, *_: object) -> None:
        self.suspend("")

    def suspend(self, reason: str) -> None:
        self.found.flow.change(suspended_reason=reason)
        self.world.suspended = bool(reason)

    def on_objection_open(self, walked: Walked, _: Attempt) -> None:
        """Looked into by the discipline officer, and found to be nothing."""
        handler = {"handler_id": self._handler}
        steps: tuple[tuple[str, Json], ...] = (
            ("ASSIGN", handler),
            ("ACCEPT", {"has_leads": True}),
            ("INVESTIGATE", {}),
            ("CONCLUDE", _UNFOUNDED),
        )
        for key in self._rows(Objection, walked.moving):
            objection = good(self.discipline("GET", f"/objections/{shown('obj', key)}"))
            for action, body in steps:
                answer = self.moved(self.discipline, "objections", objection, action, **body)
                objection = answer.json() if answer.status_code == 200 else objection

    @property
    def _handler(self) -> str:
        return shown("per", self.discipline.person_id)

    def _rows(self, table: type[Objection | VetoFinding], one: Moving) -> list[UUID]:
        with self.found.service.system() as ctx:
            return list(ctx.session.exec(select(table.id).where(col(table.nomination_id) == one.key)).all())

    def on_veto_held(self, walked: Walked, _: Attempt) -> None:
        for key in self._rows(VetoFinding, walked.moving):
            finding = good(self.discipline("GET", f"/veto-findings/{shown('vet', key)}"))
            if finding["stage"] == "ALLEGED":
                finding = good(
                    self.moved(self.discipline, "veto-findings", finding, "VERIFY", evidence="已核查。")
                )
            if finding["stage"] == "UNDER_VERIFICATION":
                good(
                    self.moved(self.discipline, "veto-findings", finding, "DISMISS", conclusion="查无实据。")
                )

    def on_declaration_missing(self, walked: Walked, _: Attempt) -> None:
        good(walked.moving.declare())
        good(walked.moving.write())
        walked.case.declared = walked.case.written = True
        walked.case.prepared_by = "filer"

    def on_consultation_missing(self, walked: Walked, _: Attempt) -> None:
        case = walked.case
        if case.stage is Stage.SUBMITTED and case.level is case.levels[0]:
            walked.moving.hear()
            case.heard = True
            case.papers.append((case.level, self.world.now))

    def on_level_review_missing(self, walked: Walked, _: Attempt) -> None:
        one, case = walked.moving, walked.case
        if case.stage is not Stage.SUBMITTED or case.level not in case.levels:
            return
        url = f"{one.url}/level-reviews/{case.level}"
        given = one.officer(case.level)("GET", url)
        good(one.review(case.level, version=given.headers["etag"] if given.status_code == 200 else 0))
        case.reviews[case.level] = self.world.now
        case.papers.append((case.level, self.world.now))

    def on_form_incomplete(self, walked: Walked, _: Attempt) -> None:
        good(walked.moving.fill(walked.moving.officer(walked.case.organising)))
        walked.case.form_by = "city"

    def on_seal_missing(self, walked: Walked, _: Attempt) -> None:
        """From the lowest level up, as each seals what the one below has sealed."""
        for level in walked.case.levels:
            if level not in walked.case.seals:
                good(walked.moving.seal(level))
                walked.case.seals.add(level)

    def on_rank_missing(self, walked: Walked, _: Attempt) -> None:
        rank(self.found.flow, walked.moving)

    def on_notice_still_running(self, *_: object) -> None:
        self.pass_time(9)

    def pass_time(self, days: int) -> None:
        if self.world.now + timedelta(days=days) < LAST_DAY:
            self.found.service.clock.advance(days=days)
            self.world.now += timedelta(days=days)

    def on_deadline_passed(self, walked: Walked, attempt: Attempt) -> None:
        if attempt.action is Action.RESUBMIT:
            self.accept_late(walked)
        else:
            self.deadline(AHEAD)

    def deadline(self, ends: datetime) -> None:
        self.found.flow.change(materials_end_at=ends)
        self.world.deadline = ends

    def accept_late(self, walked: Walked) -> None:
        if walked.case.bucket not in self.world.late:
            self.found.flow.late(walked.moving.organising, date(2026, 12, 30))
            self.world.late.add(walked.case.bucket)

    def on_scores_missing(self, walked: Walked, _: Attempt) -> None:
        """Three of the bench are given the case and submit a full sheet."""
        if walked.case.stage is not Stage.UNDER_EVALUATION or self.world.suspended:
            return
        evaluation, one = self.found.evaluation, walked.moving.id
        for name in BENCH[:3]:
            evaluation.given(one, name)
            evaluation.scored(one, name)
        walked.case.sheets = 3

    def on_host_notice_off(self, *_: object) -> None:
        self.switch(on=True)

    def switch(self, *, on: bool) -> None:
        """The rules ask for the host's own notice, or no longer do."""
        self.found.flow.rules(notice={"host_notice_for_all": on})
        self.world.host_notice = on

    def on_notice_not_published(self, walked: Walked, _: Attempt) -> None:
        """The second body may decide on what was reviewed where the rules ask for no notice of the host."""
        if walked.case.stage is Stage.REVIEWED:
            self.switch(on=False)

    def on_undo_by_decision(self, walked: Walked, _: Attempt) -> None:
        """A later meeting of the same body annuls the decision, which takes the step back."""
        with self.found.service.system() as ctx:
            statement = select(DecisionItem.id, Meeting.turn).join(
                Meeting, col(DecisionItem.meeting_id) == col(Meeting.id)
            )
            statement = statement.where(col(DecisionItem.nomination_id) == walked.moving.key, _STANDING)
            item, turn = ctx.session.exec(statement.order_by(col(Meeting.confirmed_at).desc())).all()[0]
        d = self.found.before_the_bodies([walked.moving])
        items = [{"item_id": shown("dit", item), **YES, "reason": "决定有误。"}]
        drafted = d.drafted("ANNULMENT", items, turn=turn, held_on=self.today.isoformat())
        recorded = good(self.moved(d.office, "meetings", good(drafted), "RECORD"))
        confirmed = self.moved(d.second, "meetings", recorded, "CONFIRM")
        if confirmed.status_code != 200:
            good(self.moved(d.office, "meetings", recorded, "CANCEL", reason="会议改期。"))

    def on_undo_by_notice(self, walked: Walked, _: Attempt) -> None:
        """The nominee is taken out of its notice, which takes the step back; not once the notice has run."""
        one = walked.moving
        item, notice = self.listed(one)
        by_host = walked.case.stage is Stage.AT_HOST_NOTICE or walked.case.unit
        who = self.found.flow.office if by_host else one.approver
        seen = good(who("GET", f"/notices/{notice}"))
        self.moved(who, "notices", seen, "REMOVE_ITEM", item_id=item, reason="单位申请撤回。")

    # what else happens

    def objected(self, walked: Walked) -> None:
        """Somebody telephones while the notice runs."""
        body = {
            "item_id": self.listed(walked.moving)[0],
            "identity_kind": "ANONYMOUS",
            "has_leads": True,
            "channel": "PHONE",
            "content": "该窗口申报的群众满意率与实际不符。",
        }
        good(self.discipline("POST", "/objections", json=body))

    def listed(self, one: Moving) -> tuple[str, str]:
        """The item in effect of the notice at which the case stands, and the notice."""
        with self.found.service.system() as ctx:
            statement = select(NoticeItem.id, NoticeItem.notice_id).where(
                col(NoticeItem.effective_nomination_id) == one.key
            )
            item, notice = ctx.session.exec(statement.order_by(col(NoticeItem.id).desc())).all()[0]
        return shown("nti", item), shown("ntc", notice)

    def draft(self, sponsor: str) -> Moving:
        return self.found.flow.nomination(sponsor)
