"""The rules of one campaign as data: everything with a number or a date in it, and nothing that is code (D-01).

A pack is a set of these rules in a file; a campaign keeps its own copy by version. `check` is the only door
from outside. Texts that quote the notice are in `*_zh`; `platform_defaults` of a section says which of its
fields the notice does not settle, so that page and API can mark them as ours.
"""

from collections.abc import Iterator

from app.domain.errors import Reason
from app.domain.levels import Level
from app.packs.deadlines import DeadlineKind, Deadlines
from app.packs.identity import Identity, Route, Routing, Scope
from app.packs.judging import PriorAwards, Recusal, Reviewers, Voting
from app.packs.materials import Copies, Form, MinistryTrack, Seals, Video, WriteUp
from app.packs.parts import Part, Section, default_pointers
from app.packs.quota import Quota
from app.packs.rubric import Rubric, Vetoes
from app.packs.supervision import Departments, Notices, Objections


class CampaignRules(Part):
    """Every rule of a campaign, by section. Read `section.clause` for its source."""

    identity: Identity
    routing: Routing
    scope: Scope
    rubric: Rubric
    vetoes: Vetoes
    quota: Quota
    deadlines: Deadlines
    notice: Notices
    objections: Objections
    departments: Departments
    reviewers: Reviewers
    recusal: Recusal
    voting: Voting
    prior_awards: PriorAwards
    writeup: WriteUp
    video: Video | None = None
    copies: Copies
    seals: Seals
    form: Form
    ministry_track: MinistryTrack

    @property
    def host_level(self) -> Level:
        return self.routing.host_level

    def route(self, code: str) -> Route | None:
        return next((route for route in self.routing.routes if route.code == code), None)

    def sections(self) -> Iterator[tuple[str, Section]]:
        """Every section the rules have, with its name."""
        for name in type(self).model_fields:
            section = getattr(self, name)
            if section is not None:
                yield name, section

    def platform_defaults(self) -> frozenset[str]:
        """JSON pointers of everything that is the platform's proposal and not the notice's word."""
        found = (default_pointers(section, f"/{name}")[0] for name, section in self.sections())
        return frozenset(pointer for pointers in found for pointer in pointers)

    def faults(self) -> Iterator[Reason]:
        """What speaks against the sections together."""
        yield from self._steps_fit_points()
        yield from self._video_covers_criteria()
        yield from self._shared_buckets_exist()
        yield from self._form_levels_exist()
        yield from self._ministry_track_is_whole()

    def _steps_fit_points(self) -> Iterator[Reason]:
        step = self.reviewers.step
        for c, criterion in enumerate(self.rubric.criteria):
            for i, item in enumerate(criterion.items):
                if step and item.max_points % step:
                    yield Reason(
                        "PACK_POINTS_STEP", f"/rubric/criteria/{c}/items/{i}/max_points", {"step": str(step)}
                    )

    def _video_covers_criteria(self) -> Iterator[Reason]:
        if self.video is None:
            return
        criteria = [criterion.code for criterion in self.rubric.criteria]
        for index, segment in enumerate(self.video.segments):
            if segment not in criteria:
                yield Reason("PACK_REFERENCE_UNKNOWN", f"/video/segments/{index}", {"reference": segment})
        for code in criteria:
            if code not in self.video.segments:
                yield Reason("PACK_ASPECT_MISSING", "/video/segments", {"criterion": code})

    def _shared_buckets_exist(self) -> Iterator[Reason]:
        for index, route in enumerate(self.routing.routes):
            if route.bucket_code and route.bucket_code not in self.quota.sample_allocation.places:
                yield Reason(
                    "PACK_REFERENCE_UNKNOWN",
                    f"/routing/routes/{index}/bucket_code",
                    {"reference": route.bucket_code},
                )

    def _form_levels_exist(self) -> Iterator[Reason]:
        levels = {level for route in self.routing.routes for level in route.levels}
        for index, field in enumerate(self.form.fields):
            if field.level is not None and field.level not in levels:
                yield Reason(
                    "PACK_REFERENCE_UNKNOWN", f"/form/fields/{index}/level", {"reference": field.level.value}
                )

    def _ministry_track_is_whole(self) -> Iterator[Reason]:
        """With the track everything it needs is there; without it nothing of it is left (E-45)."""
        wanted = self.ministry_track.enabled
        belongings = {
            "/quota/ministry_total": self.quota.ministry_total > 0,
            "/video": self.video is not None,
            "/form/templates": any(template.kind == "NATIONAL" for template in self.form.templates),
            "/deadlines/kinds": self.deadlines.of(DeadlineKind.MINISTRY_MATERIALS) is not None,
            "/ministry_track/quality_checks": bool(self.ministry_track.quality_checks),
        }
        for pointer, there in belongings.items():
            if there != wanted:
                yield Reason("PACK_MINISTRY_TRACK", pointer)
        if self.seals.ministry and not wanted:
            yield Reason("PACK_MINISTRY_TRACK", "/seals/ministry")
