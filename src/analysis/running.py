"""Runs the cells of a notebook in this process, top to bottom, as a fresh kernel would, and records what they show.

The shell is IPython's own, so that magics, rich outputs and `await` work as in JupyterLab; what it shows is recorded
here instead of being sent to a browser. One process runs one notebook.
"""

import base64
import contextlib
import io
import json
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from .problems import InputError

# Notebook and outputs are those of a notebook file (format 4), as plain values.
Notebook = dict[str, Any]
Output = dict[str, Any]

SECONDS_PER_CELL: Final = 300
# nbclient's names for cells that are not run, and for errors that are meant.
_SKIP: Final = "skip-execution"
_MEANT: Final = "raises-exception"


class NotebookError(InputError):
    """A cell of a notebook failed: one German sentence that names notebook and cell, and the last lines."""


def run_notebook(name: str, notebook: Notebook, folder: Path) -> list[list[Output]]:
    """One list of outputs per code cell, run in `folder`; one failed cell ends the run. Raises: NotebookError."""
    outputs: list[list[Output]] = []
    os.chdir(folder)
    with tempfile.TemporaryDirectory() as home, _descriptors_into_a_file() as printed:
        # An IPython folder of its own: what somebody has their shell do at its start is no part of a report.
        shell = _Shell.instance(ipython_dir=home, config=Config({"HistoryManager": {"enabled": False}}))
        if "matplotlib" in sys.modules:  # else it finds the shell when it is loaded
            shell.enable_matplotlib("inline")  # type: ignore[no-untyped-call]
        for number, cell in enumerate(notebook["cells"], start=1):
            if cell["cell_type"] != "code":
                continue
            tags, source = cell["metadata"].get("tags", []), cell["source"]
            recorder = shell.recorder = _Recorder(shell.shown)
            outputs.append(recorder.outputs)
            if _SKIP in tags or not source.strip():
                continue
            with recorder.streams(), _time_limit():
                result = shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
            recorder.write("stdout", printed())
            error = result.error_before_exec or result.error_in_exec
            if error is not None and _MEANT not in tags:
                raise NotebookError(_describe(name, number, error))
    return outputs


class _Recorder:
    """The outputs of one cell, in their order; `shown` has, for the whole notebook, those that can be changed later."""

    def __init__(self, shown: dict[str, list[Output]]) -> None:
        self.outputs: list[Output] = []
        self._shown = shown
        self._is_to_clear = False

    def add(self, kind: str, *, display_id: str | None = None, **content: Any) -> None:
        self._clear_if_asked()
        output = {"output_type": kind, **content}
        self.outputs.append(output)
        if display_id:
            self._shown.setdefault(display_id, []).append(output)

    def change(self, display_id: str, data: dict[str, Any], metadata: dict[str, Any]) -> None:
        for output in self._shown.get(display_id, ()):
            output["data"], output["metadata"] = data, metadata

    def write(self, stream: str, text: str) -> None:
        if not text:
            return
        self._clear_if_asked()
        last = self.outputs[-1] if self.outputs else None
        if last and last["output_type"] == "stream" and last["name"] == stream:
            last["text"] += text
        else:
            self.add("stream", name=stream, text=text)

    def clear(self, wait: bool) -> None:
        self._is_to_clear = True
        if not wait:
            self._clear_if_asked()

    def _clear_if_asked(self) -> None:
        if self._is_to_clear:
            self.outputs.clear()
            self._is_to_clear = False

    @contextlib.contextmanager
    def streams(self) -> Iterator[None]:
        """What is printed meanwhile becomes outputs."""
        with contextlib.ExitStack() as stack:
            stack.enter_context(contextlib.redirect_stdout(_Stream(self, "stdout")))
            stack.enter_context(contextlib.redirect_stderr(_Stream(self, "stderr")))
            yield


class _Stream(io.TextIOBase):
    def __init__(self, recorder: _Recorder, name: str) -> None:
        self._recorder, self._name = recorder, name

    def write(self, text: str) -> int:
        self._recorder.write(self._name, text)
        return len(text)

    def writable(self) -> bool:
        return True


def _recorder() -> _Recorder:
    recorder: _Recorder = _Shell.instance().recorder
    return recorder


