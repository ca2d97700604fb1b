"""Hidden checks of 01_tensors: every input is drawn from `rng`, so that knowing this file gives no answer away.

True answers come from slow loops, NumPy or another library wherever one of them can say it; the reference is asked
only where it is itself the definition.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks import check
from autograder.compare import Mismatch, is_copy, is_view, matches, no_loop, raises, require, unmodified

ROUNDING = 2e-6
"""Relative error of a few float32 operations in another order; float32 itself resolves 1.2e-7."""
SHARE = 1e-5
"""Absolute error of a relative change: means of hundreds of float32 numbers, while a pulse is 2e-3."""


def sizes(rng: np.random.Generator, count: int, low: int = 2, high: int = 9) -> list[int]:
    """Return `count` different lengths, so that no axis can be taken for another."""
    return [int(n) for n in rng.choice(np.arange(low, high), size=count, replace=False)]


def floats(rng: np.random.Generator, *shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    """Return numbers around 0."""
    return torch.from_numpy(rng.normal(0.0, 3.0, shape)).to(dtype)


def pixels(rng: np.random.Generator, *shape: int) -> torch.Tensor:
    """Return bytes, none of them 0, so that no mean is."""
    return torch.from_numpy(rng.integers(1, 256, shape, dtype=np.uint8))


def spaced(tensor: torch.Tensor) -> torch.Tensor:
    """Return equal numbers in a tensor that is not contiguous: every second cell of the last axis."""
    return torch.stack([tensor, torch.zeros_like(tensor)], dim=-1).flatten(-2)[..., ::2]


def mentioned(student: Any, name: str) -> frozenset[str]:
    """Return all names in the definition of `name`, which must be one that can be read."""
    facts = student.source(name)
    require(facts.text, f"The definition of `{name}` cannot be read: write it as a function in its own cell.")
    return facts.names


def operations(student: Any, name: str, *args: Any) -> set[str]:
    """Return what torch was asked for in a call, by whatever name the source has for it."""
    asked = student.probe("operations", name, *args)
    return {one for one in asked if isinstance(one, str)} if isinstance(asked, list) else set()


def written_through(before: torch.Tensor, after: Any, what: str) -> None:
    """Require that what was written into the answer arrived in the tensor that was handed in."""
    matches(after, before, atol=math.inf)
    require(not torch.equal(after, before), what, rule="side effect")


def right_first(got: Any, want: torch.Tensor, **how: Any) -> None:
    """Require a right answer where something else is asked of it; what is wrong with its numbers is told elsewhere."""
    try:
        matches(got, want, **how)
    except Mismatch as wrong:
        raise Mismatch(wrong.rule, "The answer itself is not right yet, and this is asked of a right one.") from wrong


# ---------------------------------------------------------------------------------------------------- own_trace


@check(
    "own_trace",
    hint="Name the dtype where the tensor is made; a nested list becomes rows and columns.",
    see="slide:list-array-tensor",
)
def test_own_trace_of_lists(student, rng):
    """A list, or a list of lists, becomes a float32 tensor of the same shape."""
    whole = rng.integers(-50, 50, 6).tolist()
    matches(student.own_trace(whole), torch.tensor(whole, dtype=torch.float32))
    nested = rng.normal(150.0, 1.0, sizes(rng, 2)).tolist()
    matches(student.own_trace(nested), torch.from_numpy(np.array(nested, dtype=np.float32)))


@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "uint8"])
@check(
    "own_trace",
    weight=0.5,
    hint="An array brings its own dtype along unless you name another.",
    see="cell:sharing_seen",
)
def test_own_trace_of_arrays(student, rng, dtype):
    """An array of any dtype and shape becomes float32 with the same numbers."""
    array = rng.integers(0, 250, sizes(rng, 3)).astype(dtype)
    matches(student.own_trace(array), torch.from_numpy(array.astype(np.float32)))


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16, torch.int32])
@check(
    "own_trace",
    weight=0.5,
    hint="A tensor must go through the same door: which calls of the table take arrays and tensors?",
    see="slide:who-shares-memory",
)
def test_own_trace_of_tensors(student, rng, dtype):
    """A tensor of any dtype, contiguous or not, becomes float32 with the same numbers."""
    tensor = torch.from_numpy(rng.integers(0, 250, sizes(rng, 2))).to(dtype)
    matches(student.own_trace(tensor), tensor.to(torch.float32))
    matches(student.own_trace(spaced(tensor).T), tensor.to(torch.float32).T)


@check(
    "own_trace",
    weight=1.5,
    claim=True,
    hint="When the array is float32 already, nothing forces a copy: ask for one.",
    see="slide:who-shares-memory",
)
def test_own_trace_leaves_a_float32_array_alone(student, rng):
    """Writing into the result does not reach a float32 array."""
    array = rng.normal(150.0, 1.0, sizes(rng, 2)).astype(np.float32)
    seen = student.observe("own_trace", array, writes=True)
    matches(seen.value, torch.from_numpy(array), dtype=False)
    is_copy(seen)
    unmodified(seen, array)


@check(
    "own_trace",
    weight=1.5,
    claim=True,
    hint="`.to(torch.float32)` gives back the very same tensor when it is float32 already.",
    see="cell:memory_seen",
)
def test_own_trace_leaves_a_float32_tensor_alone(student, rng):
    """Writing into the result does not reach a float32 tensor."""
    tensor = floats(rng, *sizes(rng, 2))
    seen = student.observe("own_trace", tensor, writes=True)
    matches(seen.value, tensor, dtype=False)
    is_copy(seen)
    unmodified(seen, tensor)


@check(
    "own_trace",
    hint="Do not add, drop or merge axes: a tensor may have none (shape ()) or an axis of length 0.",
    see="cell:own_trace_seen",
)
def test_own_trace_of_nothing_and_of_one(student, rng):
    """Empty input, a single number and axes of length 1 keep their shape."""
    one = float(rng.integers(1, 100))
    matches(student.own_trace([]), torch.zeros(0))
    matches(student.own_trace(np.zeros((0, 3))), torch.zeros(0, 3))
    matches(student.own_trace(np.array(one)), torch.tensor(one))
    matches(student.own_trace([[one]]), torch.tensor([[one]]))


# ---------------------------------------------------------------------------------------------------- stored_as


@check(
    "stored_as",
    weight=2,
    hint="Casting to an integer cuts off what stands after the point: round first.",
    see="cell:casting_seen",
)
def test_stored_as_uint8_rounds(student, rng):
    """As uint8 every number goes to the nearest whole one."""
    trace = (rng.uniform(1.0, 254.0, 40)).astype(np.float32)
    matches(student.stored_as(torch.from_numpy(trace), torch.uint8), torch.from_numpy(np.rint(trace)))
    halves = torch.from_numpy(rng.integers(1, 254, 20) + 0.5).to(torch.float32)
    matches(student.stored_as(halves, torch.uint8), torch.from_numpy(np.rint(halves.numpy())))


@check(
    "stored_as",
    weight=2,
    hint="Outside the range a cast gives anything: clamp first, and clamp after rounding.",
    see="slide:small-integers-wrap-around",
)
def test_stored_as_uint8_saturates(student, rng):
    """As uint8 what lies outside 0 to 255 becomes 0 or 255."""
    trace = torch.from_numpy(rng.uniform(-900.0, 900.0, (5, 12))).to(torch.float32)
    trace[0, :4] = torch.tensor([255.4, 255.6, -0.4, 256.0])
    matches(student.stored_as(trace, torch.uint8), torch.from_numpy(np.clip(np.rint(trace.numpy()), 0, 255)))


@pytest.mark.parametrize(("dtype", "low", "high"), [(torch.int8, -128, 127), (torch.int16, -32768, 32767)])
@check(
    "stored_as",
    hint="Every integer dtype has its own smallest and largest number: `torch.iinfo` knows them.",
    see="cell:casting_seen",
)
def test_stored_as_other_integers(student, rng, dtype, low, high):
    """int8 and int16 round, and saturate at their own borders."""
    trace = torch.from_numpy(rng.uniform(1.5 * low, 1.5 * high, (4, 30))).to(torch.float32)
    matches(student.stored_as(trace, dtype), torch.from_numpy(np.clip(np.rint(trace.numpy()), low, high)))


@check(
    "stored_as",
    weight=1.5,
    hint="Only integers are rounded and clamped; for floats the cast there and back is all.",
    see="cell:levels_seen",
)
def test_stored_as_half_precision(student, rng):
    """float16 and bfloat16 keep the nearest of their marks, also below 0 and between whole numbers."""
    trace = (rng.normal(0.0, 90.0, (3, 25))).astype(np.float32)
    matches(
        student.stored_as(torch.from_numpy(trace), torch.float16),
        torch.from_numpy(trace.astype(np.float16) * 1.0).to(torch.float32),
    )
    tensor = torch.from_numpy(trace)
    matches(student.stored_as(tensor, torch.bfloat16), tensor.bfloat16().float())


@check(
    "stored_as",
    hint="float32 is stored as it is: nothing may be rounded.",
    see="slide:count-the-values-that-survive",
)
def test_stored_as_float32_keeps_everything(student, rng):
    """float32 keeps every number exactly, where bfloat16 keeps the nearest of its marks."""
    trace = floats(rng, 4, 7) * 1000
    matches(student.stored_as(trace, torch.bfloat16), trace.bfloat16().float())
    matches(student.stored_as(trace, torch.float32), trace)


@check(
    "stored_as",
    hint="Work on the tensor as a whole; its shape is never needed.",
    see="slide:dtypes-what-is-lost",
)
def test_stored_as_keeps_any_shape(student, rng):
    """Empty tensors, single numbers and tensors that are not contiguous keep their shape; the result is float32."""
    trace = torch.from_numpy(rng.uniform(0.0, 255.0, sizes(rng, 2))).to(torch.float32)
    matches(student.stored_as(spaced(trace).T, torch.uint8), trace.round().T)
    matches(student.stored_as(trace[:0], torch.uint8), trace[:0])
    matches(student.stored_as(trace[0, 0], torch.int16), trace[0, 0].round())


@check(
    "stored_as",
    claim=True,
    hint="A name that ends in an underscore, and `x[...] = `, change the tensor that was handed in.",
    see="slide:who-shares-memory",
)
def test_stored_as_changes_nothing(student, rng):
    """The trace that was handed in stays as it was."""
    trace = torch.from_numpy(rng.uniform(-300.0, 300.0, 20)).to(torch.float32)
    seen = student.observe("stored_as", trace, torch.uint8)
    right_first(seen.value, trace.round().clamp(0, 255))
    unmodified(seen, trace)


# -------------------------------------------------------------------------------------------------- from_planes


def frames_by_hand(stream: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """Return (T, H, W, 3), one number at a time."""
    count = stream.numel() // (3 * height * width)
    frames = torch.empty((count, height, width, 3), dtype=stream.dtype)
    numbers = iter(stream)
    for time in range(count):
        for colour in range(3):
            for row in range(height):
                for column in range(width):
                    frames[time, row, column, colour] = next(numbers)
    return frames


@check(
    "from_planes",
    weight=3,
    hint="Cut the line as the camera wrote it: frames, planes, rows, columns. Then change the order of the axes.",
    see="slide:permute-is-not-reshape",
)
def test_from_planes_of_odd_sizes(student, rng):
    """Every number of the stream ends at its frame, row, column and colour."""
    count, height, width = sizes(rng, 3, high=7)
    stream = pixels(rng, count * 3 * height * width)
    matches(student.from_planes(stream, height, width), frames_by_hand(stream, height, width))


@check(
    "from_planes",
    weight=2,
    hint="Rows and columns may be exchanged here without changing the shape: follow one pixel by hand.",
    see="cell:scrambled_seen",
)
def test_from_planes_where_the_shape_cannot_tell(student, rng):
    """Frames of 3 x 3 pixels, whose axes all have the same length, are right too."""
    stream = pixels(rng, 3 * 27)
    matches(student.from_planes(stream, 3, 3), frames_by_hand(stream, 3, 3))


@check(
    "from_planes",
    hint="Let -1 stand for the frames; do not drop axes of length 1.",
    see="cell:from_planes_seen",
)
def test_from_planes_of_thin_frames(student, rng):
    """One frame, one row or one column keep all four axes; no frame at all gives T = 0."""
    length = int(rng.integers(2, 9))
    stream = pixels(rng, 3 * length)
    matches(student.from_planes(stream, 1, length), frames_by_hand(stream, 1, length))
    matches(student.from_planes(stream, length, 1), frames_by_hand(stream, length, 1))
    matches(student.from_planes(stream[:0], 4, length), torch.zeros((0, 4, length, 3), dtype=torch.uint8))


@pytest.mark.parametrize("dtype", [torch.float64, torch.int16])
@check(
    "from_planes",
    weight=0.5,
    hint="The numbers are only looked at in another order: their dtype stays.",
    see="slide:dtypes-what-is-lost",
)
def test_from_planes_keeps_the_dtype(student, rng, dtype):
    """The stream's dtype is kept."""
    stream = floats(rng, 2 * 3 * 4 * 5).to(dtype)
    matches(student.from_planes(stream, height=4, width=5), frames_by_hand(stream, 4, 5))


