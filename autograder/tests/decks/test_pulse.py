"""The demos of week 5: a class's pulses, and the pulse reader before Chromium's fake camera and a known pulse."""

from __future__ import annotations

import json
import math
import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import pytest

from autograder import decks
from autograder.environment import chromium_path
from autograder.manifest import Repository
from coursedata import make_face_video
from coursedata.pulse import make_rgb_traces

if TYPE_CHECKING:
    from playwright.sync_api import BrowserType, Frame, FrameLocator, Page

pytestmark = pytest.mark.chromium
READER, TALLY = "live-a-pulse-without-touch", "live-the-pulses-of-this-room"
DEMOS = Repository.find(Path(__file__)).slides / "demos"
FILLED = 90_000
"""Milliseconds for a window of 12 seconds on a busy machine."""
CLOSE = 3.0
"""BPM: a window of 12 s tells rates 5 BPM apart; a busy machine hands out frames late."""


def film(path: Path, pulse: float) -> Path:
    """Write 12 seconds of a face of 75 BPM as a .y4m, which Chromium plays round and round: 15 whole beats."""
    video = make_face_video(
        seconds=12, fps=15, height=120, width=160, heart_rate=75, pulse=pulse, motion_size=0, tone="I", seed=4
    )
    header = b"YUV4MPEG2 W160 H120 F15:1 Ip A1:1 C420jpeg\n"
    frames = (b"FRAME\n" + cv2.cvtColor(frame, cv2.COLOR_RGB2YUV_I420).tobytes() for frame in video.frames)
    path.write_bytes(header + b"".join(frames))
    return path


@pytest.fixture(scope="module")
def chromium(needs_chromium: None) -> Iterator[BrowserType]:
    """Chromium, to be launched with one film or another as its camera."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory, real: Repository) -> Path:
    """The students' page of week 5's deck."""
    out = tmp_path_factory.mktemp("deck")
    decks.build(real, ["05_rppg"], out=out, pdf=False)
    return out / "students" / "05_rppg.html"


def launch(chromium: BrowserType, *options: str) -> Any:
    """Return a running browser."""
    return chromium.launch(executable_path=str(chromium_path()), args=["--no-sandbox", *options])


def before(chromium: BrowserType, camera: Path) -> Any:
    """Return a browser whose camera shows the film and whose user allows it."""
    return launch(
        chromium,
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
    )


def opened(browser: Any, deck: Path, anchor: str) -> tuple[Page, FrameLocator]:
    """Return an offline page at a slide of the students' deck, and the demo in it."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}, offline=True).new_page()
    page.goto(f"{deck.as_uri()}#{anchor}")
    return page, page.frame_locator("section:visible iframe >> visible=true")


def inside(page: Page) -> Frame:
    """Return the pulse reader's own document."""
    (frame,) = [frame for frame in page.frames if frame.title().startswith("A pulse without touch")]
    return frame


@pytest.fixture
def blind(chromium: BrowserType) -> Iterator[Any]:
    """A browser without any camera."""
    browser = launch(chromium)
    yield browser
    browser.close()


def status(frame: FrameLocator, words: str) -> str:
    """Wait until the status matches `words`, and return it."""
    line = frame.get_by_role("status").filter(has_text=re.compile(words))
    line.wait_for(timeout=FILLED)
    return line.inner_text()


