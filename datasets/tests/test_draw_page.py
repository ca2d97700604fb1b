"""The page on which a student's model reads a digit: held against PyTorch and against MNIST's own rule, in Chromium."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from autograder.environment import chromium_path
from coursedata import draw_page
from coursedata.digits import draw_digits

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MEAN, STD = 0.17, 0.31
CLOSE = 2e-5
"""Largest difference in logits of size 1: both sides calculate in single precision."""
SEVEN = [[(70, 60), (210, 60), (120, 230)]]
ONE = [[(140, 50), (140, 230)]]
FOUR = [[(90, 60), (80, 150), (200, 150)], [(170, 50), (165, 240)]]
ZERO = [[(140 + 60 * math.sin(k / 4), 140 - 85 * math.cos(k / 4)) for k in range(26)]]


class OwnClass(nn.Module):
    """What a student writes: own parameters, functions, a view by batch size, a sum that goes around a layer."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(1, 6, 5, stride=2, padding=2)
        self.second = nn.Conv2d(6, 6, 3, padding=1, bias=False)
        self.weight = nn.Parameter(torch.randn(6 * 49, 10) / 10)
        self.bias = nn.Parameter(torch.randn(10))

    def forward(self, x: Tensor) -> Tensor:
        """Return logits."""
        x = functional.relu(self.first(x))
        x = torch.relu_(x + self.second(x))
        x = functional.max_pool2d(x, 2)
        return x.view(x.size(0), -1) @ self.weight + self.bias


def matmuls(x: Tensor) -> Tensor:
    """An MLP as week 1 would write it, without any module."""
    generator = torch.Generator().manual_seed(5)
    hidden, out = (torch.randn(*shape, generator=generator) / 20 for shape in ((784, 30), (30, 10)))
    return torch.einsum("nh,hk->nk", torch.maximum(x @ hidden, torch.tensor(0.0)), out) * 3 - 0.5


MODELS: dict[str, tuple[Callable[[], Any], tuple[int, ...]]] = {
    "linear": (lambda: nn.Sequential(nn.Flatten(), nn.Linear(784, 10)), (1, 28, 28)),
    "mlp": (
        lambda: nn.Sequential(
            nn.Linear(784, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Dropout(0.5), nn.Linear(64, 10, bias=False)
        ),
        (784,),
    ),
    "cnn": (
        lambda: nn.Sequential(
            nn.Conv2d(1, 8, 3),
            nn.BatchNorm2d(8),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(2),
            nn.Conv2d(8, 12, 3, padding=1, groups=4),
            nn.BatchNorm2d(12, affine=False),
            nn.LeakyReLU(0.1),
            nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True),
            nn.Dropout2d(),
            nn.Flatten(),
            nn.Linear(12 * 49, 10),
        ),
        (1, 28, 28),
    ),
    "other layers": (
        lambda: nn.Sequential(
            nn.Conv2d(1, 4, (3, 5), stride=(1, 2), padding="valid", dilation=2),
            nn.GELU(),
            nn.AvgPool2d(3, padding=1),
            nn.SiLU(),
            nn.AdaptiveAvgPool2d((3, 2)),
            nn.Flatten(),
            nn.Linear(24, 12),
            nn.ELU(),
            nn.Hardswish(),
            nn.Linear(12, 12),
            nn.Tanh(),
            nn.ReLU6(),
            nn.GELU(approximate="tanh"),
            nn.Linear(12, 10),
            nn.LogSoftmax(dim=1),
        ),
        (1, 28, 28),
    ),
    "mean over the picture": (
        lambda: nn.Sequential(nn.Conv2d(1, 10, 3), nn.Sigmoid(), nn.AdaptiveAvgPool2d(1), nn.Flatten()),
        (1, 28, 28),
    ),
    "own class": (OwnClass, (1, 28, 28)),
    "double": (lambda: nn.Sequential(nn.Flatten(), nn.Linear(784, 10)).double(), (1, 28, 28)),
    "matmuls": (lambda: matmuls, (784,)),
    "no batch": (lambda: lambda x: matmuls(x.reshape(1, -1)).reshape(10).clamp(-1, 1), (28, 28)),
}


