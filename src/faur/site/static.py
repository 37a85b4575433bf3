"""Static files under names that hold their content's hash, or as they are where nothing was collected yet."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

from faur.portal.stylesheet import JoinedStyleSheet


class HashedFiles(JoinedStyleSheet, CompressedManifestStaticFilesStorage):
    """Joined, hashed and compressed. A name that was never collected is served plain: tests need no collection."""

    manifest_strict = False
