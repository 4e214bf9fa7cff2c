"""The time zone of a spot on the map."""

from __future__ import annotations

import tzfpy


def zone_at(latitude: float, longitude: float) -> str | None:
    """The IANA zone there; None at sea, where zones are bare offsets."""
    name = tzfpy.get_tz(longitude, latitude)
    return name if name and not name.startswith("Etc/") else None
