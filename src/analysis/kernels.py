"""Kernels for notebooks: this very Python, forked from a warm parent where the system can fork.

Importing pandas, matplotlib and seaborn costs more than the work of a notebook. A fork server that has them
imported once hands every notebook a kernel that already has them; outputs, errors and interrupts are those of
any kernel. Windows and macOS start ordinary kernels instead.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from typing import Any, Final

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

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


def warm_up() -> None:
    """Start the warm parent now, so that it imports while this process does other work."""
    if CAN_FORK:
        os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # the debugger warns of itself otherwise
        forkserver.set_forkserver_preload(PRELOAD)
        forkserver.ensure_running()


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
