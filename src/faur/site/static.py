"""Static files under names that hold their content's hash, or as they are where nothing was collected yet."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed and compressed. A name that was never collected is served plain: tests need no collection."""

    manifest_strict = False
