"""What a text of messages.yaml may be."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
ButtonText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
