"""Files taken in once: kept by what they say, read here or by any executor, the same tables to the last bit."""

import ast
import datetime
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
import test_ladder
from make_workbooks import HEADINGS, TREFF, write_folder, write_workbook

import analysis
from analysis import intake, packing, workers
from analysis.cache import Cache
from analysis.corrections import Correction, Corrections
from analysis.intake import NOT_INTAKE, Intake, Task
from analysis.problems import InputError, Problem
from analysis.store import write_survey
from analysis.survey import Survey

DATE = datetime.date(2014, 2, 26)
take_in_packed = intake._take_in_packed


def fatal(task: Task) -> bytes:
    """Reads a file, but dies of one."""
    if task.name == "Dez V.xlsx":
        os.abort()
    return take_in_packed(task)


def install_fatal() -> None:
    intake._take_in_packed = fatal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    workbooks = {
        "Dez I.xlsx": [["Fehlanzeige"]],
        "Dez IV.xlsx": [HEADINGS, TREFF, ["Lesestube Süd", "Kinder & Eltern", "Kalk, Mülheim", "ca. 2010?"]],
        "Dez V.xlsx": [HEADINGS, TREFF],
        "Dez VI.pdf": b"%PDF-1.7",
    }
    return write_folder(tmp_path / "2014", workbooks)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that other processes are asked to read, from now on."""
    names: list[str] = []
    run = intake._run

    def note(tasks: list[Task], processes: int) -> object:
        names.extend(task.name for task in tasks)
        return run(tasks, processes)

    monkeypatch.setattr(intake, "_run", note)
    return names


def tables_of(survey: Survey, folder: Path) -> dict[str, bytes]:
    """The bytes of every file that `tidy` writes."""
    write_survey(survey, folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_intake_is_the_same_after_its_way_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MANY_ROWS", 2)
    columns = {"workbook": ["ä", None], "sheet": ["", "\ud800"], "column": ["A", "B"]}
    columns |= {"header_text": [None, None], "field": ["title", "start"]}
    packed = packing.pack("columns", columns)
    assert isinstance(packed, bytes)
    taken = Intake(
        [("IV", "received", 2), (None, "fehlanzeige", 0)],
        {"columns": packed, "programmes": {"row": [1, None]}, "sheets": packed},
        [Problem("info", "code", "Bitte prüfen.", "a.xlsx", found="x")],
    )
    assert Intake.from_bytes(taken.as_bytes()) == taken


def test_what_is_kept_is_not_read_again(
    folder: Path, cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "Dez VI.pdf").unlink()
    afresh = tables_of(analysis.read_survey(folder), tmp_path / "afresh")
    first = tables_of(analysis.read_survey(folder, cache=cache), tmp_path / "first")

    def start() -> None:
        raise AssertionError("a process was started")

    workers.end_all()
    monkeypatch.setattr(workers, "_start", start)
    again = tables_of(analysis.read_survey(folder, cache=cache), tmp_path / "again")
    assert again == first == afresh


def test_only_what_changed_or_could_not_be_read_is_read_again(
    folder: Path, cache: Cache, tmp_path: Path, read_files: list[str]
) -> None:
    analysis.read_survey(folder, cache=cache)
    assert read_files == ["Dez I.xlsx", "Dez IV.xlsx", "Dez V.xlsx", "Dez VI.pdf"]
    read_files.clear()
    write_workbook(folder / "Dez V.xlsx", [HEADINGS, ["Malkurs", "Kinder", "Porz", 2001]])
    survey = analysis.read_survey(folder, cache=cache)
    assert read_files == ["Dez V.xlsx", "Dez VI.pdf"]
    assert list(survey.programmes["title"]) == ["Jugendtreff", "Lesestube Süd", "Malkurs"]
    assert tables_of(survey, tmp_path / "kept") == tables_of(
        analysis.read_survey(folder), tmp_path / "afresh"
    )


def test_a_file_that_is_damaged_in_the_cache_is_read_again(
    folder: Path, cache: Cache, tmp_path: Path, read_files: list[str]
) -> None:
    analysis.read_survey(folder, cache=cache)
    for path in (tmp_path / "cache").glob("??/*"):
        path.write_bytes(path.read_bytes()[:-1])
    read_files.clear()
    analysis.read_survey(folder, cache=cache)
    assert len(read_files) == 4


def test_what_an_item_cost_its_process_is_not_kept(
    folder: Path, cache: Cache, read_files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(intake, "_take_in_packed", fatal)
        survey = analysis.read_survey(folder, cache=cache)
        assert list(survey.returns["status"]) == ["received", "unreadable", "fehlanzeige", "unreadable"]
    read_files.clear()
    survey = analysis.read_survey(folder, cache=cache)
    assert read_files == ["Dez V.xlsx", "Dez VI.pdf"]
    assert list(survey.returns["status"]) == ["received", "received", "fehlanzeige", "unreadable"]


def test_a_file_saved_while_it_is_read_is_not_kept(
    folder: Path, cache: Cache, read_files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = (folder / "Dez IV.xlsx").read_bytes()

    def save() -> None:
        write_workbook(folder / "Dez IV.xlsx", [HEADINGS, TREFF])

    with monkeypatch.context() as patch:
        run = intake._run

        def save_first(tasks: list[Task], processes: int) -> object:
            save()
            return run(tasks, processes)

        patch.setattr(intake, "_run", save_first)
        assert len(analysis.read_survey(folder, cache=cache).programmes) == 2
    (folder / "Dez IV.xlsx").write_bytes(content)
    read_files.clear()
    assert len(analysis.read_survey(folder, cache=cache).programmes) == 3
    assert "Dez IV.xlsx" in read_files


def test_the_key_is_another_for_all_that_a_reading_depends_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(b"a")
    other.write_bytes(b"b")
    row = Correction("a.xlsx", "Tabelle1", (1, 1), "a", "b", "", "Amt")
    lists, none = tmp_path / "codelists", Corrections()
    tasks = [
        Task(path, "a.xlsx", DATE, lists, "1", none),
        Task(other, "a.xlsx", DATE, lists, "1", none),
        Task(path, "b.xlsx", DATE, lists, "1", none),
        Task(path, "a.xlsx", DATE.replace(day=1), lists, "1", none),
        Task(path, "a.xlsx", DATE, lists, "2", none),
        Task(path, "a.xlsx", DATE, lists, "1", Corrections({"a.xlsx": [row]})),
        Task(path, "a.xlsx", DATE, lists, "1", Corrections({"a.xlsx": [row._replace(place=(2, 1))]})),
    ]
    keys = [intake._key_of(task) for task in tasks]
    for name, value in (("package_digest", lambda without: "x"), ("version", lambda package: "0")):
        with monkeypatch.context() as patch:
            patch.setattr(
                f"importlib.metadata.{name}" if name == "version" else f"analysis.intake.{name}", value
            )
            keys.append(intake._key_of(tasks[0]))
    monkeypatch.setattr("sys.version", "4.0")
    keys.append(intake._key_of(tasks[0]))
    assert len(set(keys)) == len(keys) == 10


def test_the_same_file_elsewhere_has_the_same_key(tmp_path: Path) -> None:
    keys = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.xlsx").write_bytes(b"a")
        keys.add(
            intake._key_of(Task(tmp_path / name / "a.xlsx", "a.xlsx", DATE, tmp_path, "1", Corrections()))
        )
    assert len(keys) == 1


def closure_of(module: str) -> set[str]:
    """The module and all of the package that it imports, by whatever way."""
    known, found, left = set(test_ladder.modules()), set(), {module}
    while left:
        name = left.pop()
        found.add(name)
        parts = name.split(".")
        above = {".".join(parts[:end]) for end in range(1, len(parts))}
        left |= ((above | set(test_ladder.imports_of(name))) & known) - found
    return found


def test_the_key_covers_every_room_that_a_reading_imports() -> None:
    rooms = {module.split(".")[0] for module in closure_of("intake")}
    assert "workbooks" in rooms and "returns" in rooms
    assert rooms & NOT_INTAKE == set()
    assert {module.split(".")[0] for module in test_ladder.modules()} >= NOT_INTAKE


def test_the_key_covers_every_package_that_a_reading_imports() -> None:
    """Arrow only turns what was read into tables, which are not kept; pandas and `publish` show a code list."""
    others = set()
    for module in closure_of("intake"):
        if module.startswith("publish"):
            continue
        path = test_ladder.PACKAGE.joinpath(*module.split("."))
        path = path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
                node.body = []
            names = [item.name for item in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            others |= {name.split(".")[0] for name in names} - sys.stdlib_module_names
    assert others == {"python_calamine", "pyarrow", "pandas"}


def test_progress_counts_every_return_once(folder: Path, cache: Cache) -> None:
    heard: list[tuple[int, int]] = []

    def hear(done: int, total: int) -> None:
        heard.append((done, total))

    for _ in range(2):
        analysis.read_survey(folder, cache=cache, progress=hear)
    assert heard == 2 * [(1, 4), (2, 4), (3, 4), (4, 4)]


def dask_executor() -> Iterator[Executor]:
    """Dask as somebody with a cluster has it: workers that are processes, started afresh; here on this machine."""
    distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        client.wait_for_workers(2)
        client.run(install_fatal)
        yield client.get_executor()


def thread_executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as executor:
        yield executor


def process_executor() -> Iterator[Executor]:
    with ProcessPoolExecutor(2) as executor:
        yield executor


@pytest.mark.parametrize("make", [thread_executor, process_executor, dask_executor])
def test_any_executor_gives_the_same_tables_to_the_last_bit(
    make: Callable[[], Iterator[Executor]],
    folder: Path,
    cache: Cache,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A batch per file, and one of them kills its process: it costs itself alone, there as here."""
    monkeypatch.setattr(intake, "_BATCH_BYTES", 1)
    monkeypatch.setattr(intake, "_take_in_packed", fatal)
    here = tables_of(analysis.read_survey(folder), tmp_path / "here")
    for executor in make():
        survey = analysis.read_survey(folder, executor=executor, cache=cache)
        assert list(survey.returns["status"]) == ["received", "unreadable", "fehlanzeige", "unreadable"]
        assert tables_of(survey, tmp_path / "there") == here
        again = analysis.read_survey(folder, executor=executor, cache=cache)
        assert tables_of(again, tmp_path / "again") == here


