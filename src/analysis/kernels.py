"""Runs notebooks: real Jupyter kernels, forked from a warm parent where the system can fork.

Importing pandas, matplotlib and seaborn costs more than the work of a notebook. A fork server that has them
imported once hands every notebook a kernel that already has them; nbclient stays in charge, so outputs,
errors and interrupts are those of any kernel. Windows and macOS start ordinary kernels instead.
"""

import asyncio
import atexit
import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from .problems import InputError

CAN_FORK: Final = sys.platform.startswith("linux")
PRELOAD: Final = [
    "analysis.kernels",  # a forked process looks up its work here
    "analysis.charts",
    "analysis.overviews",
    "analysis.store",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "matplotlib.pyplot",
    "pyarrow.parquet",
    "seaborn",
]
# Files in a private folder, not TCP ports: nobody else can listen, and two kernels never want one port.
TRANSPORT: Final = "tcp" if sys.platform == "win32" else "ipc"
KERNELS_AT_A_TIME: Final = 2
SECONDS_PER_CELL: Final = 300


class NotebookError(InputError):
    """A cell of a notebook failed: one clear German line that names notebook and cell."""


def warm_up() -> None:
    """Start the warm parent now, so that it imports while this process does other work."""
    if CAN_FORK:
        os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # the debugger warns of itself otherwise
        forkserver.set_forkserver_preload(PRELOAD)
        forkserver.ensure_running()


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
    try:
        await client.async_execute(env={**os.environ, **environment}, cleanup_kc=True)
    except CellExecutionError as error:
        raise NotebookError(
            f"{name}, Zelle {_failed_cell(notebook)}: {error.ename}: {error.evalue} "
            "Bitte das Notebook mit `make lab` öffnen und die Zelle dort prüfen."
        ) from error
    except CellTimeoutError as error:
        raise NotebookError(
            f"{name}: Eine Zelle rechnete länger als {SECONDS_PER_CELL} Sekunden. Bitte das Notebook prüfen."
        ) from error
    except DeadKernelError as error:
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


class ThisPython(KernelSpecManager):
    """Knows one kernel: the Python that runs this program, whatever kernels are installed elsewhere."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The one kernel, under any name."""
        forked = {"kernel_provisioner": {"provisioner_name": "analysis-forked"}} if CAN_FORK else {}
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python",
            language="python",
            metadata=forked,
        )


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel as a fork of the warm parent (registered as a `jupyter_client` kernel provisioner)."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """The connection info of the new kernel; `cmd` holds its arguments from -f on."""
        context = multiprocessing.get_context("forkserver")
        is_bound, bound = context.Pipe(duplex=False)
        process = context.Process(
            target=_be_a_kernel,
            args=(cmd[cmd.index("-f") :], kwargs.get("cwd"), kwargs.get("env"), bound),
            daemon=True,
        )
        process.start()
        # A client that knocks before the sockets are bound waits for whole seconds.
        while not is_bound.poll() and process.exitcode is None:
            await asyncio.sleep(0.01)
        self.process = _ForkedProcess(process)  # type: ignore[assignment]
        self.pid = process.pid
        self.cwd = kwargs.get("cwd")
        return self.connection_info


class _ForkedProcess:
    """What the provisioner asks of `subprocess.Popen`, answered by a forked process."""

    stdin = stdout = stderr = None

    def __init__(self, process: Any) -> None:
        self._process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        return self._process.exitcode  # type: ignore[no-any-return]

    def wait(self) -> int | None:
        self._process.join()
        return self.poll()

    def send_signal(self, signum: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def _be_a_kernel(
    arguments: list[str], folder: str | None, environment: dict[str, str] | None, bound: Connection
) -> None:
    """Runs in the forked process until the kernel is shut down."""
    from ipykernel.kernelapp import IPKernelApp

    if environment is not None:
        os.environ.clear()
        os.environ.update(environment)
    if folder is not None:
        os.chdir(folder)
    sys.argv = ["kernel"]  # those of the parent are nothing to a kernel
    app = IPKernelApp.instance(parent_handle=os.getppid())  # it ends when the fork server does
    app.initialize(arguments)  # type: ignore[no-untyped-call]
    bound.send(True)
    app.start()  # type: ignore[no-untyped-call]
