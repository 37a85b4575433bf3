"""A small drawing in SVG: a frame with axes, and points, lines and bars in the data's own units. No script, no font."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

WIDTH, HEIGHT = 480, 320
LEFT, RIGHT, TOP, BOTTOM = 150, 20, 40, 50
INK, GUIDE, MARK = "#1f2933", "#b8c1cc", "#0b5cad"


@dataclass
class Drawing:
    """A plot with the `title` that a screen reader says, and the ranges of its axes."""

    title: str
    across: Point
    up: Point
    parts: list[str] = field(default_factory=list)

    def at(self, x: float, y: float) -> Point:
        """Where the data's point lies on the page."""
        span_x, span_y = self.across[1] - self.across[0] or 1.0, self.up[1] - self.up[0] or 1.0
        page_x = LEFT + (x - self.across[0]) / span_x * (WIDTH - LEFT - RIGHT)
        page_y = HEIGHT - BOTTOM - (y - self.up[0]) / span_y * (HEIGHT - TOP - BOTTOM)
        return round(page_x, 2), round(page_y, 2)

    def line(self, start: Point, end: Point, colour: str = INK, width: float = 1.0) -> None:
        (x1, y1), (x2, y2) = self.at(*start), self.at(*end)
        self.parts.append(f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" stroke-width="{width:g}"/>')

    def path(self, points: Sequence[Point]) -> None:
        steps = " ".join(f"{x},{y}" for x, y in (self.at(*point) for point in points))
        self.parts.append(f'<polyline points="{steps}" fill="none" stroke="{MARK}" stroke-width="2"/>')

    def dot(self, point: Point, said: str) -> None:
        """A point; `said` is what it says when pointed at."""
        x, y = self.at(*point)
        self.parts.append(f'<circle cx="{x}" cy="{y}" r="4" fill="{MARK}"><title>{escape(said)}</title></circle>')

    def text(self, place: Point, said: str, anchor: str = "middle") -> None:
        """`said` at a place of the page, not of the data."""
        self.parts.append(
            f'<text x="{place[0]:g}" y="{place[1]:g}" text-anchor="{anchor}" fill="{INK}">{escape(said)}</text>'
        )

    def axes(self, across: str, up: str, *, marks_up: bool = True) -> None:
        """Frame, five marks on each axis, and what they count."""
        self.line((self.across[0], self.up[0]), (self.across[1], self.up[0]))
        self.line((self.across[0], self.up[0]), (self.across[0], self.up[1]))
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            x = self.across[0] + share * (self.across[1] - self.across[0])
            page_x, page_y = self.at(x, self.up[0])
            self.text((page_x, page_y + 16), f"{x:.3g}")
            if marks_up:
                y = self.up[0] + share * (self.up[1] - self.up[0])
                page_x, page_y = self.at(self.across[0], y)
                self.text((page_x - 6, page_y + 4), f"{y:.3g}", "end")
        self.text(((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10), across)
        self.text((8, TOP - 8), up, "start")

    def svg(self) -> str:
        """The whole picture."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'font-family="system-ui, sans-serif" font-size="12"><title>{escape(self.title)}</title>'
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>{"".join(self.parts)}</svg>\n'
        )
