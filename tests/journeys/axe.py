"""What axe-core finds wrong with a page; its program is carried by axe-playwright-python."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = ["color-contrast"]
WORDS = ["html-has-lang", "html-lang-valid", "valid-lang", "document-title", "button-name", "link-name", "label"]
"""What another language could break where the first one does not."""
_RUN = """([tags, rules]) => axe.run(document, {
    preload: false, resultTypes: ['violations'],
    runOnly: rules.length ? {type: 'rule', values: rules} : {type: 'tag', values: tags},
}).then(found => found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`))"""


def faults(page: Page, rules: list[str] | None = None) -> list[str]:
    """Every rule that the page breaks, with the first place; `rules` asks for some of them only."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[str] = page.evaluate(_RUN, [RULES, rules or []])
    return found


def is_too_wide(page: Page) -> bool:
    """Whether one must scroll sideways to read the page."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
