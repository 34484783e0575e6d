"""Statements from the web, against a server on this machine: what is kept, how politely, and what is refused."""

from __future__ import annotations

import gzip
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import cli, readers
from communique.downloads import catalogue_addresses, download, file_stem
from communique.errors import InputError
from communique.fetching import USER_AGENT, Fetcher, Limits, is_public

PAGE = b"<html><title>T</title><p>Japan and the EU intend to share data.</p></html>"
Reply = tuple[int, dict[str, str], bytes]


class Site(NamedTuple):
    """A server: what it answers by path, and what it was asked."""

    address: str
    replies: dict[str, Reply | list[Reply] | Callable[[BaseHTTPRequestHandler], None]]
    asked: list[str]
    agents: set[str]


@pytest.fixture
def site() -> Iterator[Site]:
    replies: dict = {"/robots.txt": (404, {}, b"")}
    asked: list[str] = []
    agents: set[str] = set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            agents.add(self.headers["User-Agent"])
            reply = replies.get(self.path, (404, {}, b""))
            if callable(reply):
                reply(self)
                return
            if isinstance(reply, list):
                reply = reply.pop(0) if len(reply) > 1 else reply[0]
            status, headers, body = reply
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", replies, asked, agents)
    server.shutdown()
    thread.join()
    server.server_close()


