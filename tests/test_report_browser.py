"""Pages in a real browser: Debian's Chromium without a screen, driven through ChromeDriver."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome, ChromeOptions, Keys
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from communique import extract
from communique.comparison.comparing import compare
from communique.report.series import series_page
from communique.report.statement import statement_page

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None or DRIVER is None, reason="no chromium and chromedriver: apt-get install chromium chromium-driver"
)

# No screen, no sandbox (tests may run as root), and no talk of the browser's own with its maker's servers.
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--force-prefers-reduced-motion"),
]

FILLER = "\n\n".join(
    f"Officials met on day {n} and exchanged their views on many matters of the day." for n in range(60)
)
TEXT = (
    "On March 3, 2031, Japan and the United States held the third Japan-U.S. Space Dialogue in Tokyo.\n\n"
    f"{FILLER}\n\nJapan and NASA plan to continue discussing joint flights to Gateway by 2033. "
    "Both sides welcomed the Artemis Accords.\n\n<script>document.title = 'run'</script>"
    "<img src=x onerror=\"document.title = 'run'\"> {{ 7 * 7 }}\n\n"
    f"{FILLER}\n"
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: Chrome) -> Iterator[Chrome]:
    """A browser of a desk's width; afterwards the console must be empty and nothing but the page been asked for."""
    chromium.set_window_size(1400, 900)
    chromium.get("about:blank")
    chromium.get_log("browser"), chromium.get_log("performance")
    yield chromium
    assert chromium.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in chromium.get_log("performance")]
    asked = {e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"}
    assert [url for url in asked if not url.startswith("file:///")] == []
    assert len({url.partition("#")[0] for url in asked}) == 1


def opened(browser: Chrome, path, page: bytes) -> Chrome:
    path.write_bytes(page)
    browser.get(path.as_uri())
    return browser


@pytest.fixture
def statement(browser, tmp_path) -> Chrome:
    return opened(browser, tmp_path / "statement.html", statement_page(extract(TEXT, title="Third Dialogue")))


def by_id(browser: Chrome, name: str) -> WebElement:
    return browser.find_element(By.ID, name)


def is_seen(browser: Chrome, name: str) -> bool:
    """Whether the element lies in the window, wholly."""
    script = """
        const box = document.getElementById(arguments[0]).getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight && box.width > 0;
    """
    return browser.execute_script(script, name)


def found(browser: Chrome) -> set[str]:
    """Keys of what is shown as found."""
    return {
        key
        for element in browser.find_elements(By.CLASS_NAME, "found")
        for key in element.get_dom_attribute("data-keys").split()
    }


def sees(browser: Chrome, name: str) -> None:
    WebDriverWait(browser, 5).until(lambda b: is_seen(b, name))


def test_from_a_commitment_to_its_sentence_and_back(statement):
    assert not is_seen(statement, "t-c1")
    statement.find_element(By.CSS_SELECTOR, "#b-c1 .quote").click()
    sees(statement, "t-c1")
    WebDriverWait(statement, 5).until(lambda b: "c1" in found(b))
    words = statement.find_elements(By.CSS_SELECTOR, "#text .seg.found")
    assert "".join(w.text for w in words).replace(" ", "") == (
        "JapanandNASAplantocontinuediscussingjointflightstoGatewayby2033"
    )
    statement.execute_script("scrollTo(0, document.body.scrollHeight)")
    assert not is_seen(statement, "b-c1")
    statement.find_element(By.CSS_SELECTOR, "#text .seg.trigger.commitment").click()
    sees(statement, "b-c1")


def test_words_of_a_clause_that_are_no_link_lead_to_it_too(statement):
    statement.find_element(By.CSS_SELECTOR, "#b-c1 .quote").click()
    sees(statement, "t-c1")
    statement.execute_script("scrollTo(0, document.body.scrollHeight)")
    words = [w for w in statement.find_elements(By.CSS_SELECTOR, "span.seg.commitment") if "joint" in w.text]
    words[0].click()
    sees(statement, "b-c1")
    assert is_seen(statement, "b-c1")


def test_names_and_dates_lead_there_and_back_by_keyboard(statement):
    for name in ("b-m2", "b-d1"):
        counterpart = name.replace("b-", "t-")
        by_id(statement, name).send_keys(Keys.ENTER)
        sees(statement, counterpart)
        assert statement.switch_to.active_element.get_attribute("id") == counterpart
        statement.switch_to.active_element.send_keys(Keys.ENTER)
        sees(statement, name)
        assert statement.switch_to.active_element.get_attribute("id") == name


def test_the_browser_goes_back_the_way_it_came(statement):
    statement.find_element(By.CSS_SELECTOR, "#b-c1 .quote").click()
    sees(statement, "t-c1")
    statement.back()
    WebDriverWait(statement, 5).until(lambda b: not found(b))
    assert not found(statement)


def test_a_position_is_unfolded_when_its_words_are_clicked(statement):
    position = by_id(statement, "b-p1")
    assert not position.is_displayed()
    by_id(statement, "t-p1").send_keys(Keys.ENTER)
    # Chromium unfolds what an address points to before the page hears of the address.
    WebDriverWait(statement, 5).until(lambda b: position.is_displayed() and "p1" in found(b))


def test_foreign_markup_does_not_run(statement):
    assert statement.title == "Third Dialogue"
    assert statement.find_elements(By.TAG_NAME, "img") == []
    assert "{{ 7 * 7 }}" in by_id(statement, "text").text


FIRST = (
    "On March 3, 2031, Japan and the United States held the first Japan-U.S. Space Dialogue in Tokyo. "
    "Japan and NASA plan to fly a joint radar to Gateway by 2033. "
    "The two sides intend to study the weather of the Moon. Both sides welcomed the Artemis Accords."
)
SECOND = (
    "On May 4, 2034, Japan and the United States held the second Japan-U.S. Space Dialogue in Houston. "
    "Japan and NASA will fly a joint radar to Gateway by 2036. JAXA intends to train astronauts with ESA by 2035."
)


@pytest.fixture
def series(browser, tmp_path) -> Chrome:
    comparison = compare([extract(text) for text in (FIRST, SECOND)], series="<b>Japan-U.S.</b> {{ 7 * 7 }}")
    return opened(browser, tmp_path / "series.html", series_page(comparison, {"JP": "Japan", "US": "United States"}))


def chains(browser: Chrome) -> list[str]:
    """The words of the chains that are shown."""
    return [c.get_property("textContent") for c in browser.find_elements(By.CSS_SELECTOR, ".chain")]


def choose(browser: Chrome, field: str, words: str) -> None:
    Select(by_id(browser, f"f-{field}")).select_by_visible_text(words)


@pytest.mark.parametrize(
    ("field", "words", "kept", "number"),
    [
        ("kind", "positions", "welcomed", 1),
        ("theme", "Human spaceflight and low Earth orbit", "train astronauts", 1),
        ("actor", "JAXA", "train astronauts", 1),
        ("strength", "pledge", "joint radar", 1),
        ("status", "postponed", "joint radar", 1),
    ],
)
def test_ledger_is_filtered(series, field, words, kept, number):
    everything = chains(series)
    choose(series, field, words)
    shown = chains(series)
    assert len(shown) == number < len(everything)
    assert kept in shown[0]
    assert by_id(series, "shown").text == f"{number} of {len(everything)} shown"
    by_id(series, "clear").click()
    assert chains(series) == everything


def test_filters_hold_together_and_search_takes_every_word(series):
    by_id(series, "f-words").send_keys("RADAR gateway")
    assert len(chains(series)) == 1
    choose(series, "edition", "2031")
    choose(series, "strength", "pledge")
    assert chains(series) == []
    assert by_id(series, "none").is_displayed()
    choose(series, "edition", "2034")
    assert len(chains(series)) == 1


def test_time_line_leads_to_the_ledger_even_past_a_filter(series):
    promises = series.find_elements(By.CSS_SELECTOR, "#chart .promises a")
    assert len(promises) == 3
    choose(series, "kind", "positions")
    target = promises[0].get_dom_attribute("href").removeprefix("#")
    series.execute_script("arguments[0].focus()", promises[0])
    promises[0].send_keys(Keys.ENTER)
    WebDriverWait(series, 5).until(lambda b: by_id(b, target).is_displayed())
    assert "joint radar" in by_id(series, target).text


def test_a_number_of_what_changed_filters_the_ledger(series):
    everything = chains(series)
    number = series.find_elements(By.CSS_SELECTOR, ".editions a.status")[0]
    count = int(number.text.split()[0])
    number.send_keys(Keys.ENTER)
    assert len(chains(series)) == count < len(everything)


def test_a_theme_of_the_heat_map_filters_the_ledger(series):
    theme = series.find_element(By.CSS_SELECTOR, ".heat a[data-theme=human_spaceflight]")
    theme.send_keys(Keys.ENTER)
    assert len(chains(series)) == 1


def test_foreign_markup_in_a_series_is_words(series):
    assert series.title == "<b>Japan-U.S.</b> {{ 7 * 7 }}"
    assert series.find_element(By.TAG_NAME, "h1").text == series.title


@pytest.mark.parametrize("kind", ["statement", "series"])
@pytest.mark.parametrize("width", [390, 768, 1400])
def test_nothing_is_wider_than_the_window(request, kind, width):
    browser = request.getfixturevalue(kind)
    emulate(browser, width)
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    assert wide <= width


def emulate(browser: Chrome, width: int) -> None:
    metrics = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


@pytest.mark.parametrize("kind", ["statement", "series"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(request, kind, scheme):
    browser = request.getfixturevalue(kind)
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    faint = browser.execute_script(CONTRAST)
    assert faint == []


# WCAG 2.2, 1.4.3: small words have at least 4.5 times the luminance of their ground, or the other way round.
CONTRAST = """
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgb = (color) => {
      canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const linear = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const ground = (element) => {
      for (let e = element; e; e = e.parentElement) {
        const color = rgb(getComputedStyle(e).backgroundColor);
        if (color[3] === 255) return color;
      }
      return [255, 255, 255];
    };
    const faint = new Set();
    for (const element of document.querySelectorAll("body *")) {
      if (!element.checkVisibility() || element.closest("svg, script, option, .unseen")) continue;
      const own = [...element.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
      if (!own && !element.dataset.label) continue;
      const [a, b] = [rgb(getComputedStyle(element).color), ground(element)].map(luminance).sort((x, y) => y - x);
      const ratio = (a + 0.05) / (b + 0.05);
      if (ratio < 4.5) faint.add(`${element.tagName}.${element.className}: ${ratio.toFixed(2)}`);
    }
    return [...faint];
"""
