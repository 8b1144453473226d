"""Imports only go down: each module may import rungs below its own, and `publish` nothing of surveys."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "analysis"

# The ladder, lowest rung first. A folder stands for all its modules.
LADDER: list[set[str]] = [
    {"schema", "problems", "spelling", "workers", "cache", "digests", "publish"},
    {"csvfiles", "workbooks", "labels", "packing", "side_by_side"},
    {"codelists", "frames", "survey_card"},
    {"headers", "start_years", "target_groups", "sozialraeume", "dezernate"},
    {"returns", "survey_config"},
    {"corrections", "cross_checks"},
    {"intake", "survey_folder"},
    {"survey", "doctor"},
    {"store", "summaries"},
    {"evidence"},
    {"findings", "overviews"},
    {"charts", "running", "reading"},
    {"exploring"},
    {"report"},
    {"__main__"},
]


def rung_of(module: str) -> int:
    return next(number for number, rung in enumerate(LADDER) if module.split(".")[0] in rung)


@cache
def modules() -> list[str]:
    names = (path.relative_to(PACKAGE).with_suffix("") for path in PACKAGE.rglob("*.py"))
    return sorted(".".join(name.parts).removesuffix(".__init__") for name in names)


def imports_of(module: str) -> Iterator[str]:
    """The package's own modules that `module` imports, inside functions too; not those only for types."""
    path = PACKAGE.joinpath(*module.split("."))
    path = path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = ["analysis", *module.split(".")]
    if path.name != "__init__.py":
        package = package[:-1]
    only_for_types = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in only_for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (
                name.name.removeprefix("analysis.")
                for name in node.names
                if name.name.startswith("analysis.")
            )
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            full = [*base, *(node.module or "").split(".")] if node.module else base
            if full[:1] != ["analysis"]:
                continue
            inside = ".".join(full[1:])
            for name in node.names:
                whole = f"{inside}.{name.name}".strip(".")
                yield whole if whole in modules() else inside or "__init__"


def test_every_module_has_its_rung() -> None:
    named = set().union(*LADDER)
    assert {module.split(".")[0] for module in modules()} - {"__init__"} == named


@pytest.mark.parametrize("module", [module for module in modules() if module != "__init__"])
def test_imports_only_downwards(module: str) -> None:
    top = module.split(".")[0]
    upwards = [
        other
        for other in imports_of(module)
        if other.split(".")[0] != top and (other == "__init__" or rung_of(other) >= rung_of(module))
    ]
    assert upwards == []


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py")))
def test_modules_of_a_folder_do_not_import_in_circles(folder: str) -> None:
    inside = [module for module in modules() if module.split(".")[0] == folder and module != folder]
    left = {module: {other for other in imports_of(module) if other in inside} for module in inside}
    while free := [module for module, others in left.items() if not others & left.keys()]:
        for module in free:
            del left[module]
    assert sorted(left) == []


@pytest.mark.parametrize("module", [module for module in modules() if module.startswith("publish")])
def test_publish_could_be_lifted_out(module: str) -> None:
    assert [other for other in imports_of(module) if not other.startswith("publish")] == []


@pytest.mark.parametrize(
    "package",
    [
        "charts",
        "exploring",
        "headers",
        "publish",
        "reading",
        "returns",
        "sozialraeume",
        "start_years",
        "target_groups",
        "workbooks",
    ],
)
def test_the_map_of_a_package_has_a_line_for_each_of_its_modules(package: str) -> None:
    map_ = ast.get_docstring(ast.parse((PACKAGE / package / "__init__.py").read_text(encoding="utf-8")))
    assert map_ is not None
    lines = [line.split()[0] for line in map_.splitlines() if line.startswith("    ")]
    assert sorted(lines) == sorted(
        path.stem for path in (PACKAGE / package).glob("*.py") if path.stem != "__init__"
    )
