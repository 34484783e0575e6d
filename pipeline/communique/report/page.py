"""One HTML file that holds all it needs: templates, style and scripts, and the policy that lets nothing else run."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from communique.report.dates import day_words

_WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)
_END_OF_LINE = re.compile(r"\r\n?")


def render(template: str, style: tuple[str, ...], scripts: tuple[str, ...], **values: Any) -> bytes:
    """The page in UTF-8. What ``values`` hold is escaped wherever it stands; no value reaches a script or a style.

    The Content-Security-Policy (W3C CSP Level 3) names the page's one style and one script by their hashes, and
    forbids everything else: other scripts, event handlers, frames, forms and every address to load from.
    """
    css = "".join(map(_asset, style))
    script = "".join(map(_asset, scripts))
    policy = (
        f"default-src 'none'; style-src {_hash(css)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    # Markup only for the package's own files.
    html = (
        _environment()
        .get_template(template)
        .render(
            policy=policy,
            css=Markup(css),  # noqa: S704
            script=Markup(script),  # noqa: S704
            **values,
        )
    )
    return html.encode("utf-8", "replace")


def web_address(uri: str | None) -> str | None:
    """The address where it is one of the web, to be linked to; None for every other scheme."""
    return uri if uri and _WEB_ADDRESS.fullmatch(uri) else None


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    # Browsers hash what the parser has read, in which every line ends in one line feed.
    text = files("communique.report").joinpath("assets", name).read_text(encoding="utf-8")
    return _END_OF_LINE.sub("\n", text)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("communique.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["day"] = day_words
    environment.filters["web_address"] = web_address
    return environment