@check(
    "from_planes",
    hint="A stream may be every second cell of something longer: ask the tensor to change its shape, not its memory.",
    see="slide:from-an-index-to-an-address",
)
def test_from_planes_of_a_stream_with_gaps(student, rng):
    """A stream whose cells are not neighbours in memory is read rightly."""
    stream = pixels(rng, 2 * 3 * 2 * 5)
    matches(student.from_planes(spaced(stream), 2, 5), frames_by_hand(stream, 2, 5))


@check(
    "from_planes",
    weight=2,
    claim=True,
    hint="`contiguous`, `clone` and stacking copy. `view` and `permute` only write a new label.",
    see="slide:views-come-from-these-copies-from-those",
)
def test_from_planes_is_a_view(student, rng):
    """The frames share the stream's memory: what is written into them arrives in the stream."""
    stream = pixels(rng, 2 * 3 * 4 * 5)
    seen = student.observe("from_planes", stream, 4, 5)
    right_first(seen.value, frames_by_hand(stream, 4, 5))
    is_view(seen)
    written = student.observe("from_planes", stream, 4, 5, writes=True).args_after[0]
    written_through(stream, written, "Writing into the frames did not change the stream: they are a copy.")


@check(
    "from_planes",
    weight=1.5,
    hint="Test the length before you cut, and raise a ValueError yourself: PyTorch's own error is a RuntimeError.",
    see="cell:from_planes_seen",
)
def test_from_planes_refuses_broken_streams(student, rng):
    """A stream that is no whole number of frames, or less than one, raises ValueError, and a whole one does not."""
    height, width = sizes(rng, 2)
    frame = 3 * height * width
    whole = pixels(rng, 2 * frame)
    right_first(student.from_planes(whole, height, width), frames_by_hand(whole, height, width))
    for rest in (1, 3 * height, 3 * width, height * width, frame - 1):
        raises(ValueError, student.from_planes, pixels(rng, frame + rest), height, width)
        raises(ValueError, student.from_planes, pixels(rng, rest), height, width)