def test_a_camera_of_known_pulse_is_read(chromium: BrowserType, deck: Path, tmp_path: Path) -> None:
    """Nothing starts without consent; then GREEN and POS read 75, by keyboard alone, and nothing leaves the page."""
    browser = before(chromium, film(tmp_path / "face.y4m", pulse=0.01))
    page, frame = opened(browser, deck, READER)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    kept = "[Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]"
    stored = page.evaluate(kept)
    start = frame.get_by_role("button", name="start the camera")
    assert start.is_disabled()
    assert "not a medical device" in frame.locator("#consent").inner_text()
    frame.get_by_role("checkbox", name="Everyone in view agrees").press("Space")
    start.press("Enter")
    assert "of 12 seconds are there" in status(frame, "Camera: ")
    said = status(frame, "GREEN says .* POS says")
    assert all(abs(int(rate) - 75) <= CLOSE for rate in re.findall(r"says (\d+) beats", said)), said
    assert [url for url in asked if not url.startswith(("file:", "data:", "about:", "blob:"))] == []
    box = frame.get_by_role("group", name=re.compile("Skin box"))
    place = box.get_attribute("style")
    box.press("ArrowRight")
    assert box.get_attribute("style") != place
    place, corner = box.get_attribute("style"), box.bounding_box()
    assert corner is not None
    page.mouse.move(corner["x"] + 20, corner["y"] + 20)
    page.mouse.down()
    page.mouse.move(corner["x"] - 20, corner["y"] + 40, steps=3)
    page.mouse.up()
    assert box.get_attribute("style") != place
    assert "of 12 seconds are there" in status(frame, "of 12 seconds")
    assert page.locator(".bespoke-marp-active h2").all_inner_texts() == ["Live: a pulse without touch"]
    frame.get_by_role("button", name="stop").press("Enter")
    assert "its pictures are gone" in status(frame, "Stopped")
    assert frame.locator("video").evaluate("video => video.srcObject") is None
    assert page.evaluate(kept) == stored
    assert frame.get_by_role("checkbox").is_checked() is False
    browser.close()


def test_a_camera_without_a_pulse_gets_no_answer(chromium: BrowserType, deck: Path, tmp_path: Path) -> None:
    """The same face without blood: the reader refuses, and the camera is off once the slide is left."""
    browser = before(chromium, film(tmp_path / "mask.y4m", pulse=0.0))
    page, frame = opened(browser, deck, READER)
    frame.get_by_role("checkbox").check()
    frame.get_by_role("button", name="start the camera").click()
    assert "GREEN gives no answer, POS gives no answer" in status(frame, "GREEN (says|gives)")
    assert frame.locator("[role=status].broken").count() == 1
    page.evaluate("location.hash = 'why-a-heart-rate-matters'")
    off = inside(page).locator("#status", has_text="The slide was left: the camera is off")
    off.wait_for(state="attached")
    assert inside(page).evaluate("video.srcObject") is None
    browser.close()


