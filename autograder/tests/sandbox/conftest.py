"""Code run inside a sandbox of its own, without a notebook around it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from autograder.errors import SandboxUnavailable
from autograder.sandbox.client import Sandbox
from autograder.sandbox.frames import Channel
from autograder.sandbox.limits import Limits
from autograder.sandbox.warm import Warm, start_warm

LIMITS = Limits(memory_bytes=300 << 20, files_bytes=8 << 20, processes=32, cpu_seconds=20)
Inside = Callable[..., Any]


def evaluate(connection: socket.socket) -> None:
    """Be the worker: run the code that comes and answer with its `result` as JSON."""
    channel = Channel(connection, takes=1)
    channel.send(b"hello")
    while True:
        _, code = channel.receive()
        names: dict[str, Any] = {"channel": channel}
        try:
            exec(code.decode(), names)  # noqa: S102  (the tests' own code)
            answer = names.get("result")
        except BaseException:  # noqa: BLE001
            answer = traceback.format_exc()
        channel.send(json.dumps(answer).encode())


@contextlib.contextmanager
def warm_process(slots: int = 1) -> Iterator[Warm]:
    warm = start_warm(slots, evaluate)
    try:
        yield warm
    finally:
        warm.close()


def ask(warm: Warm, code: str) -> Any:
    """Return `result` of `code`, run in a fresh sandbox."""
    sandbox = Sandbox.start(warm.slots[0], LIMITS, frame_bytes=1 << 20)
    try:
        return tell(sandbox, code)
    finally:
        sandbox.stop()


def tell(sandbox: Sandbox, code: str) -> Any:
    """Return `result` of `code`, run in a sandbox that lives on."""
    sandbox.channel.send(code.encode())
    return json.loads(sandbox.channel.receive(30)[1])


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    os.environ |= {"T2P_LAYERS": "1", "LAYERS_TOKEN": "1"}
    try:
        with warm_process() as made:
            yield made
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    finally:
        del os.environ["T2P_LAYERS"], os.environ["LAYERS_TOKEN"]


@pytest.fixture
def inside(warm: Warm) -> Inside:
    """Returns `result` of the code that it is given."""
    return lambda code: ask(warm, code)


@pytest.fixture
def neighbours() -> Iterator[tuple[Inside, Inside]]:
    """Two submissions that run at the same time, each of which answers with `result` of the code it is given."""
    with warm_process(2) as made:
        both = [Sandbox.start(slot, LIMITS, frame_bytes=1 << 20) for slot in made.slots]
        yield partial(tell, both[0]), partial(tell, both[1])
        for sandbox in both:
            sandbox.stop()


@pytest.fixture
def changed() -> Inside:
    """Returns `result` of the code in a sandbox whose making was changed by the test."""

    def run(code: str) -> Any:
        with warm_process() as made:
            return ask(made, code)

    return run
