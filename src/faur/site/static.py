"""Static files under names that hold their content's hash, or as they are where nothing was collected yet."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

from faur.portal.stylesheet import JoinedStyleSheet


class HashedFiles(JoinedStyleSheet, CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Joined, hashed and compressed. Where nothing was collected, names are served plain: tests need no collection."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name
