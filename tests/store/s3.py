"""An S3 server of the tests' own, on loopback: moto's, which keeps its objects in this process."""

from __future__ import annotations

import logging
import urllib.request

from app.store.s3 import Bucket, S3Blobs

SMALL = 50_000
"""Bytes of one object in most tests: their files then have several."""


class S3Server:
    """Runs until `stop`. Each test takes a bucket of its own."""

    def __init__(self) -> None:
        # Heavy, and most tests need none of it.
        from moto.server import ThreadedMotoServer

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        host, port = self._server.get_host_and_port()
        self.url = f"http://{host}:{port}"
        self._made = 0

    def bucket(self) -> Bucket:
        self._made += 1
        made = Bucket(f"essai-{self._made}", "guichet", self.url, "us-east-1", "key", "secret")
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/{made.name}", method="PUT")).close()
        return made

    def put(self, bucket: Bucket, name: str) -> None:
        """An object that is none of ours."""
        address = f"{self.url}/{bucket.name}/{bucket.folder}/{name}"
        urllib.request.urlopen(urllib.request.Request(address, data=b"x", method="PUT")).close()

    def stop(self) -> None:
        self._server.stop()


def settings_of(bucket: Bucket) -> dict[str, str]:
    """The settings that lead there."""
    return {
        "GUICHET_STORAGE_URL": f"s3://{bucket.name}/{bucket.folder}",
        "GUICHET_STORAGE_ENDPOINT": bucket.endpoint,
        "GUICHET_STORAGE_ACCESS_KEY": bucket.access_key,
        "GUICHET_STORAGE_SECRET_KEY": bucket.secret_key,
    }


def all_bytes(bucket: Bucket) -> bytes:
    """Everything that the bucket holds."""
    blobs = S3Blobs(bucket, part=SMALL)
    held = b""
    for name, _ in blobs.list():
        with blobs.open(name) as file:
            held += file.read()
    return held
