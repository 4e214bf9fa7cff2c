"""Which URLs Telegram takes, and how it writes them."""

from urllib.parse import urlsplit

from tests.telegram.errors import bad_request

_SCHEMES = {"http", "https", "tg", "ton", "tonsite"}


def normal_url(text: str) -> str | None:
    """The URL as Telegram stores it, None when it is none ("telegram.org" is one)."""
    return None if _fault(text) else _written(text)


def check_button_url(text: str) -> None:
    """ApiError 400 for a URL that no button may have."""
    fault = _fault(text)
    if fault:
        raise bad_request(f"inline keyboard button URL '{text}' is invalid: {fault}")


def _fault(text: str) -> str | None:
    parts = urlsplit(_with_scheme(text))
    if parts.scheme not in _SCHEMES:
        return "Unsupported URL protocol"
    if not parts.netloc:
        return "URL host is empty"
    host = parts.hostname or ""
    is_host = "." in host.strip(".") or host == "localhost" or parts.scheme.startswith("t")
    return None if is_host and not any(map(str.isspace, text)) else "Wrong HTTP URL"


def _written(text: str) -> str:
    parts = urlsplit(_with_scheme(text))
    needs_path = parts.scheme.startswith("http") and not parts.path
    return parts._replace(path="/").geturl() if needs_path else parts.geturl()


def _with_scheme(text: str) -> str:
    return text if "://" in text else f"http://{text}"
