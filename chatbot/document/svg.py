"""The one writer of drawings: SVG of our own, light and dark, without script, font or address; words are words."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from chatbot.document.blocks import flat

_BASE = (
    "text{font:14px system-ui,Segoe UI,Roboto,Arial,sans-serif}.top{font-size:19px}.count{font-size:17px}"
    ".head{font-size:15px}.small,.gate{font-size:13px}.gate{font-style:italic}.top,.head,.count,.bold{font-weight:600}"
    ".way{fill:none}.block{stroke-width:2}.end{stroke-width:2.5}.early{stroke-dasharray:6 4}.line{stroke-width:2}"
)
# What has a colour, on white paper and on black.
_COLOURS = (
    ("text,.tip", "fill", "#1a1a1a", "#f2f2f2"),
    (".small,.gate", "fill", "#444", "#c4c4c4"),
    (".zero", "fill", "#595959", "#b4b4b4"),
    (".paper,.q,.end", "fill", "#fff", "#161616"),
    (".part", "fill", "#f6f6f6", "#242424"),
    (".block", "fill", "#fdf1ee", "#3a1d17"),
    (".all", "fill", "#f0f0f0", "#2b2b2b"),
    (".none", "fill", "#f4f4f4", "#242424"),
    (".q,.end,.way", "stroke", "#1a1a1a", "#f2f2f2"),
    (".part,.all,.cell", "stroke", "#767676", "#8f8f8f"),
    (".block", "stroke", "#8a2c12", "#e58f78"),
    (".line", "stroke", "#fff", "#161616"),
    (".one", "fill", "#1c5d99", "#6fb1ea"),
    (".ink", "fill", "#c8701a", "#eda35c"),
    (".three", "fill", "#9a9a9a", "#7d7d7d"),
    (".agrees", "fill", "#cfe3f7", "#1c4468"),
    (".under", "fill", "#f7c9c4", "#7a231c"),
    (".over", "fill", "#fbe6b0", "#5c4508"),
)
_LIGHT = "\n".join(f"{what}{{{how}:{light}}}" for what, how, light, _ in _COLOURS)
_DARK = "\n".join(f"{what}{{{how}:{dark}}}" for what, how, _, dark in _COLOURS)
STYLE = f"{_BASE}\n{_LIGHT}\n@media screen and (prefers-color-scheme: dark){{\n{_DARK}\n}}"
# Stripes, so that colour is never the only sign.
_STRIPES = (
    '<defs><pattern id="{name}stripes" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" class="ink"/><path d="M0 0V6" class="line"/></pattern>'
    "</defs>\n<style>.two{{fill:url(#{name}stripes)}}</style>"
)
_TIP = (
    '<defs><marker id="{name}tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
    'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" class="tip"/></marker></defs>'
)


@dataclass
class Drawing:
    """A drawing so far, in pixels; `y` is where the next thing goes, for who draws downwards.

    `name` keeps its inner ids apart from those of another drawing on the same page.
    """

    width: int
    name: str = ""
    y: int = 0
    shapes: list[str] = field(default_factory=list)
    defined: dict[str, None] = field(default_factory=dict)

    def text(self, x: float, y: float, words: str, kind: str = "", *, middle: bool = False) -> None:
        """Words from a place on, or with their middle there."""
        anchor = ' text-anchor="middle"' if middle else ""
        self.shapes.append(f'<text x="{x:g}" y="{y:g}"{_kind(kind)}{anchor}>{_words(words)}</text>')

    def box(self, x: float, y: float, wide: float, high: float, kind: str, *, round_by: int = 0) -> None:
        """A box, which covers what was drawn before."""
        corners = f' rx="{round_by}"' if round_by else ""
        self.shapes.append(f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}"{corners}{_kind(kind)}/>')

    def frame(self, first: int, x: float, y: float, wide: float, high: float, kind: str) -> None:
        """A round box under the shapes from `first` on, whose height is known only when they are drawn."""
        above, self.shapes = self.shapes[first:], self.shapes[:first]
        self.box(x, y, wide, high, kind, round_by=8)
        self.shapes += above

    def arrow(self, path: str) -> None:
        """A line with a tip at its end."""
        self.defined[_TIP] = None
        self.shapes.append(f'<path d="{path}" class="way" marker-end="url(#{self._prefix}tip)"/>')

    def striped(self) -> None:
        """Boxes of the kind `two` have stripes."""
        self.defined[_STRIPES] = None

    def whole(self, title: str, about: str, height: int) -> str:
        """The drawing as a file; `about` says in words what it shows."""
        place = self._prefix
        size = f'viewBox="0 0 {self.width} {height}" width="{self.width}" height="{height}"'
        named = f'role="img" aria-labelledby="{place}title {place}about"'
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" {size} {named}>',
                f'<title id="{place}title">{_words(title)}</title>',
                f'<desc id="{place}about">{_words(about)}</desc>',
                f"<style>{STYLE}</style>",
                *(each.format(name=place) for each in self.defined),
                f'<rect width="{self.width}" height="{height}" class="paper"/>',
                *self.shapes,
                "</svg>",
                "",
            ]
        )

    @property
    def _prefix(self) -> str:
        return f"{self.name}-" if self.name else ""


def _words(text: str) -> str:
    return escape(flat(text), quote=False)


def _kind(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
