"""Frames: what is sent comes, what is forged costs no memory, no descriptor and no time."""

from __future__ import annotations

import contextlib
import os
import resource
import socket
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.sandbox.frames import HEADER, Channel, Closed, Deadline, ProtocolError
from autograder.sandbox.messages import CellDone, Failure, read
from autograder.sandbox.server import Exited

Pair = tuple[Channel, Channel]


@pytest.fixture
def pair() -> Iterator[Pair]:
    one, other = socket.socketpair()
    channels = Channel(one, limit=1 << 20), Channel(other, limit=1 << 20)
    yield channels
    for channel in channels:
        channel.close()


def test_round_trip(pair: Pair) -> None:
    """Payload and nonce arrive as they were sent, also when they are empty or larger than a socket's buffer."""
    for payload in (b"", b"x", os.urandom(1 << 20)):
        sender = threading.Thread(target=pair[0].send, args=(payload, b"n" * 16))
        sender.start()
        assert pair[1].receive(5) == (b"n" * 16, payload)
        sender.join()


def test_frames_that_come_together(pair: Pair) -> None:
    """One read may bring more than one: no poll tells of the second, the channel does."""
    ours, theirs = pair
    for word in (b"one", b"two"):
        ours.send(word)
    assert theirs.receive(1)[1] == b"one"
    assert theirs.has_more
    assert theirs.receive(1)[1] == b"two"
    assert not theirs.has_more


def test_too_large_to_send(pair: Pair) -> None:
    """A message beyond the limit is the sender's fault and says both numbers."""
    with pytest.raises(ProtocolError, match="1048577 bytes is larger than the limit of 1048576"):
        pair[0].send(bytes((1 << 20) + 1))


def test_too_large_to_receive(pair: Pair) -> None:
    """An announced length beyond the limit is refused before anything is read."""
    pair[0].socket.sendall(HEADER.pack(1 << 31, bytes(16)))
    with pytest.raises(ProtocolError, match="2147483648 bytes was announced"):
        pair[1].receive(1)


def test_announced_but_not_sent(pair: Pair) -> None:
    """A forged length costs no memory: the buffer grows with what comes."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wide = Channel(pair[1].socket, limit=1 << 31)
    pair[0].socket.sendall(HEADER.pack((1 << 31) - 1, bytes(16)) + b"x" * 100)
    with pytest.raises(Deadline):
        wide.receive(0.05)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 << 10


def test_closed(pair: Pair) -> None:
    """Both directions say when the other side, or this one, has gone."""
    pair[0].close()
    with pytest.raises(Closed):
        pair[1].receive(1)
    with pytest.raises(Closed):
        pair[1].send(b"x")
    with pytest.raises(Closed):
        pair[0].receive(1)


def test_deadline_is_for_the_whole_frame(pair: Pair) -> None:
    """Bytes that come one by one do not put the deadline off."""
    stop = threading.Event()

    def drip() -> None:
        pair[0].socket.sendall(HEADER.pack(1000, bytes(16)))
        while not stop.wait(0.02):
            pair[0].socket.send(b"x")

    thread = threading.Thread(target=drip)
    thread.start()
    started = time.monotonic()
    with pytest.raises(Deadline):
        pair[1].receive(0.2)
    stop.set()
    thread.join()
    assert time.monotonic() - started < 2


def test_nobody_reads(pair: Pair) -> None:
    """Sending to a process that has stopped ends at the deadline."""
    started = time.monotonic()
    with pytest.raises(Deadline):
        pair[0].send(bytes(1 << 20), timeout=0.1)
    assert time.monotonic() - started < 2


def count() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_descriptors_are_not_taken(pair: Pair) -> None:
    """Whoever did not ask for descriptors keeps none, however many come."""
    before = count()
    fds = [os.open(os.devnull, os.O_RDONLY) for _ in range(50)]
    data = HEADER.pack(100, bytes(16)) + bytes(100)
    for byte in data:
        socket.send_fds(pair[0].socket, [bytes([byte])], fds)
    for fd in fds:
        os.close(fd)
    assert pair[1].receive(1)[1] == bytes(100)
    assert (pair[1].descriptors, count()) == ([], before)


def test_one_descriptor_is_taken(pair: Pair) -> None:
    """Who takes one gets the first and no other."""
    before, taker = count(), Channel(pair[1].socket, takes=1)
    fds = [os.open(os.devnull, os.O_RDONLY) for _ in range(3)]
    pair[0].send(b"x", descriptors=fds)
    for fd in fds:
        os.close(fd)
    taker.receive(1)
    assert (len(taker.descriptors), count()) == (1, before + 1)
    os.close(taker.descriptors.pop())


def test_credentials_cannot_be_forged(pair: Pair) -> None:
    """The kernel says who sent; another process's number is refused to the sender."""
    pair[1].socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    pair[0].send(b"x")
    pair[1].receive(1)
    assert pair[1].peer_pid == os.getpid()


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes(data: bytes) -> None:
    """Whatever comes is a frame or a ProtocolError."""
    one, other = socket.socketpair()
    with one, other:
        one.sendall(data)
        one.close()
        channel = Channel(other, limit=1 << 16)
        with contextlib.suppress(ProtocolError):
            while True:
                _, payload = channel.receive(1)
                assert len(payload) <= len(data)


@given(st.binary(max_size=400), st.sampled_from([Failure, CellDone, Exited]))
@settings(max_examples=300, deadline=None)
def test_any_message(data: bytes, kind: type) -> None:
    """Whatever comes is a message of the kind that was asked for, or a ProtocolError."""
    with contextlib.suppress(ProtocolError):
        assert isinstance(read(data, kind), kind)


def test_deep_message() -> None:
    """Nesting beyond any message is refused."""
    for data in (b"\x91" * 100_000 + b"\xc0", b"\x81\xa4kind" * 100_000, b"\xdd" + struct.pack("!I", 2**32 - 1)):
        with pytest.raises(ProtocolError):
            read(data, Failure)
