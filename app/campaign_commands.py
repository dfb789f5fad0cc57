"""`python -m app campaign …`: an office sets a campaign up at the command line, over the services of page and API.

Whoever acts signs in with account and password: nothing may be done here that the person may not do on a page,
and two persons stay two.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.commands import configured, leave
from app.db.tables.campaigns import Campaign, DocumentKind
from app.domain.campaign import CampaignAction
from app.domain.errors import Refusal
from app.main import create_app
from app.packs import loading
from app.services import (
    calendar_years,
    campaign_setup,
    campaign_steps,
    campaigns,
    organizations,
    quotas,
    sign_in,
)
from app.services.context import Ctx
from app.services.exports import archive
from app.services.inputs.calendars import YearImport
from app.services.inputs.campaigns import (
    CampaignAct,
    CampaignClone,
    CampaignCreate,
    CampaignEdit,
    CampaignImport,
    DocumentRecord,
    RulesEdit,
)
from app.services.inputs.faults import checked
from app.services.inputs.quotas import PlanAct, PlanFile, PlanSample
from app.services.inputs.sign_in import SignIn
from app.services.quota_facts import OPEN
from app.services.running import acting_as_system

cli = typer.Typer(help="评选活动的筹备 / Set up a campaign", no_args_is_help=True)

Code = Annotated[str, typer.Argument(help="Code of the campaign.")]
Host = Annotated[str, typer.Option(help="Code of the host organisation.")]
Parent = Annotated[str, typer.Option(help="Code of the campaign it is held beside.")]
Title = Annotated[str, typer.Option(help="Title; the rules' unless said.")]


@cli.callback()
def who(
    context: typer.Context,
    user: Annotated[str, typer.Option("--user", "-u", help="Your account; asked for unless said.")] = "",
    password_file: Annotated[
        Path | None, typer.Option(help="A file with your password; asked for unless said.", exists=True)
    ] = None,
) -> None:
    """Who acts; the account's own appointments decide what may be done."""
    context.obj = (user, password_file)


@cli.command("list")
def list_campaigns(context: typer.Context) -> None:
    """Every campaign, newest first."""
    with _office(context) as ctx:
        for one in campaigns.listed(ctx, limit=200):
            typer.echo(f"{one.code}\t{one.stage.value}\t{one.title}")


@cli.command()
def show(context: typer.Context, code: Code) -> None:
    """One campaign, and what its next steps still want."""
    with _office(context) as ctx:
        _say(ctx, campaigns.coded(ctx, code))


@cli.command()
def create(
    context: typer.Context,
    code: Code,
    pack: Annotated[str, typer.Option(help="Name of the pack.")] = "provincial-windows",
    host: Host = "ZJ",
    parent: Parent = "",
    title: Title = "",
) -> None:
    """Make a campaign from a pack."""
    with _office(context) as ctx:
        given = _given(ctx, code=code, host=host, parent=parent, title=title)
        _say(ctx, campaigns.create(ctx, checked(CampaignCreate, given | {"pack_code": pack})))


@cli.command("import")
def import_rules(
    context: typer.Context,
    code: Code,
    file: Annotated[Path, typer.Argument(help="The rules in TOML.", exists=True, dir_okay=False)],
    host: Host = "ZJ",
    parent: Parent = "",
    title: Title = "",
) -> None:
    """Make a campaign from rules of one's own."""
    with _office(context) as ctx:
        given = _given(ctx, code=code, host=host, parent=parent, title=title)
        _say(ctx, campaigns.imported(ctx, checked(CampaignImport, given | {"toml": _text(file)})))


@cli.command()
def clone(
    context: typer.Context,
    code: Code,
    new_code: Annotated[str, typer.Argument(help="Code of the new campaign.")],
    parent: Parent = "",
    title: Title = "",
) -> None:
    """The next edition of a campaign."""
    with _office(context) as ctx:
        given = _given(ctx, code=new_code, host="", parent=parent, title=title)
        _say(ctx, campaigns.clone(ctx, campaigns.coded(ctx, code).id, checked(CampaignClone, given)))


@cli.command()
def edit(
    context: typer.Context,
    code: Code,
    changes: Annotated[list[str], typer.Argument(help="name=value, such as materials_due_on=2026-09-30")],
) -> None:
    """Change titles, period and days until the campaign is opened."""
    given = dict(change.partition("=")[::2] for change in changes)
    with _office(context) as ctx:
        _say(ctx, campaigns.edit(ctx, campaigns.coded(ctx, code).id, checked(CampaignEdit, given), None))


@cli.command()
def paper(
    context: typer.Context,
    code: Code,
    kind: DocumentKind,
    *,
    title: Annotated[str, typer.Argument(help="Title of the paper.")],
    number: Annotated[str, typer.Argument(help="Its number.")],
    issuer: Annotated[str, typer.Argument(help="Who issued it.")],
    issued_on: Annotated[str, typer.Argument(help="Date of issue, 2026-05-20.")],
) -> None:
    """Record a paper the campaign stands on."""
    given = {"kind": kind, "title": title, "document_no": number, "issuer": issuer, "issued_on": issued_on}
    with _office(context) as ctx:
        campaign = campaigns.coded(ctx, code)
        campaign_setup.record_document(ctx, campaign.id, checked(DocumentRecord, given))
        _say(ctx, campaign)


@cli.command()
def rules(
    context: typer.Context,
    code: Code,
    file: Annotated[Path | None, typer.Option(help="Rules to put in their place.", exists=True)] = None,
    reason: Annotated[str, typer.Option(help="Why, once they are frozen.")] = "",
) -> None:
    """Print a campaign's rules as TOML, or replace them."""
    with _office(context) as ctx:
        campaign = campaigns.coded(ctx, code)
        if file is None:
            typer.echo(loading.as_toml(campaigns.rules_of(ctx, campaign)))
            return
        body = checked(RulesEdit, {"toml": _text(file), "reason": reason or None})
        _say(ctx, campaign_setup.set_rules(ctx, campaign.id, body, None))


