"""`python -m app person …`: the first administrators, and a password that nobody can reset any more on a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from app.commands import configured, leave
from app.domain.access import Role
from app.domain.errors import Refusal
from app.http import Plant
from app.main import create_app
from app.services import first_accounts, installation
from app.services.context import Ctx
from app.services.running import acting_as_system

cli = typer.Typer(help="首批账号 / The first accounts", no_args_is_help=True)


@cli.command("create")
def create(
    username: Annotated[str, typer.Argument(help="What they sign in with: small letters, digits, . _ -")],
    name: Annotated[str, typer.Argument(help="Their name.")],
    role: Annotated[Role, typer.Option(help="Their office.")],
    organization: Annotated[str, typer.Option(help="Code of the organisation.")] = installation.DEPARTMENT,
) -> None:
    """Make an account with one role: the first system and security administrators. Prints a one-time password."""
    with _acting() as ctx:
        secret = first_accounts.create(ctx, username, name, role, organization)
    typer.echo(secret)


@cli.command("reset-password")
def reset_password(username: Annotated[str, typer.Argument(help="Whose password is lost.")]) -> None:
    """Print a new one-time password, for when no administrator can sign in any more."""
    with _acting() as ctx:
        secret = first_accounts.reset(ctx, username)
    typer.echo(secret)


@contextmanager
def _acting() -> Iterator[Ctx]:
    """A transaction of the system; a refusal is said in both languages and changes nothing."""
    plant: Plant = create_app(configured()).state.plant
    try:
        with acting_as_system(plant.engine, plant.clock, plant.settings, plant.store) as ctx:
            yield ctx
    except Refusal as refusal:
        leave(
            "\n".join(f"{r.pointer} {r.sentence('zh')} / {r.sentence('en')}".strip() for r in refusal.reasons)
        )
    finally:
        plant.engine.dispose()
