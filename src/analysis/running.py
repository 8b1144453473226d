"""Runs notebooks in real Jupyter kernels, two at a time; nbclient stays in charge of each."""

import asyncio
import atexit
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode

from .kernels import ThisPython, warm_up
from .problems import InputError

# Files in a private folder, not TCP ports: nobody else can listen, and two kernels never want one port.
TRANSPORT: Final = "tcp" if sys.platform == "win32" else "ipc"
KERNELS_AT_A_TIME: Final = 2
SECONDS_PER_CELL: Final = 300


class NotebookError(InputError):
    """A cell of a notebook failed: one clear German line that names notebook and cell."""


def run_notebooks(
    notebooks: Sequence[tuple[str, NotebookNode]],
    folder: Path,
    environment: dict[str, str],
    done: Callable[[str], None],
) -> None:
    """Fill in the outputs of each (name, notebook), two at a time; `done` hears the name of each as it ends.

    `folder` is where the kernels run, `environment` what they find beside the variables of this process.
    Raises: NotebookError.
    """
    warm_up()
    with tempfile.TemporaryDirectory(prefix="k") as sockets:
        running: list[asyncio.Task[None]] = []

        async def run() -> None:
            running.append(asyncio.current_task())  # type: ignore[arg-type]
            await _run_all(notebooks, folder, environment, done, Path(sockets))

        # In a thread, because in the main one nbclient would take Ctrl-C for the affair of a single kernel.
        with ThreadPoolExecutor(max_workers=1) as thread:
            result = thread.submit(asyncio.run, run())
            try:
                result.result()
            except KeyboardInterrupt:
                for task in running:
                    task.get_loop().call_soon_threadsafe(task.cancel)
                raise


async def _run_all(
    notebooks: Sequence[tuple[str, NotebookNode]],
    folder: Path,
    environment: dict[str, str],
    done: Callable[[str], None],
    sockets: Path,
) -> None:
    places = asyncio.Semaphore(KERNELS_AT_A_TIME)

    async def run(name: str, notebook: NotebookNode) -> None:
        async with places:
            await _run_one(name, notebook, folder, environment, sockets)
            done(name)

    tasks = [asyncio.create_task(run(name, notebook)) for name, notebook in notebooks]
    try:
        await asyncio.gather(*tasks)
    finally:
        # One failed notebook ends the others, and no kernel is left behind.
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _run_one(
    name: str, notebook: NotebookNode, folder: Path, environment: dict[str, str], sockets: Path
) -> None:
    client = NotebookClient(
        notebook,
        km=AsyncKernelManager(
            kernel_spec_manager=ThisPython(),
            connection_file=str(sockets / f"{name}.json"),
            transport=TRANSPORT,
        ),
        resources={"metadata": {"path": str(folder)}},
        timeout=SECONDS_PER_CELL,
        record_timing=False,
        shutdown_kernel="immediate",
    )
    # An IPython folder of its own: what somebody has their shell do at its start is no part of a report.
    environment = {**os.environ, **environment, "IPYTHONDIR": str(sockets / f"{name}.ipython")}
    try:
        await client.async_execute(env=environment, cleanup_kc=True)
    except CellExecutionError as error:
        raise NotebookError(
            f"{name}, Zelle {_failed_cell(notebook)}: {error.ename}: {error.evalue} "
            "Bitte das Notebook mit `make lab` öffnen und die Zelle dort prüfen."
        ) from error
    except CellTimeoutError as error:
        raise NotebookError(
            f"{name}: Eine Zelle rechnete länger als {SECONDS_PER_CELL} Sekunden. Bitte das Notebook prüfen."
        ) from error
    except RuntimeError as error:  # dead before it was ready, or later (DeadKernelError)
        raise NotebookError(
            f"{name}: Der Rechenkern wurde beendet, vielleicht fehlte Speicher. Bitte noch einmal starten."
        ) from error
    finally:
        # nbclient keeps this for the exit of the program, where there is nothing left to clean.
        atexit.unregister(client._cleanup_kernel)


def _failed_cell(notebook: NotebookNode) -> int:
    """The number, counted from 1 over all cells, of the last cell that holds an error."""
    failed = [
        number
        for number, cell in enumerate(notebook.cells, start=1)
        if any(output.output_type == "error" for output in cell.get("outputs", []))
    ]
    return failed[-1]