class Waits:
    """A clock that only moves when someone sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def fetcher(waits: Waits | None = None, **limits) -> Fetcher:
    waits = waits or Waits()
    return Fetcher(Limits(**{"allow_private": True} | limits), sleep=waits.sleep, clock=lambda: waits.now)


def test_bytes_address_and_media_type_are_kept(site):
    site.replies["/a"] = (302, {"Location": "/b?x=1#part"}, b"")
    site.replies["/b?x=1"] = (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE)
    got = fetcher().fetch(f"{site.address}/a")
    assert (got.data, got.media_type) == (PAGE, "text/html; charset=utf-8")
    assert got.address == f"{site.address}/b?x=1#part"
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", got.time)
    assert site.asked == ["/robots.txt", "/a", "/b?x=1"]
    assert site.agents == {USER_AGENT}


def test_compressed_answers_are_unpacked_within_the_bound(site):
    site.replies["/a"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE))
    site.replies["/bomb"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(50_000_000)))
    site.replies["/bad"] = (200, {"Content-Encoding": "gzip"}, b"no gzip")
    assert fetcher().fetch(f"{site.address}/a").data == PAGE
    with pytest.raises(InputError, match="over 1,000,000 bytes"):
        fetcher(size=1_000_000).fetch(f"{site.address}/bomb")
    with pytest.raises(InputError, match="cannot be reached"):
        fetcher().fetch(f"{site.address}/bad")


ROBOTS = [
    # robots.txt, path, whether it may be fetched
    (b"User-agent: *\nDisallow: /private", "/private/a", False),
    (b"User-agent: *\nDisallow: /private", "/public/a", True),
    (b"User-agent: *\nDisallow: /\nAllow: /public/", "/public/a", True),
    (b"User-agent: *\nDisallow: /*.html$", "/public/a.html", False),
    (b"User-agent: communique\nDisallow: /\n\nUser-agent: *\nAllow: /", "/public/a", False),
    (b"User-agent: other\nDisallow: /", "/public/a", True),
    (b"\xff\xfe no robots at all \0", "/public/a", True),
]


@pytest.mark.parametrize(("robots", "path", "allowed"), ROBOTS)
def test_robots_txt_is_kept(site, robots, path, allowed):
    site.replies["/robots.txt"] = (200, {}, robots)
    site.replies[path] = (200, {}, PAGE)
    if allowed:
        assert fetcher().fetch(site.address + path).data == PAGE
        return
    with pytest.raises(InputError, match=r"robots.txt forbids it"):
        fetcher().fetch(site.address + path)
    assert path not in site.asked


def test_site_whose_robots_txt_cannot_be_had_is_left_alone(site):
    site.replies["/robots.txt"] = (503, {}, b"")
    site.replies["/a"] = (200, {}, PAGE)
    with pytest.raises(InputError, match="cannot be had"):
        fetcher().fetch(f"{site.address}/a")
    assert set(site.asked) == {"/robots.txt"}


def test_requests_to_a_host_are_apart_and_robots_txt_is_read_once(site):
    site.replies["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7")
    for path in ("/a", "/b"):
        site.replies[path] = (200, {}, PAGE)
    waits = Waits()
    polite = fetcher(waits, delay=2.0)
    polite.fetch(f"{site.address}/a")
    polite.fetch(f"{site.address}/b")
    assert waits.slept == [7.0, 7.0]
    assert site.asked == ["/robots.txt", "/a", "/b"]


def test_errors_that_pass_are_tried_again_with_growing_waits(site):
    site.replies["/a"] = [(503, {}, b""), (500, {}, b""), (429, {"Retry-After": "30"}, b""), (200, {}, PAGE)]
    waits = Waits()
    assert fetcher(waits, delay=0.0).fetch(f"{site.address}/a").data == PAGE
    assert waits.slept == [1.0, 2.0, 30.0]


@pytest.mark.parametrize(("status", "asked"), [(404, 1), (403, 1), (500, 4), (204, 1)])
def test_errors_that_stay_are_said(site, status, asked):
    site.replies["/a"] = (status, {"Content-Length": "0"}, b"")
    with pytest.raises(InputError, match=f"the server answers {status}"):
        fetcher().fetch(f"{site.address}/a")
    assert site.asked.count("/a") == asked


def test_server_that_asks_for_too_long_a_wait_is_given_up(site):
    site.replies["/a"] = (503, {"Retry-After": "Fri, 31 Dec 2199 23:59:59 GMT"}, b"")
    with pytest.raises(InputError, match="answers 503"):
        fetcher().fetch(f"{site.address}/a")
    assert site.asked.count("/a") == 1


def test_redirects_are_bounded(site):
    site.replies["/a"] = (301, {"Location": "/a"}, b"")
    with pytest.raises(InputError, match="over 5 redirects"):
        fetcher().fetch(f"{site.address}/a")


def test_time_is_bounded_even_where_bytes_drip(site):
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    site.replies["/drip"] = drip
    began = time.perf_counter()
    with pytest.raises(InputError, match=r"takes too long|cannot be reached"):
        fetcher(seconds=0.4, tries=1).fetch(f"{site.address}/drip")
    assert time.perf_counter() - began < 3


def test_body_that_ends_too_soon_is_not_taken_for_whole(site):
    site.replies["/a"] = (200, {"Content-Length": "1000"}, PAGE)
    with pytest.raises(InputError, match="cannot be reached"):
        fetcher(seconds=2).fetch(f"{site.address}/a")


REFUSED = [
    "file:///etc/passwd", "ftp://a.example/", "http://", "http://[bad", "https://a.example:99999/", "//a.example/x",
    "http://a.example/ b", "http://user:secret@a.example/", "javascript:0", "", "http://a\n.example/",
]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_only_web_addresses_are_asked(address):
    with pytest.raises(InputError) as caught:
        fetcher().fetch(address)
    assert "secret" not in str(caught.value)


PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.1", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "fec0::1", "no address",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_known(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_public_addresses_are_known(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_wrapped_addresses_are_judged_by_what_is_in_them(ip):
    assert is_public(f"::ffff:{ip}") == is_public(str(ip))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1"])
def test_this_machine_is_not_asked(site, host):
    port = site.address.rpartition(":")[2]
    with pytest.raises(InputError, match=r"private or of this machine|no host"):
        fetcher(allow_private=False).fetch(f"http://{host}:{port}/a")
    assert site.asked == []


def test_redirect_and_look_up_are_no_way_around(site, monkeypatch):
    """A public name whose address is the site's; from there a redirect to a private one."""
    port = int(site.address.rpartition(":")[2])
    real = socket.getaddrinfo

    def look_up(host, *arguments, **options):
        if host == "public.example":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", port))]
        if host == "both.example":
            addresses = ("8.8.8.8", "127.0.0.1")
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]
        return real(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(InputError, match="private or of this machine"):
        fetcher(allow_private=False).fetch(f"http://both.example:{port}/a")
    assert site.asked == []


def test_statement_is_read_from_an_address(site, monkeypatch):
    site.replies["/a"] = (200, {"Content-Type": "text/html; charset=iso-8859-1"}, PAGE.replace(b"EU", b"caf\xe9"))
    monkeypatch.setattr("communique.fetching.Limits", lambda: Limits(allow_private=True, delay=0.0))
    statement = readers.read(f"{site.address}/a")
    assert (statement.text, statement.title) == ("Japan and the caf\u00e9 intend to share data.", "T")
    assert statement.source.uri == f"{site.address}/a"


def test_folder_gets_each_statement_and_a_sidecar(site, tmp_path):
    site.replies["/one"] = (200, {"Content-Type": "text/html"}, PAGE)
    site.replies["/two.pdf"] = (200, {"Content-Type": "application/octet-stream"}, b"%PDF-1.7 x")
    addresses = [f"{site.address}{path}" for path in ("/one", "/none", "/two.pdf", "/one")]
    results = list(download(addresses, tmp_path / "archive", fetcher()))
    assert [(r.path and r.path.suffix, r.fresh) for r in results] == [(".html", True), (None, False), (".pdf", True)]
    assert "answers 404" in str(results[1].error)
    sidecar = json.loads((tmp_path / "archive" / f"{results[0].path.name}.source.json").read_bytes())
    assert sidecar.pop("time").endswith("Z")
    assert sidecar == {
        "address": addresses[0],
        "final_address": addresses[0],
        "media_type": "text/html",
        "sha256": sha256(PAGE).hexdigest(),
    }
    assert results[0].path.read_bytes() == PAGE
    assert len(list((tmp_path / "archive").iterdir())) == 4


def test_what_is_there_is_not_fetched_again_unless_asked(site, tmp_path):
    site.replies["/one"] = (200, {"Content-Type": "text/html"}, PAGE)
    address = f"{site.address}/one"
    list(download([address], tmp_path, fetcher()))
    (there,) = download([address], tmp_path, fetcher())
    assert (there.path.read_bytes(), there.fresh, site.asked.count("/one")) == (PAGE, False, 1)
    (again,) = download([address], tmp_path, fetcher(), again=True)
    assert (again.fresh, site.asked.count("/one")) == (True, 2)


@given(st.text())
def test_file_names_are_safe_and_differ(address):
    try:
        stem = file_stem(f"https://a.example/{address}")
    except ValueError:
        return
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", stem)
    assert ".." not in stem
    assert len(stem) < 120
    assert stem != file_stem(f"https://a.example/{address}?")


def test_catalogue_lists_addresses(tmp_path):
    path = tmp_path / "catalogue.jsonl"
    path.write_text('{"address": "https://a.example/1"}\n\n{"url": "https://a.example/2"}\n{"slug": "x"}\n')
    assert catalogue_addresses(path) == ["https://a.example/1", "https://a.example/2"]
    for wrong, message in (("{", ":1: no JSON"), ('{"address": 1}', "is no text")):
        path.write_text(wrong)
        with pytest.raises(InputError, match=message):
            catalogue_addresses(path)
    with pytest.raises(InputError, match="cannot be read"):
        catalogue_addresses(tmp_path / "none")


@pytest.fixture
def run(capsys):
    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            cli.run(["fetch", *arguments])
        return int(left.value.code or 0), *capsys.readouterr()

    return run


def test_command(site, tmp_path, run):
    site.replies["/one"] = (200, {"Content-Type": "text/html"}, PAGE)
    options = ("-o", str(tmp_path / "out"), "--allow-private", "--delay", "0")
    code, out, err = run(f"{site.address}/one", *options)
    assert (code, err) == (0, "1 fetched, 0 there already, 0 failed\n")
    assert readers.read(out.strip()).title == "T"
    catalogue = tmp_path / "catalogue.jsonl"
    catalogue.write_text(f'{{"address": "{site.address}/one"}}\n{{"address": "{site.address}/none"}}\n')
    code, out, err = run("--catalogue", str(catalogue), *options)
    assert (code, out) == (3, "")
    assert err.endswith("/none: the server answers 404: see whether the address is right\n"
                        "0 fetched, 1 there already, 1 failed\n")  # fmt: skip


def test_command_refuses_this_machine_and_nothing(site, tmp_path, run):
    code, _, err = run(f"{site.address}/one", "-o", str(tmp_path))
    assert (code, "--allow-private" in err) == (3, True)
    code, _, err = run("-o", str(tmp_path))
    assert (code, err) == (2, "communique: nothing to fetch: give an address, or --catalogue\n")


@pytest.mark.parametrize("name", ["urllib3", "protego"])
def test_absence_of_a_library_is_said_with_the_command(monkeypatch, name):
    monkeypatch.setitem(__import__("sys").modules, name, None)
    with pytest.raises(InputError, match=re.escape("pip install 'communique[fetch]'")):
        fetcher().fetch("https://192.0.2.1/")
