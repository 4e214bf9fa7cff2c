"""Settings: read once, from the environment and from .env in the folder where the bot starts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

# Knowledge inside an installed package, and beside it in a checkout.
_INSTALLED = Path(__file__).parent / "data" / "knowledge"
_CHECKOUT = Path(__file__).parent.parent / "knowledge"

_Url = Annotated[str, Field(pattern=r"^https?://[^\s/]+"), BeforeValidator(lambda v: v.rstrip("/"))]


def _nothing_as_none(value: object) -> object:
    return None if value == "" else value


class Settings(BaseSettings):
    """One field a setting; .env.example says what each means, in this order."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    telegram_bot_token: Annotated[SecretStr | None, BeforeValidator(_nothing_as_none)] = None
    telegram_api_url: _Url = "https://api.telegram.org"
    knowledge_dir: Annotated[Path | None, BeforeValidator(_nothing_as_none)] = None
    webhook_url: Annotated[_Url | None, BeforeValidator(_nothing_as_none)] = None
    webhook_secret: Annotated[SecretStr | None, BeforeValidator(_nothing_as_none)] = None
    webhook_listen: str = Field("127.0.0.1:8080", pattern=r"^[^\s:]+:\d{1,5}$")
    database_url: str = "sqlite:///psoas-bot.sqlite3"
    reminder_grace_minutes: int = Field(60, ge=5, le=720)
    reminders_in_flight: int = Field(10, ge=1, le=100)
    messages_per_second: int = Field(30, ge=2, le=1000)
    paid_broadcast: bool = False
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def language_folder(self) -> Path:
        """The folder of the language the bot speaks."""
        return language_folder(self.knowledge_dir)

    @property
    def language_folders(self) -> tuple[Path, ...]:
        """All that a group may choose from, the bot's own first."""
        own = self.language_folder
        if own == self.knowledge_dir:
            return (own,)
        beside = sorted(folder.parent for folder in own.parent.glob("*/techniques"))
        return (own, *(folder for folder in beside if folder != own))


def read() -> Settings:
    """The settings. Raises SettingsError naming each one that makes no sense."""
    try:
        return Settings()
    except ValidationError as error:
        named = (f"{str(p['loc'][0]).upper()}: {p['msg']}" for p in error.errors())
        raise SettingsError("These settings make no sense:\n" + "\n".join(named)) from error


def language_folder(knowledge: Path | None) -> Path:
    """The folder with techniques/ and the rest in `knowledge`, by default the bot's own."""
    chosen = knowledge or (_INSTALLED if _INSTALLED.is_dir() else _CHECKOUT)
    return chosen if (chosen / "techniques").is_dir() else chosen / "en"
