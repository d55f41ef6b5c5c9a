"""The reports as pictures. No login stands in them: pictures are passed on."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.export.charts import Bar, Panel, svg
from chatbot.recommendation.rulebook import LEVELS
from chatbot.replay.wilson import Share
from chatbot.service.reporting.overrides import Group, Overrides
from chatbot.service.reporting.quality import GRADES, Quality
from chatbot.service.reporting.report_tables import head_data, of, part, plain, window
from chatbot.service.reporting.waits import Kept

# As many rules and questions as can be read.
_MOST = 15
_KEPT: tuple[Kept, ...] = ("kept", "late", "open")


def overrides_svg(overrides: Overrides) -> str:
    """Reports where clinicians chose another level."""
    panels = (
        Panel("Direction, of cases with a level", ("cases",), tuple(_named(overrides.directions))),
        Panel("Coded reasons of the choices that stand", ("choices",), tuple(_named(overrides.reasons))),
        Panel(
            "By rule that had decided, of the cases in which it did", ("up", "down"), tuple(_rules(overrides.by_rule))
        ),
    )
    title = "Levels that clinicians chose"
    return svg(title, (window(overrides.gathered), str(head_data("", overrides.gathered)["notice"])), panels)


def quality_svg(quality: Quality) -> str:
    """Reports how the work goes."""
    promises = (
        Bar(
            _spaced(LEVELS[level]),
            tuple(counted[each] for each in _KEPT),
            counted.total(),
            ", ".join(f"{name} {counted[name]}" for name in _KEPT) + f" of {counted.total()}",
        )
        for level, counted in quality.promises.items()
        if counted.total() > counted["no_time"]
    )
    unsure = (Bar(plain(each.question), (each.all.count,), each.all.total, part(each.all)) for each in quality.unsure)
    panels = [
        Panel("Recommendations, as shown last", ("cases",), tuple(_named(quality.levels))),
        Panel("Promised and kept", _KEPT, tuple(promises)),
        Panel(
            f'"Not sure" or "rather not say": the {_MOST} questions where it stands most often',
            ("interviews",),
            tuple(bar for bar in unsure if bar.counts[0])[:_MOST],
        ),
        *_fired(quality),
        Panel("Final level of closed cases, of those a lead graded", ("cases",), tuple(_graded(quality))),
    ]
    title = "How the work goes"
    return svg(title, (window(quality.gathered), str(head_data("", quality.gathered)["notice"])), panels)


def _fired(quality: Quality) -> Iterator[Panel]:
    for each in quality.fired:
        title = f"Rules of {plain(each.pack)} that fired most often; {of(len(each.never), each.installed)} never did"
        shares = {rule: Share(count, each.cases) for rule, count in list(each.rules.items())[:_MOST]}
        yield Panel(title, ("cases",), tuple(_shares(shares)))


def _graded(quality: Quality) -> Iterator[Bar]:
    return _shares({GRADES[name]: share for name, share in quality.grades.items()} if quality.graded else {})


def _shares(shares: dict[str, Share]) -> Iterator[Bar]:
    for name, share in shares.items():
        yield Bar(plain(name), (share.count,), share.total, part(share))


def _named(shares: dict[str, Share]) -> Iterator[Bar]:
    """Shares under names of the program, which read better without what ties their words."""
    return _shares({_spaced(name): share for name, share in shares.items()})


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _rules(groups: tuple[Group, ...]) -> Iterator[Bar]:
    names = {group.pack for group in groups}
    for group in [group for group in groups if group.overridden.count][:_MOST]:
        name = f"{group.pack}/{group.name}" if len(names) > 1 else group.name
        yield Bar(
            plain(name), (group.up, group.down), group.total, f"up {group.up}, down {group.down} of {group.total}"
        )
