#!/bin/sh
# Prints the Python to work with. Where no environment of this project is active, .venv is made from the lock
# first; where nothing changed since, nothing is installed. `find` makes nothing: it prints the Python that would be
# worked with, as it is, or that .venv would be made with.
# Usage: environment.sh report|test|find
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$root"
kind=$1
case $kind in
    report) lock=requirements.lock ;;
    test) lock=requirements-test.lock ;;
    find) lock= ;;
    *) echo "usage: environment.sh report|test|find" >&2; exit 2 ;;
esac

fail() {
    echo "$1" >&2
    exit 1
}

# An active environment counts if it holds this very package; a conda base that does not is left alone.
active=${VIRTUAL_ENV:-${CONDA_PREFIX:-}}
if [ -n "$active" ] && [ "$active" != "$root/.venv" ] && python - "$root/src" 2>/dev/null <<'PY'
import os, sys
import analysis
sys.exit(not os.path.realpath(analysis.__file__).startswith(os.path.realpath(sys.argv[1]) + os.sep))
PY
then
    if [ "$kind" = test ] && ! python -c 'import pytest' 2>/dev/null; then
        fail "Der aktiven Umgebung fehlen die Testpakete: Bitte erst \`python -m pip install -e '.[test]'\` aufrufen."
    fi
    command -v python
    exit 0
fi

# The stamp is the lock, the project file and what goes into JupyterLab as they were when they were installed.
stamp() {
    cat "$1" pyproject.toml
    find lab/etc lab/share -type f | LC_ALL=C sort | xargs cat
}
is_installed() {
    stamp "$1" | cmp -s - ".venv/installed-$2"
}

venv_python=.venv/bin/python
[ -x "$venv_python" ] || venv_python=.venv/Scripts/python.exe
is_new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
if [ -x "$venv_python" ] && "$venv_python" -c "$is_new_enough" 2>/dev/null; then
    if [ "$kind" = find ] || is_installed "$lock" "$kind" || { [ "$kind" = report ] && is_installed requirements-test.lock test; }; then
        echo "$root/$venv_python"
        exit 0
    fi
else
    found=
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$candidate" -c "$is_new_enough" >/dev/null 2>&1; then
            found=$candidate
            break
        fi
    done
    [ -n "$found" ] || fail "Python 3.11 oder neuer fehlt: Bitte installieren (python.org oder Paketverwaltung) und noch einmal starten."
    if [ "$kind" = find ]; then
        command -v "$found"
        exit 0
    fi
    "$found" -c 'import venv, ensurepip' 2>/dev/null ||
        fail "Dem Python „$found“ fehlt das Modul venv: Bitte installieren (Debian und Ubuntu: apt install python3-venv) und noch einmal starten."
    rm -rf .venv
    "$found" -m venv .venv >&2
    venv_python=.venv/bin/python
    [ -x "$venv_python" ] || venv_python=.venv/Scripts/python.exe
fi

rm -f .venv/installed-report .venv/installed-test # from here on neither is true
echo "Die Umgebung .venv wird aus $lock eingerichtet; das dauert einmalig ein bis zwei Minuten." >&2
pip() {
    "$venv_python" -m pip --disable-pip-version-check --quiet "$@" >&2 ||
        fail "Die Umgebung ließ sich nicht einrichten: Bitte die Zeilen darüber lesen, die Netzverbindung prüfen und noch einmal starten."
}
pip install --require-hashes --requirement "$lock"
pip install --no-deps --no-build-isolation --editable .
# The first chart of a new machine pays for the list of fonts: here, once, rather than in the first report.
"$venv_python" -c 'import matplotlib.font_manager' >&2
stamp "$lock" > ".venv/installed-$kind"
echo "$root/$venv_python"
