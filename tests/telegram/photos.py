"""Pictures that the bot sends: what Telegram takes, and the sizes that it answers with."""

from tests.telegram.errors import bad_request
from tests.telegram.links import normal_url
from tests.telegram.schema import Json, Upload
from tests.telegram.state import State

SIZE_LIMIT = 10 * 1024 * 1024
# The picture is not looked into: every one is said to be this wide and high.
_WIDTH, _HEIGHT = 800, 600


def photo_sizes(state: State, photo: Upload | str) -> list[Json]:
    """The sizes of a picture given as an upload, a file_id or a URL; ApiError 400 for none."""
    if isinstance(photo, str) and photo in state.files:
        return [_size(photo, state.files[photo])]
    file_id = f"photo-{len(state.files) + 1}"
    state.files[file_id] = _checked(photo) if isinstance(photo, Upload) else _fetched(photo)
    return [_size(file_id, state.files[file_id])]


def _checked(upload: Upload) -> Upload:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > SIZE_LIMIT:
        raise bad_request("file is too big")
    return upload


def _fetched(url: str) -> Upload:
    """A stand-in for the file behind an HTTP URL; nothing is fetched."""
    if not url.startswith(("http://", "https://")) or not normal_url(url):
        raise bad_request("wrong file identifier/HTTP URL specified")
    return Upload(url, "image/jpeg", url.encode())


def _size(file_id: str, upload: Upload) -> Json:
    return {
        "file_id": file_id,
        "file_unique_id": f"unique-{file_id}",
        "width": _WIDTH,
        "height": _HEIGHT,
        "file_size": len(upload.data),
    }
