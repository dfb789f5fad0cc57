"""The sample installation: last year's campaign played to its end, this year's in full swing, accounts anybody may use.

Its clock stands where the play stopped and goes on from there, so that `make run` looks the same in any year. It is
made in a folder of its own and moved into place when it is whole: a start that was broken off leaves nothing half made.
"""

import contextlib
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session, select

from app.clock import ManualClock
from app.db import migrate
from app.db.engine import make_engine
from app.db.tables.people import Person
from app.db.tables.system import Instance
from app.main import create_app
from app.rehearse.acts import sample as unfinished
from app.rehearse.acts import yesteryear
from app.rehearse.ledger import Ledger
from app.rehearse.run import UNTIL, Act, play, prepared
from app.rehearse.world import World
from app.services import audit, passwords
from app.services.running import acting_as_system
from app.services.sample_accounts import ACCOUNTS, PASSWORD, there
from app.settings import Settings
from app.web.wording import label

THIS_YEAR: tuple[Act, ...] = (
    *UNTIL["noticed"],
    ("drafts lie about", unfinished.leftovers),
    *UNTIL["assigned"][len(UNTIL["noticed"]) :],
    ("sheets are partly filled", unfinished.sheets),
    ("a city's own award is made public", unfinished.city),
)


def prepare(settings: Settings, say: Callable[[str], None]) -> None:
    """Bring the schema to head; on an empty place, make the sample campaign first."""
    if not settings.sqlite or Path(_file(settings)).exists():
        migrate.upgrade(settings)
        return
    making = settings.data_dir / "making"
    shutil.rmtree(making, ignore_errors=True)
    apart = settings.model_copy(
        update={"database_url": f"sqlite:///{making}/pingyou.db", "data_dir": making, "database_fsync": False}
    )
    migrate.upgrade(apart)
    _played(apart, say)
    _moved(making, settings)


def greeting(settings: Settings) -> str:
    """The lines printed at start: where to go, and as whom."""
    base = settings.address
    lines = [
        "评优 Pingyou — 样例安装 / sample installation",
        f"  网页 / pages        {base}/",
        f"  公开信息 / public   {base}/public",
        f"  接口文档 / API docs {base}/reference",
        f"  OpenAPI             {base}/openapi.json",
        f"  登录 / sign in      {base}/sign-in    密码 / password: {PASSWORD}",
    ]
    with Session(make_engine(settings)) as session:
        for one in there(session):
            role = f"{label('role', one.role, 'zh')} / {label('role', one.role, 'en')}"
            lines.append(f"    {one.username:<28} {role} ({one.place})")
    return "\n".join(lines)


def _played(settings: Settings, say: Callable[[str], None]) -> None:
    clock = ManualClock(yesteryear.BEGINS)
    app = create_app(settings, clock)
    prepared(app)
    ledger = Ledger(lambda act: say(f"  {act}"), acts=len(yesteryear.ACTS) + len(THIS_YEAR) + 2)
    say("正在生成样例活动（仅首次，约一两分钟）… Making the sample campaigns (once, a minute or two)…")
    with World(app, clock, ledger) as world:
        yesteryear.play(world)
        play(world, THIS_YEAR)
        for role, at, name in ACCOUNTS:
            world.person(role, at, name)
        world.tick()
        _accounts(world)
    app.state.plant.engine.dispose()


def _accounts(world: World) -> None:
    """Everybody of the play may sign in; the clock is left where the play stopped."""
    plant = world.plant
    with acting_as_system(plant.engine, plant.clock, plant.settings, plant.store) as ctx:
        people = ctx.session.exec(select(Person)).all()
        hashed = passwords.hashed(ctx.settings, PASSWORD)
        for person in people:
            person.password_hash, person.password_changed_at = hashed, ctx.now
            audit.touch(ctx, person)
        audit.note(ctx, "people.installed", people[0], summary={"count": len(people)})
        shift = (ctx.now - datetime.now(UTC)).total_seconds()
        ctx.session.add(Instance(sample=True, clock_shift_seconds=int(shift)))


def _moved(making: Path, settings: Settings) -> None:
    """Objects first, the database last: whoever finds the database finds everything."""
    objects = settings.data_dir / "objects"
    if (making / "objects").exists():
        objects.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(making / "objects", objects, dirs_exist_ok=True)
    target = Path(_file(settings))
    target.parent.mkdir(parents=True, exist_ok=True)
    _settled(making / "pingyou.db")
    (making / "pingyou.db").replace(target)
    shutil.rmtree(making, ignore_errors=True)


def _settled(database: Path) -> None:
    """Fold the write-ahead log into the file, so that one file is the whole."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _file(settings: Settings) -> str:
    return settings.database_url.removeprefix("sqlite:///")