class _Publisher(DisplayPublisher):
    """What `display` shows."""

    def publish(  # type: ignore[override]
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        display_id = (transient or {}).get("display_id")
        if update and display_id:
            _recorder().change(display_id, _plain(data), _plain(metadata or {}))
        elif not update:
            _recorder().add(
                "display_data", display_id=display_id, data=_plain(data), metadata=_plain(metadata or {})
            )

    def clear_output(self, wait: bool = False) -> None:
        _recorder().clear(wait)


class _Hook(DisplayHook):
    """What the last line of a cell shows."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        _recorder().add(
            "execute_result",
            data=_plain(format_dict),
            metadata=_plain(md_dict or {}),
            execution_count=self.prompt_count,
        )


class _Shell(InteractiveShell):
    """IPython without a terminal: nothing is asked, nothing is kept, everything shown goes to the recorder."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)
    recorder: _Recorder

    def __init__(self, **options: Any) -> None:
        self.shown: dict[str, list[Output]] = {}
        self.recorder = _Recorder(self.shown)
        super().__init__(**options)  # type: ignore[no-untyped-call]

    system = InteractiveShell.system_piped  # what a command prints is shown, too

    def enable_gui(self, gui: str | None = None) -> None:
        """There are no windows."""

    def ask_exit(self) -> None:
        """There is nothing to leave."""
        raise InputError("„exit()“ hat in einem Bericht nichts zu beenden; bitte entfernen.")

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.recorder.add("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb))


def _plain(bundle: dict[str, Any]) -> dict[str, Any]:
    """A bundle of representations as a notebook file holds it: pictures as base64, the rest as JSON."""
    texts = {
        kind: base64.b64encode(data).decode("ascii") if isinstance(data, bytes) else data
        for kind, data in bundle.items()
    }
    plain: dict[str, Any] = json.loads(json.dumps(texts, default=str))
    return plain


@contextlib.contextmanager
def _descriptors_into_a_file() -> Iterator[Any]:
    """What other programs and libraries print past Python; the function given tells what is new."""
    with tempfile.TemporaryFile() as file, contextlib.ExitStack() as stack:
        for number in (1, 2):
            kept = os.dup(number)
            stack.callback(os.close, kept)
            stack.callback(os.dup2, kept, number)
            os.dup2(file.fileno(), number)

        def printed() -> str:
            end = os.lseek(1, 0, os.SEEK_END)
            file.seek(printed.read)  # type: ignore[attr-defined]
            text = file.read(end - printed.read).decode("utf-8", "replace")  # type: ignore[attr-defined]
            printed.read = end  # type: ignore[attr-defined]
            return text

        printed.read = 0  # type: ignore[attr-defined]
        yield printed


@contextlib.contextmanager
def _time_limit() -> Iterator[None]:
    """Ends a cell that does not end, where the system has alarms."""

    def stop(number: int, frame: object) -> None:
        raise TimeoutError(f"Die Zelle rechnete länger als {SECONDS_PER_CELL} Sekunden.")

    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS_PER_CELL)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _describe(name: str, number: int, error: BaseException) -> str:
    """Notebook, cell, what went wrong, and the last lines on the way there: of the cell, and where it ended."""
    text = str(error) if isinstance(error, InputError) else f"{type(error).__name__}: {error}"
    lines = [f"{name}, Zelle {number}: {text.rstrip()}"]
    if not isinstance(error, InputError):
        lines += [f"  {line}" for line in _last_lines(error)]
    return "\n".join([*lines, "  Bitte das Notebook mit `make lab` öffnen und die Zelle dort prüfen."])


def _last_lines(error: BaseException) -> list[str]:
    """At most two lines: the last one of the cell that ran, and the last one of all where that is elsewhere."""
    import traceback

    if isinstance(error, SyntaxError):
        return [f"Zeile {error.lineno} der Zelle: {(error.text or '').strip()}"]
    frames = traceback.extract_tb(error.__traceback__)
    in_cell = [frame for frame in frames if _is_cell(frame.filename)]
    last = [f"Zeile {frame.lineno} der Zelle: {frame.line}" for frame in in_cell[-1:]]
    if frames and not _is_cell(frames[-1].filename):
        end = frames[-1]
        last.append(f"zuletzt in {Path(end.filename).name}, Zeile {end.lineno}: {end.line}")
    return last


def _is_cell(filename: str) -> bool:
    # IPython gives each cell a file of its own in the temporary folder, or a name in angle brackets.
    return filename.startswith("<ipython") or "ipykernel_" in filename
