"""Length-prefixed frames over a Unix socket, the only thing that crosses between the two worlds.

A frame is `length (4 bytes, big-endian) | nonce (16 bytes) | payload`. The nonce of a reply repeats the request's: it
guards against mix-ups, not against forgery, since a submission shares its process with the code that answers.
"""

from __future__ import annotations

import array
import os
import select
import socket
import struct
import time
from dataclasses import dataclass, field

__all__ = ["Channel", "Closed", "Deadline", "ProtocolError"]

HEADER = struct.Struct("!I16s")
CREDENTIALS = struct.Struct("=iII")
CHUNK = 1 << 20
AHEAD = 1 << 16
"""Read at once where the length of what comes is not known: a small frame is then one call."""


class ProtocolError(Exception):
    """The other side sent something that is not a frame of ours."""


class Closed(ProtocolError):
    """The other side has gone."""


class Deadline(ProtocolError):
    """Nothing came in time."""


@dataclass
class Channel:
    """One end of a socket pair; `limit` is the largest payload that is read, in bytes."""

    socket: socket.socket
    limit: int = 64 << 20
    peer_pid: int = 0
    """Process id of the last sender as seen from here, where the socket passes credentials."""
    takes: int = 0
    """How many file descriptors may wait here; the others that come along are closed at once. Only the sandbox's side
    takes any: a submission could fill the examiner's table with its own."""
    descriptors: list[int] = field(default_factory=list)
    """File descriptors that came along and were not taken yet."""
    _ahead: bytes = b""
    """What was read beyond the last frame: never more than one reading of AHEAD bytes."""

    def send(
        self,
        payload: bytes,
        nonce: bytes = bytes(16),
        descriptors: list[int] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Send one frame; raises Closed when nobody is there, Deadline when it is not taken in `timeout` seconds."""
        if len(payload) > self.limit:
            message = f"a message of {len(payload)} bytes is larger than the limit of {self.limit}"
            raise ProtocolError(message)
        until = None if timeout is None else time.monotonic() + timeout
        rest = memoryview(HEADER.pack(len(payload), nonce) + payload)
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors or ()))] if descriptors else []
        try:
            while rest:
                try:  # a small frame fits nearly always: it is looked for room only where there was none
                    rest = rest[self.socket.sendmsg([rest[:CHUNK]], rights, socket.MSG_DONTWAIT) :]
                    rights = []
                except BlockingIOError:
                    self._wait(until, select.POLLOUT)
        except ConnectionError as error:
            raise Closed(str(error)) from error
        except OSError as error:
            raise self._gone(error) from error

    def receive(self, timeout: float | None = None) -> tuple[bytes, bytes]:
        """Return (nonce, payload); raises Closed, Deadline after `timeout` seconds in all, or ProtocolError."""
        until = None if timeout is None else time.monotonic() + timeout
        while len(self._ahead) < HEADER.size:
            self._ahead += self._read(AHEAD, until)
        length, nonce = HEADER.unpack_from(self._ahead)
        if length > self.limit:
            message = f"a message of {length} bytes was announced; the limit is {self.limit}"
            raise ProtocolError(message)
        end = HEADER.size + length
        payload, self._ahead = self._ahead[HEADER.size : end], self._ahead[end:]
        return nonce, payload if len(payload) == length else self._rest(payload, length, until)

    @property
    def has_more(self) -> bool:
        """Whether a part of the next frame at least has been read already, which no poll tells of."""
        return bool(self._ahead)

    def close(self) -> None:
        """Close the socket and whatever descriptors were not taken."""
        for descriptor in self.descriptors:
            os.close(descriptor)
        self.descriptors.clear()
        self.socket.close()

    def _rest(self, begun: bytes, length: int, until: float | None) -> bytes:
        parts, missing = [begun], length - len(begun)
        while missing:
            # what is kept grows with what really came, so a forged length costs no memory
            parts.append(self._read(min(missing, CHUNK), until))
            missing -= len(parts[-1])
        return b"".join(parts)

    def _read(self, most: int, until: float | None) -> bytes:
        """Return between one and `most` bytes."""
        if until is not None or self.socket.fileno() < 0:
            self._wait(until, select.POLLIN)
        try:
            data, ancillary, _, _ = self.socket.recvmsg(most, 256)
        except ConnectionError as error:
            raise Closed(str(error)) from error
        if ancillary:
            self._keep(ancillary)
        if not data:
            raise Closed("the other side closed the channel")
        return data

    def _wait(self, until: float | None, event: int) -> None:
        left = None if until is None else max(0.0, until - time.monotonic())
        if self.socket.fileno() < 0:
            raise Closed("this side closed the channel")
        poller = select.poll()
        poller.register(self.socket, event)
        if not poller.poll(None if left is None else left * 1000):
            raise Deadline("nothing came in time" if event == select.POLLIN else "nothing was taken in time")

    def _gone(self, error: OSError) -> Exception:
        return Closed("this side closed the channel") if self.socket.fileno() < 0 else error

    def _keep(self, ancillary: list[tuple[int, int, bytes]]) -> None:
        for level, kind, data in ancillary:
            if level != socket.SOL_SOCKET:
                continue
            if kind == socket.SCM_RIGHTS:
                fds = array.array("i")
                fds.frombytes(data[: len(data) - len(data) % fds.itemsize])
                room = max(0, self.takes - len(self.descriptors))
                self.descriptors.extend(fds[:room])
                for descriptor in fds[room:]:
                    os.close(descriptor)
            elif kind == socket.SCM_CREDENTIALS:
                self.peer_pid = CREDENTIALS.unpack(data[: CREDENTIALS.size])[0]