@pytest.fixture
def watched(chromium: BrowserType, deck: Path) -> Iterator[tuple[Frame, FrameLocator]]:
    """The pulse reader before a camera that shows a moving pattern, not started yet."""
    browser = launch(chromium, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    page, frame = opened(browser, deck, READER)
    frame.get_by_role("checkbox").check()
    yield inside(page), frame
    browser.close()


CLOCKS = {"that begins at 0": "facts.mediaTime - first", "that stands still": "0"}


@pytest.mark.parametrize("clock", CLOCKS)
def test_one_clock_times_all_frames(watched: tuple[Frame, FrameLocator], clock: str) -> None:
    """However old the page is: a camera whose clock begins at 0 is read by it, one whose clock stands by the page's."""
    document, frame = watched
    document.evaluate(
        "() => { const own = video.requestVideoFrameCallback.bind(video); let first = null;"
        " video.requestVideoFrameCallback = (what) => own((now, facts) => {"
        f" first ??= facts.mediaTime; what(now + 1e6, {{ mediaTime: {CLOCKS[clock]} }}) }}) }}"
    )
    frame.get_by_role("button", name="start the camera").click()
    status(frame, "Camera: [1-9] of 12 seconds")


LOST = {
    "ended": "running.stream.getTracks()[0].dispatchEvent(new Event('ended'))",
    "silent": "running.stream.getTracks().forEach((track) => track.stop())",
}


@pytest.mark.parametrize("how", LOST)
def test_a_camera_that_is_unplugged(watched: tuple[Frame, FrameLocator], how: str) -> None:
    """It is told, whether the browser notices or frames only stay away; no number is left standing."""
    document, frame = watched
    frame.get_by_role("button", name="start the camera").click()
    status(frame, "Camera: ")
    document.evaluate(LOST[how])
    assert "unplugged" in status(frame, "The camera stopped")
    assert document.evaluate("[running, samples.length, video.srcObject]") == [None, 0, None]
    assert frame.locator("#consent").is_visible()


PICTURELESS = {
    "pending": ("new Promise(() => {})", "no picture came"),
    "rejected": ("Promise.reject(new Error('no decoder'))", r"its pictures cannot be shown \(no decoder\)"),
}


@pytest.mark.parametrize("how", PICTURELESS)
def test_a_camera_without_a_first_picture_is_turned_off(watched: tuple[Frame, FrameLocator], how: str) -> None:
    """Whether playing never begins or fails: the camera's light goes out, and the page says why and offers the rest."""
    document, frame = watched
    playing, words = PICTURELESS[how]
    document.evaluate(
        "() => { window.strayed = [];"
        " addEventListener('unhandledrejection', (event) => strayed.push(`${event.reason}`));"
        " const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        " navigator.mediaDevices.getUserMedia = async (want) => (window.given = await ask(want));"
        f" HTMLMediaElement.prototype.play = () => {playing} }}"
    )
    frame.get_by_role("button", name="start the camera").click()
    assert "a recording" in status(frame, words)
    assert document.evaluate("given.getTracks().map((track) => track.readyState)") == ["ended"]
    assert document.evaluate("[running, video.srcObject, strayed]") == [None, None, []]
    assert frame.locator("#consent").is_visible()


def test_a_camera_without_a_first_picture_goes_with_its_slide(watched: tuple[Frame, FrameLocator]) -> None:
    """Whoever leaves the slide while the first picture is awaited turns the camera off as at any other time."""
    document, frame = watched
    document.evaluate("() => { HTMLMediaElement.prototype.play = () => new Promise(() => {}) }")
    frame.get_by_role("button", name="start the camera").click()
    frame.get_by_role("button", name="stop", disabled=False).wait_for()
    document.page.evaluate("location.hash = 'why-a-heart-rate-matters'")
    document.locator("#status", has_text="The slide was left: the camera is off").wait_for(state="attached")
    assert document.evaluate("video.srcObject") is None


@pytest.mark.parametrize(("key", "width"), [("+", 240), ("-", 24)])
def test_the_skin_box_keeps_its_middle(watched: tuple[Frame, FrameLocator], key: str, width: int) -> None:
    """However often a person asks for more or less than there is, the box stays where it was put."""
    document, frame = watched
    frame.get_by_role("button", name="start the camera").click()
    skin = frame.get_by_role("group", name=re.compile("Skin box"))
    middle = "[box.x + box.width / 2, box.y + box.height / 2]"
    skin.press("ArrowDown")
    skin.press("ArrowDown")
    skin.press("ArrowDown")
    before = document.evaluate(middle)
    for _ in range(14):
        skin.press(key)
    assert (document.evaluate(middle), document.evaluate("box.width")) == (before, width)


def test_without_a_camera_the_page_says_what_else_there_is(blind: Any, deck: Path) -> None:
    """No camera, or none allowed: a sentence, and the recordings."""
    _, frame = opened(blind, deck, READER)
    frame.get_by_role("checkbox").check()
    frame.get_by_role("button", name="start the camera").click()
    assert "Play a recording instead" in status(frame, "There is no camera here")


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        ("a face", r"GREEN says 7[12] beats a minute, POS says 7[12] beats a minute\. The true rate was 7"),
        ("a swinging lamp", r"GREEN says 12\d beats a minute, POS says 7[12] beats a minute\. They disagree"),
        ("a photo", r"GREEN gives no answer, POS gives no answer.* There was no pulse"),
    ],
)
def test_recordings_stand_for_a_camera(blind: Any, deck: Path, button: str, answer: str) -> None:
    """Each recording is played from a key, and its answer comes at once."""
    _, frame = opened(blind, deck, READER)
    frame.get_by_role("button", name=button, exact=True).press("Enter")
    status(frame, answer)


def test_the_recordings_are_what_their_script_makes() -> None:
    """recorded.js holds the numbers that recorded.py writes; where not, run the script."""
    script = runpy.run_path(str(DEMOS / "recorded.py"))
    lines = (DEMOS / "recorded.js").read_text("utf-8").splitlines()
    there = json.loads(next(line for line in lines if line.startswith("const RECORDED")).partition("= ")[2])
    assert list(there) == list(script["CLIPS"])
    for name, facts in script["CLIPS"].items():
        made = script["clip"](*facts)
        assert {key: made[key] for key in ("says", "fps", "truth")} == {
            key: there[name][key] for key in ("says", "fps", "truth")
        }
        assert there[name]["rgb"] == pytest.approx(made["rgb"], abs=0.011)


