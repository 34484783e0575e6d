"""Statements from the web: politely, within bounds, and never from inside the network that the program runs in.

Every host is looked up once per request, each address it has must be a public one, and the connection goes to the
address that was checked: a name that changes its mind between look-up and connection (DNS rebinding) gains nothing.
Redirects are requests like any other. robots.txt is kept as RFC 9309 says, ``Retry-After`` as RFC 9110 says.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from communique import __version__
from communique.errors import InputError

AGENT = "communique"
USER_AGENT = f"{AGENT}/{__version__} (reads joint statements)"

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_AGAIN = frozenset((429, 500, 502, 503, 504))
_MAX_ROBOTS = 512_000
"""RFC 9309 asks that at least 500 kibibytes are read."""
_CHUNK = 65_536


class Fetched(NamedTuple):
    """What an address gave: its bytes, the address after redirects, the media type, and the time in UTC (ISO 8601)."""

    data: bytes
    address: str
    media_type: str | None
    time: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is asked of a server, and of this machine."""

    size: int = 50_000_000
    """Most bytes of a body."""
    redirects: int = 5
    seconds: float = 60.0
    """Most time of one request, from connecting to the last byte."""
    delay: float = 1.0
    """Least time between two requests to a host; its robots.txt may ask for more."""
    tries: int = 4
    longest_wait: float = 120.0
    """Longest wait before another try; a server that asks for a longer one is given up."""
    allow_private: bool = False
    """Whether addresses of this machine and of private networks may be asked."""


class _Answer(NamedTuple):
    status: int
    headers: Any
    data: bytes


class _FailedError(Exception):
    """A request that may succeed another time."""


@dataclass
class Fetcher:
    """Fetches addresses one after another, and remembers when each host was asked and what its robots.txt says."""

    limits: Limits = field(default_factory=Limits)
    sleep: Callable[[float], object] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _asked: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, Any] = field(default_factory=dict)

    def fetch(self, address: str) -> Fetched:
        """What stands at an address.

        Raises InputError when it cannot be had: no http(s), not public, forbidden by robots.txt, too large, too slow,
        or an error of the server that did not pass.
        """
        current = address
        for _ in range(self.limits.redirects + 1):
            parts = _split(current)
            self._require_allowed(parts, current)
            answer = self._tried(parts, self.limits.size)
            if answer.status in _REDIRECTS and answer.headers.get("Location"):
                current = _redirected(current, answer.headers["Location"])
                continue
            if answer.status != 200:
                raise InputError(f"{address}: the server answers {answer.status}: see whether the address is right")
            stamp = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
            return Fetched(answer.data, current, answer.headers.get("Content-Type"), stamp)
        raise InputError(f"{address}: over {self.limits.redirects} redirects")

    def _require_allowed(self, parts: SplitResult, address: str) -> None:
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(parts)
        robots = self._robots[origin]
        if robots is None:
            raise InputError(f"{address}: the site's robots.txt cannot be had, so nothing may be fetched: try later")
        if not robots.can_fetch(address, AGENT):
            raise InputError(f"{address}: the site's robots.txt forbids it: save the page in a browser instead")

    def _read_robots(self, parts: SplitResult) -> Any:
        """The rules of a site; none where it has no robots.txt, None where that cannot be known (RFC 9309, 2.3.1)."""
        protego = _library("protego").Protego
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        for _ in range(self.limits.redirects + 1):
            try:
                answer = self._tried(_split(address), _MAX_ROBOTS)
            except InputError as error:
                if isinstance(error, _RefusedError):
                    raise
                return None
            if answer.status in _REDIRECTS and answer.headers.get("Location"):
                address = _redirected(address, answer.headers["Location"])
                continue
            if answer.status >= 500 or answer.status == 429:
                return None
            return protego.parse(answer.data.decode("utf-8", "replace") if answer.status == 200 else "")
        return protego.parse("")

    def _tried(self, parts: SplitResult, most: int) -> _Answer:
        """The server's answer, after as many tries as it takes and are allowed."""
        for attempt in range(1, self.limits.tries + 1):
            wait, last = 2.0 ** (attempt - 1), attempt == self.limits.tries
            try:
                self._wait_turn(parts)
                answer = self._request(parts, most)
            except _FailedError as error:
                if last:
                    raise InputError(f"{parts.geturl()}: {error}") from None
            else:
                if answer.status not in _AGAIN or last:
                    return answer
                wait = max(wait, _retry_after(answer.headers.get("Retry-After")))
                if wait > self.limits.longest_wait:
                    return answer
            self.sleep(wait)
        raise InputError(f"{parts.geturl()}: not one try is allowed")

    def _wait_turn(self, parts: SplitResult) -> None:
        host = parts.netloc
        robots = self._robots.get(f"{parts.scheme}://{host}")
        asked_for = robots.crawl_delay(AGENT) if robots is not None else None
        delay = max(self.limits.delay, min(asked_for or 0.0, self.limits.longest_wait))
        if host in self._asked:
            remaining = self._asked[host] + delay - self.clock()
            if remaining > 0:
                self.sleep(remaining)
        self._asked[host] = self.clock()

    def _request(self, parts: SplitResult, most: int) -> _Answer:
        """One request over a connection of its own, to an address that was checked."""
        urllib3 = _library("urllib3")
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        checked = _checked_address(host, port, allow_private=self.limits.allow_private)
        timeout = min(20.0, self.limits.seconds)
        if parts.scheme == "https":
            connection = urllib3.connection.HTTPSConnection(
                checked, port, timeout=timeout, server_hostname=host, assert_hostname=host
            )
        else:
            connection = urllib3.connection.HTTPConnection(checked, port, timeout=timeout)
        headers = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": USER_AGENT, "Accept-Encoding": "gzip"}
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")
        try:
            with _deadline(connection, self.limits.seconds) as over:
                connection.request("GET", target, headers=headers, preload_content=False, decode_content=True)
                response = connection.getresponse()
                return _Answer(response.status, response.headers, _body(response, most, over, parts))
        except (urllib3.exceptions.HTTPError, OSError, ValueError, AttributeError, _http_error()) as error:
            # AttributeError and ValueError: what a connection raises that was closed under it at the deadline.
            raise _FailedError(f"cannot be reached: {_reason(error)}") from None
        finally:
            connection.close()