def wake(model: Any) -> Any:
    """Give a fresh model numbers as training leaves them: no statistic at its start, some units dead."""
    if isinstance(model, nn.Module):
        for name, values in model.state_dict().items():
            if name.endswith("running_var"):
                values.uniform_(0.3, 2.0)
            elif values.is_floating_point():
                values.add_(torch.randn_like(values), alpha=0.2)
    return model


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for this module alone: Playwright keeps an event loop running that others would trip over."""
    program = chromium_path()
    if program is None:
        pytest.skip("no Chromium here: `autograder doctor` says how to get one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without network that fails the test when a script fails or anything is asked for."""
    context = browser.new_context(viewport={"width": 1100, "height": 820}, offline=True, has_touch=True)
    opened, trouble = context.new_page(), list[str]()
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("console", lambda message: trouble.append(message.text))
    opened.on("request", lambda asked: trouble.append(asked.url) if not asked.url.startswith("file:") else None)
    yield opened
    context.close()
    assert trouble == []


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a small model with fixed weights."""
    torch.manual_seed(3)
    folder = tmp_path_factory.mktemp("own digit")
    return draw_page(nn.Sequential(nn.Flatten(), nn.Linear(784, 10)), folder / "digit.html", mean=MEAN, std=STD)


def draw(page: Page, strokes: list[list[tuple[float, float]]]) -> None:
    """Draw strokes with the mouse; the field has 280 units to a side."""
    box = page.locator("#field").bounding_box()
    assert box
    for stroke in strokes:
        for k, (x, y) in enumerate(stroke):
            page.mouse.move(box["x"] + x * box["width"] / 280, box["y"] + y * box["height"] / 280, steps=3)
            if k == 0:
                page.mouse.down()
        page.mouse.up()


def pixels(page: Page) -> NDArray[np.uint8]:
    """Return the 28 x 28 pixels that the model sees."""
    return np.array(page.evaluate("[...pixelsOf(strokes)]"), np.uint8).reshape(28, 28)


def made(page: Page, strokes: list[list[tuple[float, float]]]) -> NDArray[np.uint8]:
    """Return the 28 x 28 pixels that strokes become, whatever is drawn."""
    return np.array(page.evaluate(f"[...pixelsOf({json.dumps(strokes)})]"), np.uint8).reshape(28, 28)


def shares(page: Page) -> list[float]:
    """Return the shares of the bars."""
    widths = page.locator("#bars .share").evaluate_all("bars => bars.map(bar => parseFloat(bar.style.width))")
    return [float(width) for width in widths]


@pytest.mark.chromium
@pytest.mark.parametrize("name", MODELS)
def test_the_page_calculates_what_pytorch_calculates(page: Page, tmp_path: Path, name: str) -> None:
    """For drawn digits and for noise the ten numbers agree to single precision."""
    torch.manual_seed(11)
    make, shape = MODELS[name]
    model = wake(make())
    page.goto(draw_page(model, tmp_path / "digit.html", mean=MEAN, std=STD, shape=shape).as_uri())
    images = np.concatenate(
        [draw_digits(4, seed=2)[0], np.random.default_rng(0).integers(0, 256, (2, 28, 28), np.uint8)]
    )
    fed = (torch.from_numpy(images).float() / 255 - MEAN) / STD
    if isinstance(model, nn.Module):
        model.eval()
        fed = fed.to(next(model.parameters()).dtype)
    with torch.no_grad():
        truth = np.stack([model(image.reshape(1, *shape)).reshape(10).numpy() for image in fed])
    found = np.array(page.evaluate(f"{json.dumps(images.reshape(len(images), -1).tolist())}.map(read)"))
    assert np.abs(truth).max() > 0.05
    assert found == pytest.approx(truth, abs=CLOSE * max(1.0, float(np.abs(truth).max())))


@pytest.mark.chromium
def test_the_bars_are_the_softmax_of_the_model(page: Page, written: Path) -> None:
    """Ten bars that add up to 100 per cent; the largest is marked, and the status names the first two."""
    page.goto(written.as_uri())
    assert page.get_by_role("status").inner_text() == "Draw a digit, as large as you like."
    draw(page, SEVEN)
    torch.manual_seed(3)
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    with torch.no_grad():
        truth = model((torch.from_numpy(pixels(page)).float()[None] / 255 - MEAN) / STD).softmax(1)[0].numpy()
    assert shares(page) == pytest.approx(100 * truth, abs=0.01)
    first, second = np.argsort(-truth)[:2]
    assert page.locator("#bars .first span").first.inner_text() == str(first)
    assert (
        f"The model reads a {first} ({100 * truth[first]:.1f} %), then a {second}"
        in page.get_by_role("status").inner_text()
    )


@pytest.mark.chromium
def test_a_model_that_ends_in_a_softmax_is_not_squashed_again(page: Page, tmp_path: Path) -> None:
    """Probabilities are shown as they are."""
    torch.manual_seed(4)
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 10), nn.Softmax(dim=1))
    page.goto(draw_page(model, tmp_path / "digit.html").as_uri())
    draw(page, ONE)
    with torch.no_grad():
        truth = model(torch.from_numpy(pixels(page)).float()[None] / 255)[0].numpy()
    assert shares(page) == pytest.approx(100 * truth, abs=0.01)


@pytest.mark.chromium
def test_a_digit_is_scaled_and_centred_as_mnist(page: Page, written: Path) -> None:
    """Large or small, here or there: the longer side has 20 pixels, the centre of mass lies on the pixel (14, 14)."""
    page.goto(written.as_uri())
    for strokes in (SEVEN, FOUR, ZERO):
        seen = made(page, strokes)
        rows, columns = (np.flatnonzero(seen.any(axis=axis)) for axis in (1, 0))
        assert 19 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= 21  # 20 that need not begin at the edge of a pixel
        centre = [(seen.sum(axis=axis) * np.arange(28)).sum() / seen.sum() for axis in (1, 0)]
        assert centre == pytest.approx([14, 14], abs=0.06)
        assert seen.max() == 255
        small = made(page, [[(20 + x / 4, 200 + y / 4) for x, y in stroke] for stroke in strokes])
        assert np.abs(small.astype(int) - seen).mean() < 2
    dot = made(page, [[(40, 200)]])
    assert 3 * 255 < dot.sum() < 6 * 255  # a dot stays a dot


@pytest.mark.chromium
def test_without_the_tick_a_digit_stays_where_it_was_drawn(page: Page, written: Path) -> None:
    """Ten units of the field are a pixel, and the model answers to what it sees then."""
    page.goto(written.as_uri())
    draw(page, [[(40, 60), (40, 120)]])
    before = shares(page)
    page.get_by_role("checkbox", name="centre and scale as MNIST").press("Space")
    assert shares(page) != before
    seen = np.array(page.evaluate("[...seen.getContext('2d').getImageData(0, 0, 28, 28).data]")).reshape(28, 28, 4)[
        ..., 0
    ]
    rows, columns = (np.flatnonzero(seen.any(axis=axis)) for axis in (1, 0))
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (4, 13, 2, 5)
    page.get_by_role("checkbox", name="centre and scale as MNIST").press("Space")
    assert shares(page) == before


@pytest.mark.chromium
def test_mouse_finger_and_keys_draw_the_same(page: Page, written: Path) -> None:
    """A straight line comes out alike by each way, and undo and clear take it back."""
    page.goto(written.as_uri())
    draw(page, ONE)
    by_mouse = pixels(page)
    page.get_by_role("button", name="Undo").click()
    assert not pixels(page).any()
    box = page.locator("#field").bounding_box()
    assert box
    touch = page.context.new_cdp_session(page)
    across = box["x"] + box["width"] / 2
    for kind, share in (("touchStart", 50), ("touchMove", 140), ("touchMove", 230), ("touchEnd", None)):
        points = [] if share is None else [{"x": across, "y": box["y"] + share * box["height"] / 280}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert np.abs(pixels(page).astype(int) - by_mouse).mean() < 1
    page.get_by_role("button", name="Clear").press("Enter")
    assert not pixels(page).any()
    assert page.get_by_role("status").inner_text() == "Draw a digit, as large as you like."
    page.keyboard.press("Shift+Tab")
    assert page.locator("#field").evaluate("field => field === document.activeElement")
    for _ in range(9):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    assert page.get_by_role("status").inner_text() == "The pen is down."
    for _ in range(18):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert page.get_by_role("status").inner_text().startswith("The model reads a ")
    assert np.abs(pixels(page).astype(int) - by_mouse).mean() < 1
    page.keyboard.press("Backspace")
    assert not pixels(page).any()


@pytest.mark.chromium
def test_a_small_cnn_reads_what_a_mouse_draws(page: Page, tmp_path: Path) -> None:
    """A network trained for seconds on the course's digits reads a 7, a 1, a 4 and a 0 off the canvas."""
    torch.manual_seed(0)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    images, labels = (torch.from_numpy(array) for array in draw_digits(4000, seed=21))
    x, y = (images.float()[:, None] / 255 - MEAN) / STD, labels.long()
    model = nn.Sequential(
        *(nn.Conv2d(1, 16, 5, stride=2), nn.BatchNorm2d(16), nn.ReLU(), nn.Conv2d(16, 32, 3, stride=2)),
        *(nn.BatchNorm2d(32), nn.ReLU(), nn.Flatten(), nn.Linear(800, 10)),
    )
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for batch in torch.cat([torch.randperm(4000) for _ in range(5)]).split(100):
        optimiser.zero_grad()
        functional.cross_entropy(model(x[batch]), y[batch]).backward()
        optimiser.step()
    torch.set_num_threads(threads)
    page.goto(draw_page(model, tmp_path / "digit.html", mean=MEAN, std=STD).as_uri())
    read = []
    for strokes in (SEVEN, ONE, FOUR, ZERO):
        draw(page, strokes)
        read.append(page.get_by_role("status").inner_text()[:19])
        page.get_by_role("button", name="Clear").click()
    assert read == [f"The model reads a {digit}" for digit in (7, 1, 4, 0)]