def test_most_pulses_are_read_and_no_pulse_is_refused(blind: Any, deck: Path) -> None:
    """On traces of known rate: within 3 BPM on light skin, and without a pulse at least 95 % get no answer."""
    page, _ = opened(blind, deck, READER)
    frame = inside(page)
    missed = answered = 0
    for seed in range(20):
        for scenario in ("easy", "still_photo"):
            traces = make_rgb_traces(scenario, seconds=12, fps=20, seed=seed)
            samples = [
                dict(zip("trgb", (time, *colour), strict=True))
                for time, colour in zip(traces.times.tolist(), traces.rgb.tolist(), strict=True)
            ]
            said = frame.evaluate(
                "samples => { const { green, pos } = read(samples);"
                " return [green, pos].map(({ bpm, snr }) => snr < LEAST ? null : bpm) }",
                samples,
            )
            truth = traces.heart_rate
            if truth is None:
                answered += sum(bpm is not None for bpm in said)
            else:
                missed += sum(math.isnan(bpm or math.nan) or abs(bpm - truth) > CLOSE for bpm in said)
    assert missed == 0
    assert answered <= 2


def swing(rate: float) -> dict[str, Any]:
    """Return a clip of 13 seconds whose skin swings `rate` times a minute and no other way, in a pulse's colours."""
    waves = [math.sin(2 * math.pi * rate / 60 * frame / 20) for frame in range(260)]
    rgb = [level * (1 + share * wave) for wave in waves for level, share in ((180, 0.003), (120, 0.01), (100, 0.005))]
    return {"says": "a swing", "fps": 20, "rgb": rgb}


@pytest.mark.parametrize("rate", [32, 36, 40, 182, 186])
def test_a_swing_outside_of_the_band_gets_no_answer(blind: Any, deck: Path, rate: float) -> None:
    """A sway, or a pulse too fast, is no rate at the band's edge: the page refuses, and says where the swing lies."""
    page, frame = opened(blind, deck, READER)
    inside(page).evaluate("clip => play(clip)", swing(rate))
    said = status(frame, "A swing: GREEN")
    assert "GREEN gives no answer, POS gives no answer" in said
    assert "The strongest swing of GREEN and POS lies outside of 42 to 180 a minute" in said
    assert frame.locator("svg .refused").all_text_contents() == ["no answer", "no answer"]


@pytest.mark.parametrize("rate", [42, 44, 178, 180])
def test_a_pulse_near_the_edge_of_the_band_is_read(blind: Any, deck: Path, rate: float) -> None:
    """The band's own first and last rates are answers as any other."""
    page, frame = opened(blind, deck, READER)
    inside(page).evaluate("clip => play(clip)", swing(rate))
    assert f"GREEN says {rate} beats a minute, POS says {rate} beats" in status(frame, "A swing: GREEN")


def test_the_page_forbids_itself_every_connection(blind: Any, deck: Path) -> None:
    """What a script of the page sends is stopped by the page's own policy."""
    page, _ = opened(blind, deck, READER)
    blocked = inside(page).evaluate(
        "() => new Promise((done) => {"
        " addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));"
        " fetch('http://127.0.0.1:9/').catch(() => {}) })"
    )
    assert blocked == "connect-src"


def test_counts_of_a_class_become_a_histogram(blind: Any, deck: Path) -> None:
    """Counts are typed, Enter adds them, an impossible one is refused, and the last can be taken back."""
    _, frame = opened(blind, deck, TALLY)
    count = frame.get_by_role("spinbutton", name="beats counted")
    for beats in ("17", "18", "22"):
        count.fill(beats)
        count.press("Enter")
    assert "3 pulses: lowest 68, median 72, highest 88 beats a minute" in frame.get_by_role("status").inner_text()
    assert frame.locator("rect.bar").count() == 3
    count.fill("3")
    count.press("Enter")
    assert "a whole number from 8 to 55" in frame.get_by_role("status").inner_text()
    frame.get_by_role("button", name="undo").press("Enter")
    assert "2 pulses: lowest 68, median 70, highest 72" in frame.get_by_role("status").inner_text()
    frame.get_by_role("button", name="start 15 seconds").press("Enter")
    assert frame.get_by_role("status").inner_text() == "Count!"
