"""A real JupyterLab for tests, on a free port of this machine, in a copy of the project, driven by a real Chromium."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from browser import WIDE, chromium
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[1]
SLOW = 60_000  # milliseconds: what a busy machine may take for one state to come
_CODE = "jupyterapp.shell.currentWidget.content.widgets.map(c => c.model.toJSON()).filter(c => c.cell_type === 'code')"
_DONE = f"{_CODE}.every(c => c.execution_count) || {_CODE}.some(c => c.outputs.some(o => o.output_type === 'error'))"


class Lab:
    """One JupyterLab in one browser window, and every host that it was seen to ask."""

    def __init__(self, address: str, token: str, page: Page, project: Path) -> None:
        self.page = page
        self.project = project
        self.hosts: set[str] = set()
        page.on("request", lambda request: self._note(request.url))
        page.on("websocket", lambda socket: self._note(socket.url))
        page.goto(f"{address}lab?token={token}")
        page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.content?.widgets", timeout=SLOW)
        self.wait_for_kernel()

    def _note(self, url: str) -> None:
        scheme, _, rest = url.partition("://")
        if scheme in ("http", "https", "ws", "wss"):
            self.hosts.add(rest.partition("/")[0].partition(":")[0])

    def open(self, path: str) -> None:
        """The notebook in a tab of its own, its kernel ready."""
        self.page.evaluate("path => void jupyterapp.commands.execute('docmanager:open', {path})", path)
        self.page.wait_for_function(
            "path => jupyterapp.shell.currentWidget?.context?.path === path", arg=path, timeout=SLOW
        )
        self.wait_for_kernel()

    def wait_for_kernel(self) -> None:
        self.page.wait_for_function(
            "jupyterapp.shell.currentWidget.sessionContext?.session?.kernel?.status === 'idle'", timeout=SLOW
        )

    def choose(self, *labels: str) -> None:
        """A click on an entry of the menus."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=labels[0]).click()
        for label in labels[1:-1]:
            self.menu_item(label).hover()
        self.menu_item(labels[-1]).click()

    def menu_item(self, label: str) -> Locator:
        return self.page.locator(".lm-Menu-itemLabel").get_by_text(label, exact=True)

    def run_all(self) -> list[dict[str, Any]]:
        """One code cell with its outputs after Run > Run All Cells."""
        self.choose("Run", "Run All Cells")
        self.page.wait_for_function(_DONE, timeout=SLOW)
        return self.page.evaluate(_CODE)

    def show(self, selector: str) -> Locator:
        """What the notebook shows there, scrolled to: JupyterLab draws only what is near."""
        place = self.page.locator(f".jp-NotebookPanel:not(.lm-mod-hidden) {selector}").first
        place.scroll_into_view_if_needed(timeout=SLOW)
        return place

    def export(self, label: str) -> tuple[str, bytes]:
        """The name and the bytes of what File > Save and Export Notebook As gives."""
        with self.page.expect_download(timeout=SLOW) as download:
            self.choose("File", "Save and Export Notebook As", label)
        return download.value.suggested_filename, Path(download.value.path()).read_bytes()


@contextmanager
def open_lab(folder: Path, notebooks: Path) -> Iterator[Lab]:
    """A JupyterLab as `make lab` opens it, with settings and windows of its own; afterwards nothing of it runs."""
    project = folder / "project"
    shutil.copytree(notebooks, project / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copytree(ROOT / "data" / "raw" / "2014", project / "data" / "raw" / "2014")
    shutil.copy(ROOT / "pyproject.toml", project)
    own = {name: str(folder / name.lower()) for name in _FOLDERS}
    environment = {**os.environ, **own, "NO_PROXY": "127.0.0.1"}
    token = secrets.token_hex()
    lab = [sys.executable, "-m", "jupyterlab"]
    workspace = [*lab, "workspaces", "import", str(ROOT / "lab" / "workspace.json")]
    subprocess.run(workspace, env=environment, check=True, capture_output=True, cwd=project)
    command = [*lab, "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0", "--expose-app-in-browser"]
    with chromium() as browser, (folder / "log").open("w") as log:
        server = psutil.Popen(
            [*command, f"--IdentityProvider.token={token}", "notebooks"],
            env=environment,
            cwd=project,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        started = [server]
        try:
            address = _wait_for_address(folder / "jupyter_runtime_dir", server)
            context = browser.new_context(viewport=WIDE, accept_downloads=True)
            lab_window = Lab(address, token, context.new_page(), project)
            yield lab_window
            started += server.children(recursive=True)
            context.close()
        finally:
            server.terminate()
            _, left = psutil.wait_procs(started, timeout=30)
            for process in left:
                process.kill()
        assert left == [], "JupyterLab left processes behind"


_FOLDERS = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "IPYTHONDIR",
)


def _wait_for_address(runtime: Path, server: Any) -> str:
    """Where the server says that it listens."""
    deadline = time.monotonic() + SLOW / 1000
    while time.monotonic() < deadline and server.poll() is None:
        for path in runtime.glob("jpserver-*.json"):
            try:
                return str(json.loads(path.read_text(encoding="utf-8"))["url"])
            except ValueError:
                continue  # half written
        time.sleep(0.05)
    raise AssertionError(f"JupyterLab did not start, its log is {runtime.parent / 'log'}")


__all__ = ["ROOT", "SLOW", "Lab", "expect", "open_lab"]
