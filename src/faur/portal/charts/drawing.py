"""SVG elements built as a tree, so that no text from outside can become markup."""

from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.safestring import SafeString, mark_safe


def drawing(kind: str, title: str, description: str = "") -> Element:
    """An `<svg>` that is read out as one image, by its title and description. Its size is the style sheet's."""
    svg = Element("svg", {"class": f"chart chart-{kind}", "role": "img", "aria-label": title})
    SubElement(svg, "title").text = title
    if description:
        SubElement(svg, "desc").text = description
        svg.set("aria-description", description)
    return svg


def add(parent: Element, tag: str, kind: str, **attributes: str | float) -> Element:
    """A child element of the class `kind`; an underscore in a name becomes a hyphen."""
    child = SubElement(parent, tag, {"class": kind} if kind else {})
    for name, value in attributes.items():
        child.set(name.replace("_", "-"), value if isinstance(value, str) else _short(value))
    return child


def percent(value: float) -> str:
    """A coordinate relative to the parent's size: texts keep theirs however wide the chart becomes."""
    return f"{_short(value)}%"


def to_html(element: Element) -> SafeString:
    """The element as markup; the builder has escaped every text and attribute."""
    return mark_safe(tostring(element, encoding="unicode"))  # noqa: S308 - ElementTree escapes all that it writes


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
