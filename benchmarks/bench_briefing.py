"""The briefing set by Typst against nbconvert's webpdf (Chromium), same notebook, whole processes, in one run.

webpdf starts the Chromium of this machine instead of one that Playwright downloads; names of hosts are not looked
up, so that no slow network counts against it. Everything else is nbconvert's.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pikepdf
from nbconvert.exporters.webpdf import WebPDFExporter

ROOT = Path(__file__).parents[1]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
RUNS = 5


class OwnChromium(WebPDFExporter):
    """webpdf with the browser of this machine."""

    def run_playwright(self, html):
        from playwright.async_api import BrowserType

        launch = BrowserType.launch
        BrowserType.launch = lambda self, **options: launch(self, executable_path=CHROMIUM, **options)
        self.disable_sandbox = True  # in a container there is none
        self.browser_args = ["--host-resolver-rules=MAP * ~NOTFOUND"]
        return super().run_playwright(html)


def execute(folder: Path) -> Path:
    """The briefing of the sample, executed."""
    import nbformat

    from analysis.running import run_notebook

    path = ROOT / "notebooks" / "06_briefing.ipynb"
    notebook = nbformat.read(path, as_version=4)
    if os.fork() == 0:
        code_cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for cell, outputs in zip(code_cells, run_notebook(path.stem, notebook, path.parent), strict=True):
            cell.outputs = nbformat.from_dict(outputs)
        nbformat.write(notebook, folder / path.name)
        os._exit(0)
    os.wait()
    return folder / path.name


def export(notebook: Path, exporter: str, name: str) -> tuple[float, float]:
    """Seconds by the clock and of processor time, those of all its processes, for one export."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", exporter, "--output", name, str(notebook)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])},
        check=True,
        capture_output=True,
    )
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def tags(pdf: Path) -> str:
    with pikepdf.open(pdf) as document:
        kind = "tagged" if "/StructTreeRoot" in document.Root else "not tagged"
        return f"{kind}, {len(document.pages)} pages, {pdf.stat().st_size // 1000} kB"


def main() -> None:
    if CHROMIUM is None:
        print("briefing / webpdf: not measured, there is no Chromium here (install it or set CHROMIUM)")
        return
    with tempfile.TemporaryDirectory() as folder:
        notebook = execute(Path(folder))
        runs = [
            (export(notebook, "briefing", "ours"), export(notebook, "bench_briefing.OwnChromium", "webpdf"))
            for _ in range(RUNS)
        ]
        (ours, ours_cpu), (theirs, theirs_cpu) = (
            tuple(median(times) for times in zip(*side, strict=True)) for side in zip(*runs, strict=True)
        )
        print(f"export of the briefing, webpdf / ours: {theirs / ours:.1f} (median of {RUNS} in turns)")
        print(f"  ours   {ours:.2f} s, processor {ours_cpu:.2f} s, {tags(Path(folder, 'ours.pdf'))}")
        print(f"  webpdf {theirs:.2f} s, processor {theirs_cpu:.2f} s, {tags(Path(folder, 'webpdf.pdf'))}")


if __name__ == "__main__":
    main()