class Counting(Executor):
    """Works at once, and notes how many answers wait to be fetched."""

    def __init__(self) -> None:
        self.waiting = self.most = 0

    def submit(self, function, /, *args):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        future.set_result(function(*args))
        fetch = future.result

        def result(timeout: float | None = None) -> object:
            self.waiting -= 1
            return fetch(timeout)

        future.result = result  # type: ignore[method-assign]
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        return future


def test_few_batches_wait_at_a_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_BATCH_BYTES", 1)
    monkeypatch.setattr(intake, "_BATCHES_AHEAD", 2)
    executor = Counting()
    survey = analysis.read_survey(folder, executor=executor)
    assert (len(survey.returns), executor.most, executor.waiting) == (4, 2, 0)


def leave() -> None:
    os._exit(1)


def broken_pool() -> Executor:
    executor = ProcessPoolExecutor(1)
    with pytest.raises(Exception, match="terminated"):
        executor.submit(leave).result()
    return executor


def shut_down() -> Executor:
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    return executor


class Cancelling(Executor):
    """Takes work and never does it."""

    def submit(self, function, /, *args):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        future.cancel()
        return future


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            broken_pool,
            "Executor ProcessPoolExecutor ließen sich die Rückmeldungen nicht lesen (BrokenProcessPool: A",
        ),
        (
            shut_down,
            "ThreadPoolExecutor ließen sich die Rückmeldungen nicht lesen (RuntimeError: cannot schedule",
        ),
        (
            Cancelling,
            "Mit dem Executor Cancelling ließen sich die Rückmeldungen nicht lesen (CancelledError:).",
        ),
    ],
)
def test_an_executor_that_does_not_work_is_one_line(
    make: Callable[[], Executor], said: str, folder: Path
) -> None:
    with pytest.raises(InputError) as caught:
        analysis.read_survey(folder, executor=make())
    assert said in str(caught.value)
    assert str(caught.value).endswith("Bitte ihn neu starten oder ohne ihn lesen.")
    assert "\n" not in str(caught.value)


class OtherFolder(Counting):
    """Works where the files are not those that this program has."""

    def __init__(self, change: Callable[[], object]) -> None:
        super().__init__()
        self.change = change

    def submit(self, function, /, *args):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        self.change()
        try:
            future.set_result(function(*args))
        except Exception as error:
            future.set_exception(error)
        return future


def test_an_executor_that_would_read_something_else_is_one_line(folder: Path) -> None:
    path, lists = folder / "Dez I.xlsx", folder / "codelists"

    def add_list() -> None:
        lists.mkdir()
        (lists / "headers.csv").write_text("text;field\nZwirbel;remarks\n", encoding="utf-8")

    for change in (add_list, lambda: write_workbook(path, [HEADINGS]), path.unlink):
        with pytest.raises(
            InputError, match=r"Dez I\.xlsx: Wo der Executor liest, liegt diese Datei nicht, oder"
        ):
            analysis.read_survey(folder, executor=OtherFolder(change))