# ---------------------------------------------------------------------------------------------------- green_box


def box_by_hand(video: torch.Tensor, top: int, left: int, height: int, width: int) -> torch.Tensor:
    """Return (T, height, width), one row and column at a time."""
    box = torch.empty((video.shape[0], height, width), dtype=video.dtype)
    for row in range(height):
        for column in range(width):
            box[:, row, column] = video[:, top + row, left + column, 1]
    return box


@check(
    "green_box",
    weight=3,
    hint="height and width are counts: the box ends at top + height, and the end of a slice is left out.",
    see="cell:slicing_seen",
)
def test_green_box_inside(student, rng):
    """A box in the middle of frames of any size holds the right green values."""
    video = pixels(rng, 4, 17, 15, 3)
    top, left, height, width = 2 + int(rng.integers(4)), 7 + int(rng.integers(3)), *sizes(rng, 2, low=2, high=5)
    matches(student.green_box(video, top, left, height, width), box_by_hand(video, top, left, height, width))


@check(
    "green_box",
    hint="A box may touch the border and may be as large as the frame.",
    see="slide:slicing-masks-fancy",
)
def test_green_box_at_the_border(student, rng):
    """The whole frame, high or wide, and a box in the last corner are allowed."""
    low, high = sorted(sizes(rng, 2, low=3))
    for height, width in ((low, high), (high, low)):
        video = pixels(rng, 2, height, width, 3)
        matches(student.green_box(video, 0, 0, height, width), video[..., 1])
        matches(student.green_box(video, height - 2, width - 1, 2, 1), video[:, -2:, -1:, 1])


@check(
    "green_box",
    hint="A slice keeps its axis, even when it has one place or none; only the colour's axis goes.",
    see="slide:slicing-masks-fancy",
)
def test_green_box_of_one_pixel(student, rng):
    """One pixel, one frame or no frame keep three axes."""
    height, width = sizes(rng, 2, low=4)
    video = pixels(rng, 1, height, width, 3)
    top, left = int(rng.integers(height)), int(rng.integers(width))
    matches(student.green_box(video, top, left, 1, 1), video[:, top, left, 1].reshape(1, 1, 1))
    matches(student.green_box(video[:0], 1, 1, 2, 3), torch.zeros((0, 2, 3), dtype=torch.uint8))


@check(
    "green_box",
    hint="Any dtype and any strides: index, do not convert.",
    see="slide:planes-and-boxes-of-the-recording",
)
def test_green_box_of_other_videos(student, rng):
    """A float video that is not contiguous keeps its dtype and its values."""
    video = floats(rng, 3, 5, 8, 7, dtype=torch.float64).permute(1, 2, 3, 0)
    matches(student.green_box(video, 1, 2, 4, 3), box_by_hand(video, 1, 2, 4, 3))


@check(
    "green_box",
    weight=2,
    claim=True,
    hint="A number or a slice as an index gives a view; a list, a mask or `clone` gives a copy.",
    see="slide:view-or-copy",
)
def test_green_box_is_a_view(student, rng):
    """The box shares the video's memory: what is written into it arrives in the video."""
    video = pixels(rng, 3, 6, 7, 3)
    seen = student.observe("green_box", video, 1, 2, 3, 4)
    right_first(seen.value, box_by_hand(video, 1, 2, 3, 4))
    is_view(seen)
    written = student.observe("green_box", video, 1, 2, 3, 4, writes=True).args_after[0]
    written_through(video, written, "Writing into the box did not change the video: it is a copy.")


@pytest.mark.parametrize(("down", "right"), [(1, 0), (0, 1)], ids=["below", "right"])
@check(
    "green_box",
    weight=1.5,
    hint="A slice that reaches too far is cut off silently: compare the box's end with the frame's size yourself.",
    see="cell:slicing_seen",
)
def test_green_box_refuses_what_reaches_out(student, rng, down, right):
    """A box that ends one row or one column outside the frame raises ValueError, and one inside does not."""
    low, high = sorted(sizes(rng, 2, low=6))
    for height, width in ((low, high), (high, low)):
        video = pixels(rng, 2, height, width, 3)
        inside = int(rng.integers(height - 3)), int(rng.integers(width - 4))
        right_first(student.green_box(video, *inside, 3, 4), box_by_hand(video, *inside, 3, 4))
        raises(ValueError, student.green_box, video, height - 3 + down, width - 4 + right, 3, 4)


@pytest.mark.parametrize(("down", "right"), [(1, 0), (0, 1)], ids=["above", "left"])
@check(
    "green_box",
    hint="A negative index counts from the end: rows -5 to -2 are there, and no place inside the frame.",
    see="slide:slicing-masks-fancy",
)
def test_green_box_refuses_negative_places(student, rng, down, right):
    """A box that begins at a negative row or column raises ValueError, and one inside does not."""
    video, inside = pixels(rng, 2, 9, 8, 3), [int(place) for place in rng.integers(1, 4, 2)]
    right_first(student.green_box(video, *inside, 3, 3), box_by_hand(video, *inside, 3, 3))
    for far in (1, 5):  # slices from -1 to 2 are empty, those from -5 to -2 are as long as the box
        place = [-far if outside else 2 for outside in (down, right)]
        raises(ValueError, student.green_box, video, *place, 3, 3)


# -------------------------------------------------------------------------------------------------- standardise


def standardised_by_hand(images: torch.Tensor, mean: torch.Tensor, std: torch.Tensor) -> torch.Tensor:
    """Return the answer for (..., C, H, W), one channel at a time."""
    result = torch.empty_like(images)
    for channel in range(images.shape[-3]):
        result[..., channel, :, :] = (images[..., channel, :, :] - mean[channel].item()) / std[channel].item()
    return result