class _RefusedError(InputError):
    """What no other try and no other address would change."""


def fetch(address: str, limits: Limits | None = None) -> Fetched:
    """What stands at an address. Raises InputError when it cannot be had."""
    return Fetcher(limits or Limits()).fetch(address)


def _library(name: str) -> Any:
    try:
        if name == "urllib3":
            import_module("urllib3.connection")
        return import_module(name)
    except ImportError:
        raise _RefusedError(f"fetching needs {name}: pip install 'communique[fetch]'") from None


def _http_error() -> type[Exception]:
    from http.client import HTTPException

    return HTTPException


def _reason(error: Exception) -> str:
    return " ".join(str(getattr(error, "strerror", None) or error).split())[:200] or type(error).__name__


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise _RefusedError(f"{address}: no web address") from None
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise _RefusedError(f"{address}: no address of http or https")
    if any(c.isspace() or not c.isprintable() for c in address):
        raise _RefusedError(f"{address!r}: no web address: it holds white space")
    if parts.username or parts.password:
        raise _RefusedError(f"{host}: addresses with a name and password are not taken")
    try:
        plain = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        raise _RefusedError(f"{address}: no web address") from None
    where = f"[{plain}]" if ":" in plain else plain
    query = quote(parts.query, safe="%/:?@!$&'()*+,;=~-._[]")
    return parts._replace(netloc=where if port is None else f"{where}:{port}", query=query, fragment="")


def _redirected(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError:
        raise _RefusedError(f"{address}: redirects to what is no address") from None


def _checked_address(host: str, port: int, *, allow_private: bool) -> str:
    """The first IP address of a host, all of whose addresses may be asked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _FailedError(f"no host {host!r} is known") from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not allow_private and not is_public(address):
            raise _RefusedError(f"{host}: {address} is private or of this machine: --allow-private permits it")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also when it is wrapped in IPv6 (mapped, 6to4, NAT64)."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and any(ip in network for network in _NAT64):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


def _retry_after(value: str | None) -> float:
    """Seconds that ``Retry-After`` asks for, as a number or a date; 0 where it says neither."""
    if value is None:
        return 0.0
    if value.strip().isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0


@contextmanager
def _deadline(connection: Any, seconds: float) -> Iterator[threading.Event]:
    """Connects, and closes the connection after some seconds: time limits of sockets count anew from each byte."""
    over = threading.Event()
    connection.connect()
    # Kept here, because the connection gives its socket away to a response that ends with it.
    sock = connection.sock

    def close() -> None:
        over.set()
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, close)
    timer.daemon = True
    timer.start()
    try:
        yield over
    finally:
        timer.cancel()


def _body(response: Any, most: int, over: threading.Event, parts: SplitResult) -> bytes:
    pieces, size = [], 0
    while piece := response.read(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise _RefusedError(f"{parts.geturl()}: over {most:,} bytes, more than is taken")
        if over.is_set():
            break
    if over.is_set():
        raise _FailedError("takes too long")
    return b"".join(pieces)
