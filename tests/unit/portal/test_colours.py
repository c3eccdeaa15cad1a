from __future__ import annotations

import re
from pathlib import Path

import pytest

BASE = (Path(__file__).parents[3] / "portal" / "static" / "css" / "base.css").read_text()
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", BASE))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it, 1 to 21."""
    lighter, darker = sorted((luminance(COLOURS.get(one, one)), luminance(COLOURS.get(other, other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, ground) for text in ("ink", "soft", "link", "red", "brand") for ground in ("card", "paper", "tint")),
        ("red", "red-tint"),
        ("gold", "gold-tint"),
        ("green", "green-tint"),
        ("green", "card"),
        ("ink", "mark"),
        ("card", "brand"),
        ("card", "brand-deep"),
    ],
)
def test_text_stands_out_from_its_ground(text, ground):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(
    ("edge", "ground"), [("edge", "card"), ("focus", "card"), ("focus", "paper"), ("focus", "tint")]
)
def test_edges_of_controls_and_the_focus_can_be_seen(edge, ground):
    assert contrast(edge, ground) >= 3