@cli.command()
def plan(
    context: typer.Context,
    code: Code,
    file: Annotated[
        Path | None, typer.Option(help="XLSX or CSV; the sample unless said.", exists=True)
    ] = None,
    note: Annotated[str, typer.Option(help="Where the numbers come from.")] = "",
    decision: Annotated[str, typer.Option(help="The decision that amends a confirmed plan.")] = "",
) -> None:
    """Take in an allocation of places, which a second person confirms."""
    with _office(context) as ctx:
        campaign = campaigns.coded(ctx, code)
        if file is None:
            made = quotas.sample(ctx, campaign.id, checked(PlanSample, {"decision_ref": decision}))
        else:
            body = checked(PlanFile, {"source_note": note, "decision_ref": decision})
            made = quotas.imported(ctx, campaign.id, file.read_bytes(), body)
        typer.echo(f"{campaign.code}\tplan {made.version}\t{made.status.value}")


@cli.command()
def confirm(context: typer.Context, code: Code) -> None:
    """Confirm the newest allocation of places as the second person."""
    with _office(context) as ctx:
        campaign = campaigns.coded(ctx, code)
        newest = next((one for one in quotas.listed(ctx, campaign.id) if one.status in OPEN), None)
        if newest is None:
            raise Refusal("NOT_FOUND")
        done = quotas.act(ctx, newest.id, PlanAct(action="CONFIRM"), newest.row_version)
        typer.echo(f"{campaign.code}\tplan {done.version}\t{done.status.value}")


@cli.command()
def step(
    context: typer.Context,
    code: Code,
    action: CampaignAction,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Take a campaign's next step."""
    with _office(context) as ctx:
        body = checked(CampaignAct, {"action": action.value, "reason": reason or None})
        campaign = campaigns.coded(ctx, code)
        _say(ctx, campaign_steps.act(ctx, campaign.id, body, campaign.row_version))


@cli.command()
def export(
    context: typer.Context,
    code: Code,
    file: Annotated[Path, typer.Argument(help="Where the ZIP goes.", dir_okay=False)],
    files: Annotated[bool, typer.Option(help="With the files of the cases.")] = True,
) -> None:
    """The whole campaign as one ZIP: lists, rules, notices, files of cases, audit range, dictionary, manifest."""
    with _office(context) as ctx:
        made = archive.made(ctx, campaigns.coded(ctx, code).id, files=files)
        with made.file, file.open("wb") as out:
            shutil.copyfileobj(made.file, out)
        typer.echo(f"{code}\t{made.rows} rows\t{made.size} bytes\tsha256:{made.sha256}")


@cli.command()
def calendar(
    context: typer.Context,
    year: Annotated[int, typer.Argument(help="The year.")],
    file: Annotated[Path, typer.Argument(help="A holiday-cn JSON file.", exists=True, dir_okay=False)],
) -> None:
    """Load a year of working days, or put a loaded one right."""
    with _office(context) as ctx:
        held = next((one for one in calendar_years.listed(ctx) if one.year == year), None)
        body = checked(YearImport, _json(file))
        done = calendar_years.load(ctx, year, body, held.row_version if held else None)
        typer.echo(f"{year}\t{len(done.days)} days\t{len(done.extended)} notices extended")


@contextmanager
def _office(context: typer.Context) -> Iterator[Ctx]:
    """One transaction of a person who has signed in for it; a refusal ends the command and keeps nothing."""
    settings = configured()
    given = _signature(context)
    plant = create_app(settings).state.plant
    try:
        with acting_as_system(plant.engine, plant.clock, settings, plant.store) as ctx:
            session = sign_in.sign_in(ctx, checked(SignIn, given), sign_in.Door("console"))
            if session.must_change:
                leave("请先在登录页面修改口令 / Choose another password on the sign-in page first")
            yield ctx
            sign_in.sign_out(ctx, session.session)
    except Refusal as refusal:
        leave(
            "\n".join(f"{one.code}: {one.sentence('zh')} / {one.sentence('en')}" for one in refusal.reasons)
        )
    finally:
        plant.engine.dispose()


def _signature(context: typer.Context) -> dict[str, str]:
    user, password_file = context.obj
    username = user or typer.prompt("账号 / Account")
    typed = (
        _text(password_file).rstrip("\n")
        if password_file
        else typer.prompt("口令 / Password", hide_input=True)
    )
    return {"username": username, "password": typed}


def _given(ctx: Ctx, *, code: str, host: str, parent: str, title: str) -> dict[str, object]:
    """What was said, with codes turned into what they stand for."""
    found: dict[str, object] = {"code": code}
    if host:
        found["host_organization_id"] = organizations.coded(ctx, host).id
    if parent:
        found["parent_campaign_id"] = campaigns.coded(ctx, parent).id
    return found | ({"title": title} if title else {})


def _say(ctx: Ctx, campaign: Campaign) -> None:
    view = campaigns.view(ctx, campaign)
    typer.echo(f"{campaign.code}\t{campaign.stage.value}\t{campaign.title}")
    for action in view.actions:
        missing = "；".join(reason.sentence("zh") for reason in action.reasons)
        typer.echo(f"  {action.action.value}\t{'可办理' if action.permitted else missing}")


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _json(file: Path) -> Mapping[str, object]:
    try:
        read: Mapping[str, object] = json.loads(_text(file))
    except ValueError:
        raise Refusal("JSON_INVALID") from None
    return read
