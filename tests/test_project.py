"""The project's own promises: documents, commands and dependency lists agree with each other."""

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import yaml

from analysis.codelists import SHAPES

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, flags=re.M))


def documents() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_environment_yml_and_pyproject_name_the_same_packages() -> None:
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip = next(entry["pip"] for entry in conda if isinstance(entry, dict))
    named = {entry for entry in conda if isinstance(entry, str)} | set(pip)
    assert named == {*PROJECT["dependencies"], f"python{PROJECT['requires-python']}", "pip", "-e ."}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_lock_pins_every_dependency_with_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([a-z0-9.-]+)(?:\[[a-z,-]+\])?==(\S+)", text, flags=re.M))
    wanted = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["build"]
    if lock == "requirements-test.lock":
        wanted = wanted + PROJECT["optional-dependencies"]["test"]
    names = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in wanted}
    assert names <= pins.keys()
    blocks = re.split(r"^(?=[a-z0-9.,\[\]-]+==)", text, flags=re.M)[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text


def test_test_lock_holds_the_same_versions_as_the_first_lock() -> None:
    first, second = (
        set(re.findall(r"^[a-z0-9.,\[\]-]+==\S+", (ROOT / lock).read_text(encoding="utf-8"), flags=re.M))
        for lock in ("requirements.lock", "requirements-test.lock")
    )
    assert first - second == set()


def test_each_dependency_has_its_reason_beside_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if re.match(r'\s+"[A-Za-z][\w.-]*[><=]', line)]
    assert len(listed) >= len(PROJECT["dependencies"])
    assert [line for line in listed if "#" not in line] == []


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_make_targets_named_in_documents_exist(document: Path) -> None:
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", document.read_text(encoding="utf-8"), flags=re.M))
    assert named <= TARGETS


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_files_linked_in_documents_exist(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```sh\n(.*?)```", readme, flags=re.S)
    assert block is not None
    assert [line for line in block[1].splitlines() if line.startswith("make")] == ["make report", "make test"]


def test_make_without_a_target_lists_every_target() -> None:
    # A make above this one would have it print its folder too.
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    printed = subprocess.run(["make"], cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in printed.splitlines()} == TARGETS


def test_contract_targets_exist() -> None:
    assert {
        "report",
        "test",
        "test-long",
        "lab",
        "tidy",
        "doctor",
        "check",
        "bench",
        "clean",
        "lock",
    } <= TARGETS


def test_entry_points_load() -> None:
    exporters = {entry.name: entry for entry in entry_points(group="nbconvert.exporters")}
    assert exporters["briefing"].load().__name__ == "BriefingExporter"
    assert exporters["accessible_html"].load().__name__ == "AccessibleHTMLExporter"


def test_notebooks_are_committed_without_outputs() -> None:
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    shared = [path.stem[:2] for path in notebooks if path.stem < "90"]
    assert shared == ["01", "02", "03", "04", "05", "06"]
    for path in notebooks:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")] == [], path.name


@pytest.mark.parametrize(
    ("path", "is_ignored"),
    [
        ("data/raw/2026/Dezernat IV.xlsx", True),
        ("data/raw/2026/survey.toml", True),
        ("data/raw/Dezernat IV.xlsx", True),
        ("data/raw/2014/Dezernat IV.xlsx", False),
        ("data/raw/2014/README.md", False),
        ("tests/data/second_survey/Dezernat I.xlsx", False),
    ],
)
def test_raw_returns_of_real_surveys_stay_out_of_git(path: str, is_ignored: bool) -> None:
    # --no-index: what is tracked already would count as not ignored, whatever the rules say.
    done = subprocess.run(["git", "check-ignore", "--quiet", "--no-index", path], cwd=ROOT, check=False)
    assert done.returncode == (0 if is_ignored else 1)


def test_the_guide_says_that_raw_returns_stay_out_of_git() -> None:
    guide = " ".join((ROOT / "docs" / "anleitung.md").read_text(encoding="utf-8").split())
    assert "nimmt `git` nicht auf" in guide


def test_the_guide_names_every_code_list_and_its_columns() -> None:
    guide = (ROOT / "docs" / "anleitung.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)\.csv` \| `([^`]+)` \|", guide, flags=re.M)
    assert {name: tuple(columns.split(", ")) for name, columns in rows} == {
        name: shape.columns for name, shape in SHAPES.items()
    }


def test_importing_the_package_reads_no_file_and_is_light() -> None:
    code = "import sys, analysis; print('matplotlib' in sys.modules, 'nbconvert' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed == "False False\n"


class TestEnvironmentScript:
    """tools/environment.sh, on machines that lack something."""

    def run(
        self, folder: Path, tools: dict[str, str], kind: str = "report"
    ) -> subprocess.CompletedProcess[str]:
        """The script in a copy of the project with no .venv and with nothing but `tools` on the PATH."""
        project, path = folder / "project", folder / "bin"
        (project / "tools").mkdir(parents=True)
        path.mkdir(exist_ok=True)
        for name in ("tools/environment.sh", "pyproject.toml", "requirements.lock"):
            (project / name).write_bytes((ROOT / name).read_bytes())
        for name, text in tools.items():
            (path / name).write_text(f"#!/bin/sh\n{text}\n")
            (path / name).chmod(0o755)
        for name in ("dirname", "cat", "cmp", "rm"):
            found = subprocess.run(
                ["sh", "-c", f"command -v {name}"], capture_output=True, text=True, check=True
            )
            (path / name).symlink_to(found.stdout.strip())
        return subprocess.run(
            ["/bin/sh", str(project / "tools/environment.sh"), kind],
            env={"PATH": str(path)},
            capture_output=True,
            text=True,
            check=False,
        )

    def test_no_python_gives_one_clear_line(self, tmp_path: Path) -> None:
        done = self.run(tmp_path, {"python3": "exit 1"})
        assert done.returncode == 1
        assert done.stderr == (
            "Python 3.11 oder neuer fehlt: Bitte installieren (python.org oder Paketverwaltung) "
            "und noch einmal starten.\n"
        )

    def test_python_without_venv_gives_one_clear_line(self, tmp_path: Path) -> None:
        done = self.run(tmp_path, {"python3": 'case "$2" in *venv*) exit 1;; esac; exit 0'})
        assert done.returncode == 1
        assert done.stderr == (
            "Dem Python „python3“ fehlt das Modul venv: Bitte installieren "
            "(Debian und Ubuntu: apt install python3-venv) und noch einmal starten.\n"
        )

    def test_find_prints_a_python_and_makes_nothing(self, tmp_path: Path) -> None:
        done = self.run(tmp_path, {"python3": "exit 0"}, "find")
        assert (done.returncode, done.stdout, done.stderr) == (0, f"{tmp_path / 'bin' / 'python3'}\n", "")
        assert not (tmp_path / "project" / ".venv").exists()

    def test_find_prefers_the_environment_as_it_is(self, tmp_path: Path) -> None:
        python = tmp_path / "project" / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text("#!/bin/sh\nexit 0\n")
        python.chmod(0o755)
        done = self.run(tmp_path, {"python3": "exit 0"}, "find")
        assert (done.returncode, done.stdout, done.stderr) == (0, f"{python}\n", "")

    def test_find_without_a_python_says_what_to_install(self, tmp_path: Path) -> None:
        done = self.run(tmp_path, {"python3": "exit 1"}, "find")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("Python 3.11 oder neuer fehlt: Bitte installieren")


def test_the_accessibility_statement_cites_tests_that_exist_and_claims_no_more() -> None:
    statement = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    cited = set(re.findall(r"`(test_\w+)`", statement))
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py")]
    known = {name for source in sources for name in re.findall(r"def (test_\w+)\(", source)}
    assert len(cited) > 50
    assert cited - known == set()
    assert "barrierefrei" not in statement.lower()
    files = re.findall(r"`([\w/]+\.(?:py|typ|css|j2|html\.j2|md))`", statement)
    places = [ROOT, ROOT / "src" / "analysis", ROOT / "src" / "analysis" / "publish"]
    places += [places[-1] / "templates", places[-1] / "templates" / "accessible_html"]
    assert [name for name in files if not any((place / name).is_file() for place in places)] == []
    decisions = {path.name[:4] for path in (ROOT / "docs" / "decisions").iterdir()}
    assert set(re.findall(r"decision (\d{4})", statement)) <= decisions