def channels(rng: np.random.Generator, count: int, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    """Return mean and std for `count` channels, all different."""
    return floats(rng, count, dtype=dtype), torch.from_numpy(rng.uniform(0.3, 4.0, count)).to(dtype)


@check(
    "standardise",
    weight=2,
    hint="Write N C H W and, aligned at the right, a shape that puts the C of `mean` under C.",
    see="cell:standardise_seen",
)
def test_standardise_of_odd_sizes(student, rng):
    """Each channel of a batch loses its mean and is divided by its std."""
    images = floats(rng, *sizes(rng, 4), dtype=torch.float64)
    mean, std = channels(rng, images.shape[1], torch.float64)
    matches(student.standardise(images, mean, std), standardised_by_hand(images, mean, std), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("shape", [(2, 4, 5, 4), (3, 3, 3, 3), (5, 5, 2, 6)], ids=["W=C", "all=3", "N=C"])
@check(
    "standardise",
    hint="Nothing raises when two axes have the same length, but the numbers may go to the wrong one.",
    see="cell:gains_seen",
)
def test_standardise_where_the_shape_cannot_tell(student, rng, shape):
    """Batches in which another axis is as long as C are right too."""
    images = floats(rng, *shape)
    mean, std = channels(rng, shape[1], torch.float32)
    matches(student.standardise(images, mean, std), standardised_by_hand(images, mean, std), rtol=1e-5, atol=1e-5)


@check(
    "standardise",
    weight=2,
    hint="Count the axes from the right, not from the left: then N may be there or not.",
    see="slide:broadcasting-rules",
)
def test_standardise_of_a_single_picture(student, rng):
    """A picture (C, H, W) without N gives (C, H, W)."""
    images = floats(rng, *sizes(rng, 3))
    mean, std = channels(rng, images.shape[0], torch.float32)
    matches(student.standardise(images, mean, std), standardised_by_hand(images, mean, std), rtol=1e-5, atol=1e-5)


@check(
    "standardise",
    hint="Axes of length 0 and 1 broadcast like all others: no special case is needed.",
    see="cell:broadcast_seen",
)
def test_standardise_of_thin_batches(student, rng):
    """One channel, one pixel, one picture, and a batch of none keep their shape."""
    mean, std = channels(rng, 4, torch.float32)
    one = floats(rng, 1, 4, 1, 1)
    matches(student.standardise(one, mean, std), standardised_by_hand(one, mean, std), rtol=1e-5, atol=1e-5)
    grey = floats(rng, 3, 1, 2, 5)
    matches(student.standardise(grey, mean[:1], std[:1]), standardised_by_hand(grey, mean, std), rtol=1e-5, atol=1e-5)
    matches(student.standardise(torch.zeros(0, 4, 6, 5), mean, std), torch.zeros(0, 4, 6, 5))


@check(
    "standardise",
    hint="Keep the dtype of `images`, and use operations that do not care about strides.",
    see="slide:dtypes-what-is-lost",
)
def test_standardise_of_other_tensors(student, rng):
    """A float64 batch that is not contiguous is right, and stays float64."""
    images = floats(rng, 3, 5, 6, 4, dtype=torch.float64).permute(0, 3, 1, 2)
    mean, std = channels(rng, 4, torch.float64)
    matches(student.standardise(images, mean, std), standardised_by_hand(images, mean, std), rtol=1e-9, atol=1e-9)


@check(
    "standardise",
    claim=True,
    hint="`images -= …`, `sub_` and `images[:, c] = …` write into the caller's tensor.",
    see="slide:who-shares-memory",
)
def test_standardise_changes_nothing(student, rng):
    """Pictures, means and stds stay as they were."""
    images = floats(rng, 2, 3, 4, 5)
    mean, std = channels(rng, 3, torch.float32)
    seen = student.observe("standardise", images, mean, std)
    right_first(seen.value, standardised_by_hand(images, mean, std), rtol=1e-5, atol=1e-5)
    unmodified(seen, images, mean, std)


# --------------------------------------------------------------------------------------------------- skin_trace


def skin_by_hand(video: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return (T, 3) by NumPy, one frame at a time."""
    means = np.array([frame[mask.numpy()].mean(axis=0) for frame in video.numpy().astype(np.float64)])
    return torch.from_numpy(means / means.mean(axis=0) - 1).to(torch.float32)


def some_skin(rng: np.random.Generator, height: int, width: int) -> torch.Tensor:
    """Return a mask with at least one pixel and not all of them."""
    mask = torch.from_numpy(rng.random((height, width)) < 0.5)
    mask[0, 0], mask[-1, -1] = True, False
    return mask


@check(
    "skin_trace",
    weight=3,
    hint="Which axes are the pixels, and which is time? Mean over the pixels first, then divide by the mean over time.",
    see="slide:reductions-dim-keepdim",
)
def test_skin_trace_of_odd_sizes(student, rng):
    """Each colour is the mean over the skin as a share of its own mean over time, less 1."""
    count, height, width = sizes(rng, 3, low=4)
    video, mask = pixels(rng, count, height, width, 3), some_skin(rng, height, width)
    matches(student.skin_trace(video, mask), skin_by_hand(video, mask), atol=SHARE)


@check(
    "skin_trace",
    weight=2,
    hint="With T = 3 a mean over the colours fits as well as one over time: which `dim` is time?",
    see="cell:without_keepdim",
)
def test_skin_trace_of_three_frames(student, rng):
    """Three frames, as many as colours, are right too."""
    video, mask = pixels(rng, 3, 5, 4, 3), some_skin(rng, 5, 4)
    matches(student.skin_trace(video, mask), skin_by_hand(video, mask), atol=SHARE)


@check(
    "skin_trace",
    weight=0.5,
    hint="A mask with one True still leaves an axis of pixels, of length 1.",
    see="cell:slicing_seen",
)
def test_skin_trace_of_one_pixel(student, rng):
    """A mask with one pixel of skin, and one with all pixels, choose just those."""
    video, mask = pixels(rng, 6, 4, 5, 3), torch.zeros(4, 5, dtype=torch.bool)
    mask[int(rng.integers(4)), int(rng.integers(5))] = True
    matches(student.skin_trace(video, mask), skin_by_hand(video, mask), atol=SHARE)
    matches(student.skin_trace(video, ~mask | mask), skin_by_hand(video, ~mask | mask), atol=SHARE)


@check(
    "skin_trace",
    weight=0.5,
    hint="A single frame is its own mean over time: its relative change is 0, and its shape is (1, 3).",
    see="cell:skin_trace_seen",
)
def test_skin_trace_of_one_frame(student, rng):
    """A video of one frame changes by nothing and keeps the shape (T, 3); one of two frames changes."""
    video, mask = pixels(rng, 2, 4, 5, 3), some_skin(rng, 4, 5)
    matches(student.skin_trace(video, mask), skin_by_hand(video, mask), atol=SHARE)
    matches(student.skin_trace(video[:1], mask), torch.zeros(1, 3), atol=SHARE)


@check(
    "skin_trace",
    hint="The result is float32 whatever the video is, and so are the means: a video of floats is cast first, too.",
    see="cell:mean_of_bytes",
)
def test_skin_trace_of_float_videos(student, rng):
    """Float videos, which need not be contiguous, give float32; nothing is rounded on the way, for float16 neither."""
    video = torch.from_numpy(rng.uniform(0.5, 2.5, (3, 7, 5, 6))).permute(1, 2, 3, 0)
    mask = some_skin(rng, 6, 5).T
    matches(student.skin_trace(video, mask), skin_by_hand(video, mask), atol=SHARE)
    half = torch.from_numpy(rng.uniform(149.0, 151.0, (9, 5, 6, 3))).to(torch.float16)
    matches(student.skin_trace(half, mask), skin_by_hand(half, mask), atol=SHARE)


@check(
    "skin_trace",
    hint="`mask.any()` says whether there is a True at all.",
    see="slide:slicing-masks-fancy",
)
def test_skin_trace_refuses_an_empty_mask(student, rng):
    """A mask without a True raises ValueError, and one with some does not."""
    video, mask = pixels(rng, 6, 4, 5, 3), some_skin(rng, 4, 5)
    right_first(student.skin_trace(video, mask), skin_by_hand(video, mask), atol=SHARE)
    raises(ValueError, student.skin_trace, video, torch.zeros(4, 5, dtype=torch.bool))


@check(
    "skin_trace",
    weight=1.5,
    claim=True,
    hint="One mask after the colon picks the skin of all frames at once; then one mean over that axis.",
    see="slide:what-we-need-to-reach-the-pulse",
)
def test_skin_trace_has_no_loop(student, rng):
    """There is no Python loop over frames, pixels or colours, and the answer is right."""
    mask = some_skin(rng, 4, 5)
    small, large = pixels(rng, 3, 4, 5, 3), pixels(rng, 60, 4, 5, 3)
    right_first(student.skin_trace(large, mask), skin_by_hand(large, mask), atol=SHARE)
    no_loop(student, "skin_trace", small=(small, mask), large=(large, mask))


@check(
    "skin_trace",
    weight=0.5,
    claim=True,
    hint="`video[:, ~mask] = 0` writes into the caller's video.",
    see="slide:view-or-copy",
)
def test_skin_trace_changes_nothing(student, rng):
    """Video and mask stay as they were."""
    video, mask = torch.from_numpy(rng.uniform(1.0, 200.0, (4, 5, 6, 3))).to(torch.float32), some_skin(rng, 5, 6)
    seen = student.observe("skin_trace", video, mask)
    right_first(seen.value, skin_by_hand(video, mask), atol=SHARE)
    unmodified(seen, video, mask)


# ------------------------------------------------------------------------------------------------------- to_chw


TORCHVISION = frozenset({"to_tensor", "pil_to_tensor", "to_image", "convert_image_dtype", "to_dtype", "PILToTensor"})
"""What `from torchvision.transforms.functional import *` brings; alone such a name may be a student's own."""


def chw_by_hand(image: torch.Tensor) -> torch.Tensor:
    """Return (C, H, W) in [0, 1], by NumPy."""
    return torch.from_numpy(np.stack([plane.astype(np.float32) / 255 for plane in np.moveaxis(image.numpy(), 2, 0)]))


@check(
    "to_chw",
    weight=3,
    hint="Change the order of the axes with permute; then the kind of number; then the range.",
    see="slide:images-hwc-to-chw",
)
def test_to_chw_of_odd_sizes(student, rng):
    """A colour picture of any size becomes three planes between 0 and 1."""
    image = pixels(rng, *sizes(rng, 2, low=4), 3)
    matches(student.to_chw(image), chw_by_hand(image), rtol=ROUNDING)


@check(
    "to_chw",
    weight=2,
    hint="reshape gives this shape too, and stripes instead of planes; and rows must stay rows.",
    see="slide:permute-is-not-reshape",
)
def test_to_chw_where_the_shape_cannot_tell(student, rng):
    """A picture of 3 x 3 pixels, whose axes all have the same length, is right too."""
    image = pixels(rng, 3, 3, 3)
    matches(student.to_chw(image), chw_by_hand(image), rtol=ROUNDING)


@pytest.mark.parametrize("count", [1, 4])
@check(
    "to_chw",
    weight=0.5,
    hint="C need not be 3: no number 3 should stand in your code.",
    see="cell:planes_seen",
)
def test_to_chw_of_other_channels(student, rng, count):
    """Grey pictures (C = 1) and those with transparency (C = 4) work as well."""
    image = pixels(rng, *sizes(rng, 2, low=5), count)
    matches(student.to_chw(image), chw_by_hand(image), rtol=ROUNDING)


@check(
    "to_chw",
    hint="Divide by 255, the largest byte there is, and not by the largest in this picture.",
    see="slide:images-hwc-to-chw",
)
def test_to_chw_of_a_dark_picture(student, rng):
    """A dark picture stays dark, a black one stays 0, and 255 becomes exactly 1."""
    image = torch.from_numpy(rng.integers(0, 60, (4, 6, 3), dtype=np.uint8))
    matches(student.to_chw(image), chw_by_hand(image), rtol=ROUNDING)
    matches(student.to_chw(image * 0), torch.zeros(3, 4, 6))
    matches(student.to_chw(torch.full((2, 3, 3), 255, dtype=torch.uint8)), torch.ones(3, 2, 3))


@check(
    "to_chw",
    hint="Every axis may have length 1 or 0: do not drop any.",
    see="cell:to_chw_seen",
)
def test_to_chw_of_thin_pictures(student, rng):
    """One pixel, one row and no row at all keep three axes."""
    image = pixels(rng, 1, 5, 3)
    matches(student.to_chw(image), chw_by_hand(image), rtol=ROUNDING)
    matches(student.to_chw(image[:, :1]), chw_by_hand(image[:, :1]), rtol=ROUNDING)
    matches(student.to_chw(image[:0]), torch.zeros(3, 0, 5))


@check(
    "to_chw",
    weight=1.5,
    claim=True,
    hint="permute moves no number. `contiguous()` writes them down in the new order.",
    see="slide:shape-rank-strides",
)
def test_to_chw_lies_in_one_piece(student, rng):
    """The result is contiguous, for a whole picture and for a crop of a larger one."""
    image = pixels(rng, 9, 8, 3)
    for picture in (image, image[2:7, 1:5], image.permute(1, 0, 2)):
        got = student.to_chw(picture)
        right_first(got, chw_by_hand(picture), rtol=ROUNDING)
        require(
            got.is_contiguous(),
            "The result is not contiguous: it has the right values in another order in memory.",
            rule="side effect",
        )


@check(
    "to_chw",
    weight=0.5,
    claim=True,
    hint="A name that ends in an underscore, such as `transpose_`, changes the caller's picture.",
    see="slide:who-shares-memory",
)
def test_to_chw_changes_nothing(student, rng):
    """The picture that was handed in stays as it was."""
    image = pixels(rng, 4, 5, 3)
    seen = student.observe("to_chw", image)
    right_first(seen.value, chw_by_hand(image), rtol=ROUNDING)
    unmodified(seen, image)


@check(
    "to_chw",
    weight=0.5,
    claim=True,
    hint="Three steps with tensors: order of axes, dtype, range.",
    see="cell:totensor_seen",
)
def test_to_chw_is_your_own(student, rng):
    """The answer is right without torchvision."""
    image = pixels(rng, 4, 5, 3)
    right_first(student.to_chw(image), chw_by_hand(image), rtol=ROUNDING)
    names, starred = mentioned(student, "to_chw"), student.source("to_chw").imports.get("*", frozenset())
    used = names & {"torchvision", "ToTensor"} or ("torchvision" in starred and names & TORCHVISION)
    require(not used, "torchvision is used: the text asks for your own steps.", rule="source")


# -------------------------------------------------------------------------------------------------- pulse_power


def power_by_hand(traces: torch.Tensor, fps: float, rates: torch.Tensor) -> torch.Tensor:
    """Return (R, F) in float64, one product at a time."""
    power = torch.empty(len(traces), len(rates), dtype=torch.float64)
    for row, trace in enumerate(traces.tolist()):
        for column, rate in enumerate(rates.tolist()):
            angles = [2 * math.pi * rate / 60 * frame / fps for frame in range(len(trace))]
            along = sum(value * math.cos(angle) for value, angle in zip(trace, angles, strict=True))
            across = sum(value * math.sin(angle) for value, angle in zip(trace, angles, strict=True))
            power[row, column] = along**2 + across**2
    return power


def some_rates(rng: np.random.Generator, count: int, dtype: torch.dtype = torch.float64) -> torch.Tensor:
    """Return rates between 40 and 180 beats a minute, in no order."""
    return torch.from_numpy(rng.uniform(40.0, 180.0, count)).to(dtype)


@check(
    "pulse_power",
    weight=3,
    hint="Beats a minute / 60 = swings a second; frame / fps = seconds. Then two sums over T, squared and added.",
    see="cell:one_wave_seen",
)
def test_pulse_power_of_odd_sizes(student, rng):
    """The power of every rate in every trace follows the formula."""
    count, rates, frames = sizes(rng, 3, low=3, high=20)
    traces, asked = floats(rng, count, frames, dtype=torch.float64), some_rates(rng, rates)
    fps = float(rng.uniform(20.0, 61.0))
    matches(student.pulse_power(traces, fps, asked), power_by_hand(traces, fps, asked), rtol=1e-8, atol=1e-8)


@check(
    "pulse_power",
    hint="Which letter disappears in the sum? Signals are rows of the result, rates are its columns.",
    see="slide:einsum-and-matmul",
)
def test_pulse_power_where_the_shape_cannot_tell(student, rng):
    """As many signals as rates as frames are right too."""
    traces, asked = floats(rng, 6, 6, dtype=torch.float64), some_rates(rng, 6)
    matches(student.pulse_power(traces, 5, asked), power_by_hand(traces, 5, asked), rtol=1e-8, atol=1e-8)


@check(
    "pulse_power",
    weight=1.5,
    hint="A signal may start anywhere in its swing: cosine and sine together do not mind.",
    see="slide:the-pulse-in-mean-green",
)
def test_pulse_power_finds_the_rate(student, rng):
    """The loudest rate of a noisy pulse is its heart rate, wherever in its swing it starts."""
    truth, rates = rng.integers(50, 170, 8), torch.arange(42.0, 181.0)
    seconds, start = np.arange(300) / 30, np.arange(8) * 0.8
    waves = np.cos(2 * math.pi * truth[:, None] / 60 * seconds + start[:, None]) + rng.normal(0.0, 0.3, (8, 300))
    got = student.pulse_power(torch.from_numpy(waves).to(torch.float32), 30, rates)
    matches(got, torch.zeros(8, len(rates)), atol=1e9)
    found = rates[got.argmax(dim=1)].numpy()
    require(bool((abs(found - truth) <= 3).all()), "The loudest rate is not the heart rate of the signal.")


@check(
    "pulse_power",
    hint="Keep both axes, R and F, whatever their lengths.",
    see="cell:pulse_power_seen",
)
def test_pulse_power_of_one(student, rng):
    """One signal and one rate give shape (1, 1); one frame gives its square; no signal gives shape (0, F)."""
    trace, asked = floats(rng, 1, 9, dtype=torch.float64), some_rates(rng, 1)
    matches(student.pulse_power(trace, 30, asked), power_by_hand(trace, 30, asked), rtol=1e-8, atol=1e-8)
    matches(student.pulse_power(trace[:, :1], 25.5, asked), trace[:, :1] ** 2, rtol=1e-8)
    matches(student.pulse_power(trace[:0], 30, some_rates(rng, 4)), torch.zeros(0, 4, dtype=torch.float64))


@check(
    "pulse_power",
    hint="Make the count of frames with the dtype of `traces`: then everything after it follows.",
    see="cell:creation_seen",
)
def test_pulse_power_keeps_the_dtype(student, rng):
    """float32 traces that are not contiguous give float32 power."""
    traces, asked = floats(rng, 20, 4).T, some_rates(rng, 5, torch.float32)
    want = power_by_hand(traces, 30.0, asked).to(torch.float32)
    matches(student.pulse_power(traces, 30.0, asked), want, rtol=1e-3, atol=1e-2)


@check(
    "pulse_power",
    weight=1.5,
    claim=True,
    hint="A column of rates (F, 1) and a row of seconds (T,) make all angles at once; a matmul makes all sums.",
    see="slide:einsum-and-matmul",
)
def test_pulse_power_has_no_loop(student, reference, rng):
    """There is no Python loop and no comprehension, and the answer is right."""
    small = floats(rng, 2, 6, dtype=torch.float64), 30.0, some_rates(rng, 2)
    large = floats(rng, 20, 60, dtype=torch.float64), 30.0, some_rates(rng, 20)
    right_first(student.pulse_power(*large), reference.pulse_power(*large), rtol=1e-8, atol=1e-8)
    no_loop(student, "pulse_power", small=small, large=large)


@check(
    "pulse_power",
    weight=1.5,
    claim=True,
    hint="A tensor that you make needs `device=traces.device`.",
    see="cell:device_mix",
)
def test_pulse_power_runs_on_any_device(student, rng):
    """On the device `meta` the result lies on `meta` and has shape (R, F); on the CPU it is right."""
    count, frames, rates = sizes(rng, 3)
    traces, asked = floats(rng, count, frames, dtype=torch.float64), some_rates(rng, rates)
    right_first(student.pulse_power(traces, 30.0, asked), power_by_hand(traces, 30.0, asked), rtol=1e-8, atol=1e-8)
    answer: Any = student.probe("on_meta", "pulse_power", [count, frames], 30.0, [rates])
    matches(answer, ["meta", count, rates])


@check(
    "pulse_power",
    weight=0.5,
    claim=True,
    hint="`rates /= 60` and `traces *= …` write into the caller's tensors.",
    see="slide:who-shares-memory",
)
def test_pulse_power_changes_nothing(student, rng):
    """Traces and rates stay as they were."""
    traces, asked = floats(rng, 3, 8), some_rates(rng, 4, torch.float32)
    seen = student.observe("pulse_power", traces, 30.0, asked)
    right_first(seen.value, power_by_hand(traces, 30.0, asked).to(torch.float32), rtol=1e-3, atol=1e-2)
    unmodified(seen, traces, 30.0, asked)


# --------------------------------------------------------------------------------------------- squared_distances


THIRD_TENSOR = 64 * 60 * 56 * 8
"""Bytes of all differences; 14 tables of distances take a quarter of it."""


def distances_by_hand(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Return (N, M), one row of `a` at a time."""
    rows = [((row - b) ** 2).sum(dim=1) for row in a]
    return torch.stack(rows) if rows else a.new_zeros(0, len(b))


@check(
    "squared_distances",
    weight=2,
    hint="Check the three terms' shapes: (N, 1), (M,) and (N, M); the last one counts twice and is taken off.",
    see="slide:broadcasting-rules",
)
def test_squared_distances_of_odd_sizes(student, rng):
    """Every distance is right."""
    rows, others, depth = sizes(rng, 3)
    a, b = floats(rng, rows, depth, dtype=torch.float64), floats(rng, others, depth, dtype=torch.float64)
    matches(student.squared_distances(a, b), distances_by_hand(a, b), rtol=1e-8, atol=1e-8)
    square, other = floats(rng, 4, 4, dtype=torch.float64), floats(rng, 4, 4, dtype=torch.float64)
    matches(student.squared_distances(square, other), distances_by_hand(square, other), rtol=1e-8, atol=1e-8)


@check(
    "squared_distances",
    hint="`clamp` with a smallest value of 0.",
    see="slide:dtypes-what-is-lost",
)
def test_squared_distances_never_below_zero(student, rng):
    """Distances of float32 points to themselves are not below 0, and still float32."""
    points = torch.from_numpy(rng.uniform(50.0, 200.0, (60, 7))).to(torch.float32)
    got = student.squared_distances(points, points)
    matches(got, distances_by_hand(points, points), rtol=1e-4, atol=0.5)
    require(bool((got >= 0).all()), "Some squared distances are below 0.")


@check(
    "squared_distances",
    hint="Sum along the direction's axis only, and keep both other axes.",
    see="slide:reductions-dim-keepdim",
)
def test_squared_distances_of_little(student, rng):
    """One direction, one point and no points keep the shape (N, M)."""
    a, b = floats(rng, 5, 1, dtype=torch.float64), floats(rng, 1, 1, dtype=torch.float64)
    matches(student.squared_distances(a, b), distances_by_hand(a, b), rtol=1e-8, atol=1e-8)
    matches(student.squared_distances(a[:0], a), torch.zeros(0, 5, dtype=torch.float64))


@check(
    "squared_distances",
    weight=0.5,
    claim=True,
    hint="`a[:, None] - b` is the third tensor. Multiply the square out.",
    see="slide:the-bug-that-raises-nothing",
)
def test_squared_distances_makes_no_third_tensor(student, rng):
    """No tensor of N x M x D numbers is made, and torch.cdist is not asked."""
    a, b = floats(rng, 23, 11, dtype=torch.float64), floats(rng, 19, 11, dtype=torch.float64)
    right_first(student.squared_distances(a, b), distances_by_hand(a, b), rtol=1e-8, atol=1e-8)
    ready = mentioned(student, "squared_distances") & {"cdist"}
    ready |= operations(student, "squared_distances", a, b) & {"cdist", "_cdist_forward", "_euclidean_dist"}
    require(not ready, "torch.cdist was called.", rule="source")
    largest = student.probe("largest_tensor", "squared_distances", a, b)
    require(type(largest) is int and largest <= 23 * 19, "A tensor of more than N x M numbers was made.", rule="source")
    a, b = floats(rng, 64, 56, dtype=torch.float64), floats(rng, 60, 56, dtype=torch.float64)
    most = student.probe("most_memory", "squared_distances", a, b)  # NumPy's arrays are no tensors
    require(most <= THIRD_TENSOR // 4, "An array of N x M x D numbers was made.", rule="source")


@check(
    "squared_distances",
    weight=0.5,
    claim=True,
    hint="Sums over an axis and one matmul are enough.",
    see="slide:einsum-and-matmul",
)
def test_squared_distances_has_no_loop(student, rng):
    """There is no Python loop over points, and the answer is right."""
    small, large = (floats(rng, 4, 3), floats(rng, 4, 3)), (floats(rng, 40, 3), floats(rng, 40, 3))
    right_first(student.squared_distances(*large), distances_by_hand(*large), rtol=1e-3, atol=1e-3)
    no_loop(student, "squared_distances", small=small, large=large)


# ------------------------------------------------------------------------------------------------------ one_hot


def one_hot_by_hand(labels: torch.Tensor, classes: int) -> torch.Tensor:
    """Return (..., K) by the function that students may not use."""
    return torch.nn.functional.one_hot(labels, classes).to(torch.float32)


@check(
    "one_hot",
    weight=2,
    hint="Compare each label with 0, 1 … K - 1 by broadcasting, then cast.",
    see="slide:broadcasting-rules",
)
def test_one_hot_of_a_row(student, rng):
    """Each label of a row has its single one in the right place, as float32."""
    classes = int(rng.integers(4, 9))
    labels = torch.from_numpy(rng.integers(0, classes, 11))
    matches(student.one_hot(labels, classes), one_hot_by_hand(labels, classes))
    matches(student.one_hot(labels[:classes] * 0, classes), one_hot_by_hand(labels[:classes] * 0, classes))


@check(
    "one_hot",
    hint="The new axis comes last, after however many axes the labels have: `labels[..., None]`.",
    see="cell:broadcast_seen",
)
def test_one_hot_of_any_shape(student, rng):
    """Labels of two or three axes, a single label, one class and no label at all get one more axis."""
    labels = torch.from_numpy(rng.integers(0, 5, (2, 5, 3)))
    for some in (labels, labels[0].T, labels[0, 0, 0]):
        matches(student.one_hot(some, 5), one_hot_by_hand(some, 5))
    matches(student.one_hot(torch.zeros(4, dtype=torch.int64), 1), torch.ones(4, 1))
    matches(student.one_hot(torch.zeros(0, dtype=torch.int64), 6), torch.zeros(0, 6))


@pytest.mark.parametrize("wrong", ["negative", "too large"])
@check(
    "one_hot",
    hint="As an index -1 means the last place, and as a label it means nothing: test before you use it.",
    see="slide:slicing-masks-fancy",
)
def test_one_hot_refuses_other_labels(student, rng, wrong):
    """A label below 0 or above K - 1 raises ValueError, and none between them does."""
    labels = torch.from_numpy(rng.integers(0, 4, 7))
    right_first(student.one_hot(labels, 4), one_hot_by_hand(labels, 4))
    labels[int(rng.integers(7))] = -1 if wrong == "negative" else 4
    raises(ValueError, student.one_hot, labels, 4)


@check(
    "one_hot",
    weight=0.5,
    claim=True,
    hint="torch has this ready made; here you build it.",
    see="slide:broadcasting-rules",
)
def test_one_hot_is_your_own(student, rng):
    """The answer is right without F.one_hot."""
    labels = torch.from_numpy(rng.integers(0, 6, 9))
    right_first(student.one_hot(labels, 6), one_hot_by_hand(labels, 6))
    ready = {"one_hot", "functional"} <= mentioned(student, "one_hot")  # the one name may be the part's own
    ready = ready or "one_hot" in operations(student, "one_hot", labels, 6)
    require(not ready, "F.one_hot was called.", rule="source")


# ------------------------------------------------------------------------------------------------- running_mean


WINDOWS = frozenset({"unfold", "as_strided", "sliding_window_view"})
SUMS = frozenset({"sum", "mean", "nanmean", "average", "dot", "matmul", "einsum"})
"""Of windows: each is added up anew."""
FILTERS = frozenset(
    {"conv1d", "Conv1d", "avg_pool1d", "AvgPool1d", "convolve", "correlate", "fftconvolve", "lfilter", "filtfilt"}
    | {"uniform_filter", "uniform_filter1d", "convolve1d", "correlate1d", "rolling", "boxFilter", "blur", "filter2D"}
)
"""They need no cumulative sum."""


def running_by_hand(trace: torch.Tensor, width: int) -> torch.Tensor:
    """Return (..., T - width + 1), one window at a time, in float64."""
    windows = np.lib.stride_tricks.sliding_window_view(trace.numpy().astype(np.float64), width, axis=-1)
    return torch.from_numpy(windows.mean(axis=-1)).to(trace.dtype)


@check(
    "running_mean",
    weight=2,
    hint="The cumulative sum needs a 0 in front, or the first window is lost.",
    see="cell:running_mean_seen",
)
def test_running_mean_of_a_row(student, rng):
    """Every window has its mean, the first and the last included."""
    trace = floats(rng, int(rng.integers(12, 20)), dtype=torch.float64)
    for width in (2, 5):
        matches(student.running_mean(trace, width), running_by_hand(trace, width), rtol=1e-9, atol=1e-9)


@check(
    "running_mean",
    hint="The window runs along the last axis, `dim=-1`; `...` stands for the axes in front.",
    see="slide:slicing-masks-fancy",
)
def test_running_mean_of_many_rows(student, rng):
    """Axes in front are kept, also when the tensor is not contiguous."""
    traces = floats(rng, 9, 4, 3, dtype=torch.float64)
    matches(student.running_mean(traces, 2), running_by_hand(traces, 2), rtol=1e-9, atol=1e-9)
    matches(
        student.running_mean(traces.permute(2, 1, 0), 4),
        running_by_hand(traces.permute(2, 1, 0), 4),
        rtol=1e-9,
        atol=1e-9,
    )


@check(
    "running_mean",
    hint="A window of 1 changes nothing, one of T leaves a single mean.",
    see="cell:running_mean_seen",
)
def test_running_mean_of_extreme_windows(student, rng):
    """Windows of 1 and of T values work, and the dtype stays."""
    trace = floats(rng, 2, 8)
    matches(student.running_mean(trace, 1), trace, rtol=1e-5, atol=1e-5)
    matches(student.running_mean(trace, 8), running_by_hand(trace, 8), rtol=1e-5, atol=1e-5)


@check(
    "running_mean",
    weight=1.5,
    hint="At three million the marks of float32 are 0.25 apart: `torch.cumsum` takes a dtype.",
    see="slide:dtypes-what-is-lost",
)
def test_running_mean_of_a_long_trace(student, rng):
    """20,000 float32 values around 150 keep a pulse of 0.3, and the result is float32."""
    trace = torch.from_numpy(150 + 0.3 * np.sin(np.arange(20000) / 4) + rng.normal(0.0, 0.05, 20000)).to(torch.float32)
    matches(student.running_mean(trace, 5), running_by_hand(trace, 5), atol=1e-3)


@pytest.mark.parametrize("excess", [0, 1], ids=["none or fewer", "more than T"])
@check(
    "running_mean",
    weight=0.5,
    hint="Test the width before you add up.",
    see="cell:running_mean_seen",
)
def test_running_mean_refuses_other_windows(student, rng, excess):
    """A window of 0 or below, or of more values than there are, raises ValueError, and one of 2 does not."""
    trace = floats(rng, int(rng.integers(3, 9)))
    right_first(student.running_mean(trace, 2), running_by_hand(trace, 2), rtol=1e-5, atol=1e-5)
    for width in (len(trace) + 1,) if excess else (0, -1):
        raises(ValueError, student.running_mean, trace, width)


@check(
    "running_mean",
    claim=True,
    hint="One cumulative sum, two slices of it, one subtraction.",
    see="cell:running_mean_seen",
)
def test_running_mean_is_one_cumsum(student, rng):
    """It is done by cumsum and without a Python loop, and the answer is right."""
    small, large = floats(rng, 30, dtype=torch.float64), floats(rng, 600, dtype=torch.float64)
    want = running_by_hand(large, 20)
    right_first(student.running_mean(large, 20), want, rtol=1e-9, atol=1e-9)
    names = mentioned(student, "running_mean")
    summed, doubled = student.probe("doubled_sums", "running_mean", large, 20)
    if summed:
        same = isinstance(doubled, torch.Tensor) and doubled.shape == want.shape and doubled.dtype == want.dtype
        by_cumsum = not (same and torch.allclose(doubled, want))
    else:  # NumPy's cumsum, of which only the source tells
        anew = names & FILTERS or (names & WINDOWS and names & SUMS)
        by_cumsum = "cumsum" in names and names & {"np", "numpy"} and not anew
    require(by_cumsum, "The means do not come from a cumsum: the text asks for it.", rule="source")
    no_loop(student, "running_mean", small=(small, 2), large=(large, 20))


# ------------------------------------------------------------------------------------------------------- im2col


def unfolded(image: torch.Tensor, size: int) -> torch.Tensor:
    """Return the windows by the function that students may not use."""
    return torch.nn.functional.unfold(image[None].to(torch.float64), size)[0].to(image.dtype)


@check(
    "im2col",
    weight=2,
    hint="Rows of the result: where in the window. Columns: where the window is. Which stride belongs to each?",
    see="slide:from-an-index-to-an-address",
)
def test_im2col_of_odd_sizes(student, rng):
    """Every window is the right column, for several channels."""
    image = floats(rng, *sizes(rng, 3, low=4))
    for size in (2, 3):
        matches(student.im2col(image, size), unfolded(image, size))


@check(
    "im2col",
    weight=1.5,
    hint="Ask the picture for its strides: a picture that was permuted or cropped has others than its shape suggests.",
    see="slide:shape-rank-strides",
)
def test_im2col_of_other_strides(student, rng):
    """A picture that is not contiguous, permuted or cropped, is right too."""
    image = pixels(rng, 8, 9, 3)
    matches(student.im2col(image.permute(2, 0, 1), 3), unfolded(image.permute(2, 0, 1), 3))
    crop = image.permute(2, 1, 0)[:, 2:8, 1:6]
    matches(student.im2col(crop, 2), unfolded(crop, 2))


@check(
    "im2col",
    hint="A window of 1 makes every pixel a column; one as large as the picture makes a single column.",
    see="cell:im2col_seen",
)
def test_im2col_of_extreme_windows(student, rng):
    """Windows of one pixel and windows as large as the picture work, and so do other dtypes."""
    image = torch.from_numpy(rng.integers(-90, 90, (2, 4, 5)))
    matches(student.im2col(image, 1), unfolded(image, 1))
    matches(student.im2col(image[:, :, :4], 4), unfolded(image[:, :, :4], 4))


@check(
    "im2col",
    weight=0.5,
    claim=True,
    hint="`as_strided` needs no loop: two pairs of axes share their strides.",
    see="slide:live-drag-the-strides",
)
def test_im2col_by_strides(student, rng):
    """There is neither a Python loop nor F.unfold, and the answer is right."""
    small, large = floats(rng, 2, 6, 6), floats(rng, 2, 20, 20)
    right_first(student.im2col(large, 6), unfolded(large, 6))
    # `x.unfold` is allowed and has the same name: the operation behind F.unfold and nn.Unfold is called im2col
    ready = "Unfold" in mentioned(student, "im2col") or "im2col" in operations(student, "im2col", large, 6)
    require(not ready, "A ready-made unfold was called.", rule="source")
    no_loop(student, "im2col", small=(small, 2), large=(large, 6))
