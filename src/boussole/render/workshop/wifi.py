"""A Wi-Fi as phones read it from a QR code."""

from __future__ import annotations

import re


def wifi_code(name: str, password: str) -> str:
    """Return the line that makes a phone join the network `name`; without a password, an open one."""
    kind = "WPA" if password else "nopass"
    secret = f"P:{_escaped(password)};" if password else ""
    return f"WIFI:T:{kind};S:{_escaped(name)};{secret};"


def _escaped(text: str) -> str:
    return re.sub(r'([\\;,":])', r"\\\1", text)
