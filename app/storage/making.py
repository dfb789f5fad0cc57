"""Which store the settings ask for."""

from app.settings import Settings
from app.storage.folder import FolderStore
from app.storage.s3 import S3Store
from app.storage.s3_client import S3Access
from app.storage.store import MediaStore


def make_store(settings: Settings) -> MediaStore:
    """The folder under the data directory, or the configured bucket; `prepare()` it once at start."""
    if settings.store == "folder":
        return FolderStore(settings.data_dir / "objects")
    secret = settings.s3_secret_key.get_secret_value()
    return S3Store(
        S3Access(settings.s3_endpoint, settings.s3_bucket, settings.s3_access_key, secret, settings.s3_region)
    )
