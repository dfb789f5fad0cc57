"""A publicity notice as it is posted on paper: what the public page says, in the dress of an official paper (R-028, R-032)."""

from collections.abc import Sequence
from uuid import UUID

from app.db import notices as rows
from app.db.notices import ItemRow
from app.db.tables.places import Organization
from app.db.tables.supervision import PublicNotice
from app.documents import typeset, word
from app.documents.data import Labelled, Notice, NoticeLine
from app.domain.errors import Refusal
from app.domain.notice import NoticeStage
from app.services import campaigns, public
from app.services.context import Ctx
from app.services.documents import DRAFT, Finished, finished, written_day

_POSTED = (NoticeStage.PUBLISHED, NoticeStage.CONCLUDED)
_MARKS = {
    NoticeStage.DRAFT: DRAFT,
    NoticeStage.REVIEWED: DRAFT,
    NoticeStage.SUPERSEDED: "已更正",
    NoticeStage.WITHDRAWN: "已撤回",
    NoticeStage.CANCELLED: "已取消",
}
_HOW = "公示期内对公示对象有异议的，可向受理单位提出。个人请署真实姓名和联系方式，单位请加盖公章；匿名反映须有具体线索。反映情况应当客观真实。"


def notice(ctx: Ctx, notice_id: UUID, form: str = "pdf") -> Finished:
    """The notice for its officers, a draft marked as one. Needs `notice:read`."""
    found = ctx.session.get(PublicNotice, notice_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    ctx.actor.require("notice:read", found.issuer_path, found.campaign_id)
    return _made(ctx, found, form)


def public_notice(ctx: Ctx, notice_id: UUID) -> Finished:
    """The notice for everybody, as long as its page is there: refuses `NOT_FOUND`, `NOTICE_WITHDRAWN` as that does."""
    public.notice(ctx, notice_id)
    return _made(ctx, ctx.session.get_one(PublicNotice, notice_id), "pdf")


def _made(ctx: Ctx, found: PublicNotice, form: str) -> Finished:
    said = gathered(ctx, found, rows.items(ctx.session, found.id))
    maker = typeset.notice if form == "pdf" else word.notice
    return finished("公示", found.code or found.title, form, maker(said, found.updated_at))


def gathered(ctx: Ctx, found: PublicNotice, items: Sequence[ItemRow]) -> Notice:
    """What the paper says; names are those of the day of the notice (I-17)."""
    campaign = campaigns.campaign_of(ctx, found.campaign_id)
    issuer = ctx.session.get_one(Organization, found.issuer_org_id)
    return Notice(
        title=found.title,
        code=found.code or "",
        paragraphs=[text for text in (_basis(found.basis), found.body) if text],
        lines=[_line(one) for one in items if one.item.removed_at is None],
        period=f"{_period(found)}\n{_HOW}",
        contact=[Labelled(label, text) for label, text in _contact(found) if text],
        issuer=issuer.name,
        on=written_day(found.publish_on),
        sample=not campaign.livemode,
        mark=_MARKS.get(found.stage, ""),
    )


def _basis(text: str) -> str:
    """The basis as a sentence: a bare number of a paper is introduced."""
    return text if text.startswith(("根据", "依据", "按照", "为")) or not text else f"公示依据：{text}。"


def _line(row: ItemRow) -> NoticeLine:
    said = {name: str(row.item.snapshot.get(name, "")) for name in ("window_name", "sponsor", "city")}
    kind, merits = (str(row.item.snapshot.get(name, "")) for name in ("window_type", "merits"))
    return NoticeLine(said["window_name"], said["sponsor"], said["city"], kind, merits)


def _period(found: PublicNotice) -> str:
    if found.publish_on is None or found.last_day is None:
        return "公示期限：自发布之日起计算。"
    return f"公示时间：{written_day(found.publish_on)}起，至{written_day(found.last_day)}24时止。"


def _contact(found: PublicNotice) -> list[tuple[str, str]]:
    return [
        ("受理单位", found.contact_office),
        ("电　　话", found.contact_phone),
        ("电子邮箱", found.contact_email),
        ("通信地址", found.contact_address),
        ("邮政编码", found.contact_postcode),
        ("接待时间", found.reception_hours),
    ]
