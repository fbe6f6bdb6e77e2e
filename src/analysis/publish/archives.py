"""Office files are zip archives that carry the time of writing. This takes it out, so that the same input gives the same bytes."""

import io
import zipfile
from datetime import datetime

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip entry can name
DATED = datetime(2000, 1, 1)  # what core.xml says instead of the time of writing


def normalised(content: bytes) -> bytes:
    """The archive with the same entries in the same order, each dated 1980-01-01, with plain permissions."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            plain = zipfile.ZipInfo(entry.filename, EPOCH)
            plain.compress_type, plain.external_attr, plain.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 0
            target.writestr(plain, source.read(entry))
    return out.getvalue()