@pytest.mark.chromium
def test_the_page_is_usable_by_all_and_fits_a_telephone(page: Page, written: Path, axe: str) -> None:
    """No rule of WCAG A or AA is broken, light and dark; nothing runs over the edge of a narrow screen."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(written.as_uri())
        draw(page, SEVEN)
        found = page.evaluate(f"() => {{ {axe}; return axe.run({{ runOnly: ['wcag2a', 'wcag2aa'] }}) }}")
        assert [(broken["id"], broken["nodes"][0]["html"]) for broken in found["violations"]] == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.fixture(scope="module")
def axe() -> str:
    """The accessibility rules, as the deck lint has them."""
    script = Path(__file__).parents[2] / "slides" / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.skip("the npm packages of slides/ are not installed: run `make setup`")
    return script.read_text("utf-8")


def test_the_model_stays_as_it_was_and_the_bytes_repeat(tmp_path: Path) -> None:
    """Mode, weights and statistics are untouched, and equal models give equal files."""
    torch.manual_seed(6)
    model = nn.Sequential(nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), nn.Dropout(), nn.Flatten(), nn.Linear(3 * 676, 10))
    before = {name: value.clone() for name, value in model.state_dict().items()}
    state = torch.get_rng_state()
    first, second = (draw_page(model, tmp_path / f"{name}.html").read_bytes() for name in "ab")
    assert first == second
    assert model.training
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert torch.equal(torch.get_rng_state(), state)
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["a.html", "b.html"]


def test_a_page_without_a_title(tmp_path: Path) -> None:
    """An empty title is one, too."""
    text = draw_page(matmuls, tmp_path / "p.html", shape=(784,), title="").read_text("utf-8")
    assert "<title></title>" in text


def test_a_title_is_text(tmp_path: Path) -> None:
    """What looks like HTML stays words, and the page allows no other source."""
    text = draw_page(matmuls, tmp_path / "p.html", shape=(784,), title="</title><script>alert(1)</script>").read_text(
        "utf-8"
    )
    assert "<script>alert" not in text
    assert text.count("&lt;script&gt;alert(1)") == 2
    assert "default-src 'none'" in text
    assert "{{" not in text
    assert "://" not in text


def stacked(x: Tensor) -> Tensor:
    """Call something that the page has not learned."""
    return torch.cumsum(x.reshape(1, 784), dim=1)[:, :10]


def branching(x: Tensor) -> Tensor:
    """Go a way that depends on the picture."""
    return matmuls(x) if float(x.sum()) > 0 else matmuls(-x)


def through_numpy(x: Tensor) -> Tensor:
    """Leave PyTorch on the way."""
    return torch.from_numpy(x.numpy()[:, :10] * 2)


def partly_through_numpy(x: Tensor) -> Tensor:
    """Bake a number of this picture in."""
    return matmuls(x) + torch.tensor(x.numpy().mean())


def stale(x: Tensor) -> Tensor:
    """Change a view in place and go on with the other."""
    y = x * 2
    y.view(28, 28).relu_()
    return matmuls(y)


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (stacked, r"the page cannot calculate cumsum: it knows .*convolution"),
        (branching, "depends on the picture or on chance"),
        (through_numpy, "does not come from the picture: does it go through NumPy"),
        (partly_through_numpy, "depends on the picture or on chance"),
        (lambda x: matmuls(x) + torch.rand(10), "depends on the picture or on chance"),
        (lambda x: matmuls(x)[:, :7], r"the page cannot calculate slice|has to give 10 numbers, not \(1, 7\)"),
        (lambda x: (matmuls(x), x), "has to give 10 numbers, not tuple"),
        (lambda x: matmuls(x) / 0, "not finite"),
        (stale, "changes a tensor in place and then uses another view of it"),
    ],
)
def test_a_model_that_cannot_be_a_page_is_named(tmp_path: Path, model: Callable[[Tensor], Tensor], words: str) -> None:
    """ValueError says what stands in the way, and no file is left."""
    with pytest.raises(ValueError, match=words):
        draw_page(model, tmp_path / "digit.html", shape=(784,))
    assert not list(tmp_path.iterdir())


def test_arguments_that_fit_no_digit_are_named(tmp_path: Path) -> None:
    """A shape of other than 784 pixels, a spread of 0."""
    with pytest.raises(ValueError, match="784 pixels of one picture"):
        draw_page(matmuls, tmp_path / "digit.html", shape=(1, 32, 32))
    with pytest.raises(ValueError, match="mean and std are those of the training pixels"):
        draw_page(matmuls, tmp_path / "digit.html", shape=(784,), std=0)
