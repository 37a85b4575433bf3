"""Text that anyone may have written: nothing invisible stays invisible, and nothing visible is changed."""

import pytest

from faur.adapters.documents.legible import legible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ștefan țară, Ъгъл ѝ, “quoted” – ≥ 0.95", "Ștefan țară, Ъгъл ѝ, “quoted” – ≥ 0.95"),
        ("a\x00b", "a[U+0000]b"),
        ("a\u202eb", "a[U+202E]b"),
        ("a\ufeffb", "a[U+FEFF]b"),
        ("a\ud800b", "a[U+D800]b"),
        ("a\U0010ffffb", "a[U+10FFFF]b"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a    b"),
        ("trans\u00adparent", "transparent"),
        ("<b> & #x *y*", "<b> & #x *y*"),
        ("שלום العربية 日本語", "שלום العربية 日本語"),
    ],
)
def test_legible(written: str, shown: str) -> None:
    assert legible(written) == shown
