"""A folder of finished work: each piece lies under the digest of all that it was made from.

What is there under a key is what making it anew would give, so nobody has to say when a piece is out of date, and
times of files count for nothing. The folder may be removed at any time.
"""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Final

# Where the report's cache lies, for what runs in other processes; without it nothing is kept.
CACHE_VARIABLE: Final = "ANALYSIS_CACHE"
_DIGEST_BYTES: Final = 32
_MOST_BYTES: Final = 1024**3


class Cache:
    """Pieces of work by key; one that was damaged, or cannot be written, is as if it had never been there."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` is made when the first piece comes; None keeps nothing."""
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """What was put under the key, None where there is nothing."""
        if self._folder is None:
            return None
        path = self._path(key)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        digest, piece = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
        if hashlib.sha256(piece).digest() != digest:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # still of use: see `prune`
        return piece

    def put(self, key: str, piece: bytes) -> None:
        """Keep the piece under the key; a reader sees all of it or nothing."""
        if self._folder is None:
            return
        path = self._path(key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, beside = tempfile.mkstemp(prefix=".neu-", dir=path.parent)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(hashlib.sha256(piece).digest() + piece)
                Path(beside).replace(path)
            except BaseException:
                Path(beside).unlink(missing_ok=True)
                raise

    def prune(self) -> None:
        """Remove what nobody has asked for the longest, until the rest is small enough."""
        found = []
        for path in self._folder.glob("??/*") if self._folder else ():
            with contextlib.suppress(OSError):
                state = path.stat()
                found.append((state.st_mtime, path, state.st_size))
        left = sum(size for _, _, size in found)
        for _, path, size in sorted(found):
            if left <= _MOST_BYTES:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                left -= size

    def _path(self, key: str) -> Path:
        assert self._folder is not None
        return self._folder / key[:2] / key[2:]


def cache_of_report() -> Cache:
    """The cache of the report that this process works for, else one that keeps nothing."""
    folder = os.environ.get(CACHE_VARIABLE)
    return Cache(Path(folder) if folder else None)


def key_of(*parts: str | bytes) -> str:
    """One key for a piece of work: a digest of all that it depends on, in this order."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()
