"""Whatever is fed to it, the validator answers with findings: it never raises, hangs, or reads anything else."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.rulebook.check import Rulebook, check_document
from feeds.rulebook.document import parse_document
from feeds.rulebook.finding import Verdict
from feeds.rulebook.source import parse_source
from feeds.rules.every import RULES

AT = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
BOOK = Rulebook(RULES)
FOUND = sorted((Path(__file__).parent / "hostile").glob("*"))

_BOMB = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10 if number else "lol" * 10}">' for number in range(10))
_CHANNEL = "<rss version='2.0'><channel><title>{}</title><link>{}</link></channel></rss>"

HOSTILE = {
    "nothing": b"",
    "white space": b" \n\t",
    "no XML": b"%PDF-1.7 \x00\xff\xfe binary",
    "a page": b"<!DOCTYPE html><html><head><title>Not found</title></head><body><p>404</body></html>",
    "JSON": b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
    "NUL bytes": b"<rss version='2.0'>\x00<channel>\x00<title>a\x00b</title></channel></rss>",
    "nothing but NUL bytes": b"\x00" * 10_000,
    "random bytes": bytes((number * 7919 + number // 3) % 256 for number in range(50_000)),
    "UTF-16": "<?xml version='1.0' encoding='utf-16'?><rss version='2.0'><channel/></rss>".encode("utf-16"),
    "UTF-16 without a mark": "<?xml version='1.0'?><rss version='2.0'><channel/></rss>".encode("utf-16-be"),
    "UTF-32": "<?xml version='1.0'?><rss version='2.0'><channel/></rss>".encode("utf-32"),
    "an unknown encoding": b"<?xml version='1.0' encoding='klingon'?><rss version='2.0'><channel/></rss>",
    "an encoding that is no text": b"<?xml version='1.0' encoding='base64'?><rss version='2.0'><channel/></rss>",
    "a transformation": b"<?xml version='1.0' encoding='rot13'?><rss version='2.0'><channel/></rss>",
    "half a character": b"<rss version='2.0'><channel><title>\xe2\x82</title></channel></rss>",
    "depth": b"<rss>" + b"<a>" * 10_000,
    "depth in a channel": b"<rss version='2.0'><channel>"
    + b"<item>" * 10_000
    + b"</item>" * 10_000
    + b"</channel></rss>",
    "a bomb": f"<?xml version='1.0'?><!DOCTYPE rss [{_BOMB}]>{_CHANNEL.format('&e9;', 'x')}".encode(),
    "a bomb in an attribute": f"<!DOCTYPE rss [{_BOMB}]><rss version='&e9;'><channel/></rss>".encode(),
    "a file as an entity": b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><title>&x;</title>"
    b"</channel></rss>",
    "a DTD elsewhere": b"<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/rss.dtd'><rss version='2.0'><channel/></rss>",
    "a parameter entity": b"<!DOCTYPE rss [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/x'> %x;]><rss><channel/></rss>",
    "an unclosed doctype": b"<!DOCTYPE rss [<!ENTITY x 'y'><rss version='2.0'><channel/></rss>",
    "comments never closed": b"<rss version='2.0'><channel>" + b"<!-- " * 20_000,
    "CDATA never closed": b"<rss version='2.0'><channel><title>" + b"<![CDATA[" * 20_000,
    "open tags": b"<" * 100_000,
    "brackets": b"<a" * 50_000,
    "attributes": b"<rss version='2.0' "
    + b" ".join(b"a%d='1'" % number for number in range(20_000))
    + b"><channel/></rss>",
    "the same attribute": b"<rss version='2.0' version='2.0' version='2.0'><channel/></rss>",
    "namespaces": b"<rss version='2.0' "
    + b" ".join(b"xmlns:n%d='urn:%d'" % (number, number) for number in range(5_000))
    + b"><channel/></rss>",
    "a long name": b"<rss version='2.0'><channel><" + b"a" * 100_000 + b"/></channel></rss>",
    "a long text": _CHANNEL.format("a " * 500_000, "https://example.org/" + "a" * 500_000).encode(),
    "a long text of tags": _CHANNEL.format("&lt;b&gt;" * 100_000, "https://" + "%" * 100_000).encode(),
    "long numbers": b"<rss version='2.0'><channel><ttl>"
    + b"9" * 100_000
    + b"</ttl><item><enclosure url='x' length='"
    + b"9" * 100_000
    + b"' type='x'/></item></channel></rss>",
    "two roots": b"<rss version='2.0'><channel/></rss><rss version='2.0'><channel/></rss>",
    "an rss in an rss": b"<rss version='2.0'><rss version='2.0'><channel><channel/></channel></rss></rss>",
    "processing instructions": b"<?xml version='1.0'?>" + b"<?a b?>" * 10_000 + b"<rss version='2.0'><channel/></rss>",
}


def validate(data: bytes) -> Verdict:
    """Validate as the command does."""
    return check_document(parse_document(parse_source("feed.xml", data), at=AT), BOOK)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_gives_findings(name: str) -> None:
    began = time.monotonic()
    assert validate(HOSTILE[name]).findings
    assert time.monotonic() - began < 20


def test_no_entity_is_expanded_and_no_file_is_read() -> None:
    for name in ("a bomb", "a bomb in an attribute", "a file as an entity"):
        assert not [
            finding
            for finding in validate(HOSTILE[name]).findings
            if "root:" in finding.message or "lollol" in finding.message
        ]


@pytest.mark.parametrize("file", FOUND, ids=lambda file: file.name)
def test_what_once_broke_the_validator_gives_findings(file: Path) -> None:
    assert validate(file.read_bytes()).findings


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_findings(data: bytes) -> None:
    assert validate(data).findings


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.sampled_from(("guid", "pubDate", "link", "description", "ttl", "itunes:duration")))
def test_any_text_in_any_element_gives_no_traceback(text: str, name: str) -> None:
    written = text.encode("ascii", "xmlcharrefreplace").decode().replace("<", "&lt;")
    element = f"<{name}>{written}</{name}>"
    validate(f"<rss version='2.0'><channel>{element}<item>{element}</item></channel></rss>".encode())
