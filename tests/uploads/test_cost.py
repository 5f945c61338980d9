"""What odd and hostile files cost the real service: memory of its processes, and how long others wait meanwhile."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.store import Store, load_keys, open_store
from tests.browser.server import LiveServer
from tests.uploads.corpus import corpus
from tests.uploads.making import jpeg
from tests.web.crashing import STEPS, Line, Walker, hidden
from tests.web.written import write

MORE = """
documents:
  - id: "pass"
    title: "Passeport"
    files: {min: 1, max: 20}
    formats: ["pdf", "jpeg", "png", "heic"]
"""
MOST_GROWTH = 64 * 1024
"""Kibibytes that a process may grow by."""
LONGEST_WAIT = 0.5
"""Seconds that somebody else may wait for a page, in the median of the worst hundredth."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveServer]:
    write(tmp_path / "procedures", STEPS, MORE)
    made = LiveServer(tmp_path, procedures=tmp_path / "procedures").start({"GUICHET_WORKERS": "1"})
    yield made
    made.stop()


class Watch(threading.Thread):
    """Looks at the memory of the service's lasting processes, and asks for a page as somebody else, again and again."""

    def __init__(self, server: LiveServer, page: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._group = os.getpgid(server.pid)
        self._page = page
        self._ended = threading.Event()
        self.first: dict[int, int] = {}
        self.most: dict[int, int] = {}
        self.waits: list[float] = []

    def run(self) -> None:
        while not self._ended.wait(0.05):
            for process, size in self._sizes():
                self.first.setdefault(process, size)
                self.most[process] = max(size, self.most.get(process, 0))
            begun = time.perf_counter()
            self._page()
            self.waits.append(time.perf_counter() - begun)

    def end(self) -> None:
        self._ended.set()
        self.join()

    def _sizes(self) -> Iterator[tuple[int, int]]:
        """Processes that serve pages or hold the queue, with their resident memory in KiB."""
        for entry in Path("/proc").iterdir():
            try:
                if not entry.name.isdigit() or os.getpgid(int(entry.name)) != self._group:
                    continue
                what = entry.joinpath("cmdline").read_bytes()
                if b"spawn_main" in what or b"-m\0app\0work" in what:
                    lines = entry.joinpath("status").read_text(encoding="ascii", errors="replace").splitlines()
                    yield int(entry.name), next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
            except (OSError, StopIteration):
                continue


def settled(store: Store) -> None:
    """Wait until the queue has looked at everything."""
    limit = time.monotonic() + 300
    while time.monotonic() < limit:
        with store.database.read() as connection:
            if not connection.exec_driver_sql("SELECT count(*) FROM jobs").scalar():
                return
        time.sleep(0.2)
    raise AssertionError("the queue did not come to an end")


@pytest.mark.prove
def test_no_odd_file_costs_much_memory_or_lets_others_wait(
    server: LiveServer, record_property: Callable[[str, object], None]
) -> None:
    store = open_store(server.data, None, load_keys(server.data, None, {}))
    other = Line(server.port)
    start = other.get("/fr/small/").body
    assert hidden(start)

    def ready() -> Walker:
        walker = Walker(server.port, random.Random(3))
        while not walker.next_name.startswith(("upload", "pieces")):
            walker.step()
        return walker

    walker = ready()
    give(walker, "photo.jpg", jpeg())
    settled(store)
    # The server ends a connection that was silent for half a minute; that is not what is measured here.
    walker.line.close()
    watch = Watch(server, lambda: other.get("/fr/small/"))
    watch.start()
    time.sleep(1)
    statuses = []
    for place, odd in enumerate(corpus()):
        if place % 15 == 14:
            walker.line.close()
            walker = ready()
        statuses.append(give(walker, odd.name, odd.content))
    settled(store)
    watch.end()
    store.close()
    walker.line.close()
    other.close()
    growth = {process: watch.most[process] - watch.first[process] for process in watch.first}
    waits = sorted(watch.waits)
    worst = waits[-max(1, len(waits) // 100) :]
    record_property("files", len(statuses))
    record_property("growth in KiB", ", ".join(str(size) for size in growth.values()))
    record_property("pages asked meanwhile", len(waits))
    record_property(
        "longest waits, s", f"{worst[len(worst) // 2]:.3f} (median of the worst hundredth), {waits[-1]:.3f}"
    )
    assert set(statuses) <= {303, 422, 413}
    assert growth
    assert max(growth.values()) <= MOST_GROWTH
    assert worst[len(worst) // 2] <= LONGEST_WAIT


def give(walker: Walker, name: str, content: bytes) -> int:
    token = hidden(walker.line.get(walker.url("documents")).body)["csrf_token"]
    part = '--mark-of-parts\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    safe = name.replace('"', "%22").replace("\r", "").replace("\n", "")
    body = part.format("csrf_token", "").encode() + token.encode() + b"\r\n"
    body += (
        part.format("file", f'; filename="{safe}"').encode("utf-8", "replace") + content + b"\r\n--mark-of-parts--\r\n"
    )
    kind = "multipart/form-data; boundary=mark-of-parts"
    return walker.line.request("POST", walker.url("documents/pass"), body, kind).status
