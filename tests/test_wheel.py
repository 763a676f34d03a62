"""What is installed is whole: a wheel, and a wheel made from the sdist, begin and build a show by themselves."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that git knows, as a clone has them."""
    folder = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True
    )
    if listed.returncode:
        pytest.skip("this is no git checkout")
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


@pytest.fixture(scope="module")
def distributions(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheel made from the checkout, the sdist, and the wheel made from that."""
    environment = tmp_path_factory.mktemp("builder")
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    installed = subprocess.run([python, "-m", "pip", "install", "-q", "build"], capture_output=True, text=True)
    if installed.returncode and not os.environ.get("CI"):
        pytest.skip(f"build cannot be installed: {installed.stderr.strip()}")
    assert installed.returncode == 0, installed.stderr
    folder = tmp_path_factory.mktemp("dist")
    run(python, "-m", "build", "-q", "--wheel", "-o", folder / "direct", checkout)
    run(python, "-m", "build", "-q", "-o", folder / "through", checkout)
    (direct,), (through,) = (folder / "direct").glob("*.whl"), (folder / "through").glob("*.whl")
    (sdist,) = (folder / "through").glob("*.tar.gz")
    return {"wheel": direct, "wheel from sdist": through, "sdist": sdist}


def run(*command: object, cwd: Path | None = None) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_wheel_made_from_the_sdist_holds_what_the_direct_one_holds(distributions: dict[str, Path]) -> None:
    direct, through = (zipfile.ZipFile(distributions[name]) for name in ("wheel", "wheel from sdist"))
    names = sorted(direct.namelist())
    assert names == sorted(through.namelist())
    assert all(direct.read(name) == through.read(name) for name in names if not name.endswith("RECORD"))


def test_a_wheel_brings_the_theme_and_nothing_but_the_package(distributions: dict[str, Path]) -> None:
    names = zipfile.ZipFile(distributions["wheel"]).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"feeds"}
    theme = {str(file.relative_to(ROOT)) for file in (ROOT / "templates").rglob("*") if file.is_file()}
    assert {f"feeds/{name}" for name in theme} <= set(names)
    pairs = {file.relative_to(ROOT / "tests" / "rules") for file in (ROOT / "tests" / "rules").rglob("*.*")}
    assert {f"feeds/rules/pairs/{pair.as_posix()}" for pair in pairs} <= set(names)
    assert {"feeds/settings/channel.schema.json", "feeds/reports/report.schema.json"} <= set(names)
    assert {"feeds/preview/live.js", "feeds/py.typed"} <= set(names)


def test_an_sdist_can_run_the_tests(distributions: dict[str, Path]) -> None:
    with tarfile.open(distributions["sdist"]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {"tests/test_build.py", "seeds/shape/notion.md", "channel.toml", "channel.lock", "README.md"} <= names


def test_an_installed_feeds_begins_and_builds_a_show(distributions: dict[str, Path], tmp_path: Path) -> None:
    # The libraries are those of the tests; only feeds itself comes from the wheel.
    venv.create(tmp_path / "installed", with_pip=False)
    (site,) = (tmp_path / "installed").glob("lib/python*/site-packages")
    zipfile.ZipFile(distributions["wheel"]).extractall(site)
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    (site / "libraries.pth").write_text("\n".join(libraries))
    python = tmp_path / "installed" / "bin" / "python"
    show = tmp_path / "my-show"
    assert str(site) in run(python, "-c", "import feeds; print(feeds.__file__)", cwd=tmp_path)
    run(python, "-m", "feeds", "init", show, cwd=tmp_path)
    run(python, "-m", "feeds", "build", cwd=show)
    (feed,) = (show / "public").glob("*/feed.xml")
    assert "<enclosure " in feed.read_text()
    assert list((show / "public" / "assets").glob("style.css"))
    assert "\nBad:\n" in run(python, "-m", "feeds", "explain", "item-guid-blank", cwd=tmp_path)
