"""Whether the locked dependencies are whole, free to be used with ours, and, where it can be asked, known to be unsafe."""

import re
import shutil
import subprocess
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"
_GOOD = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|Unlicense|0BSD|HPND|Zlib|CC0|Public Domain|OFL)\b",
    re.IGNORECASE,
)
_BAD = re.compile(r"\b(AGPL|GPL|GNU (?:Affero )?General Public)\b", re.IGNORECASE)
_LGPL = re.compile(r"\bLGPL|Lesser General Public", re.IGNORECASE)  # used as libraries, not copied


def locked() -> dict[str, str]:
    """The packages of the lock file and their versions."""
    lines = (line.partition("#")[0].strip() for line in LOCK.read_text(encoding="utf-8").splitlines())
    return dict(line.split("==", 1) for line in lines if "==" in line)


def _first(said: list[str] | None) -> str:
    return said[0] if said else ""


def licence(package: Distribution) -> str:
    """What a package says of its licence."""
    told = package.metadata
    said = [_first(told.get_all("License-Expression")), *(one for one in told.get_all("Classifier") or [] if "License" in one)]
    return " ".join([*said, _first(told.get_all("License"))[:200]]).strip()


def faults() -> list[str]:
    """What is wrong with the packages that are installed, a line each."""
    found = []
    for name, version in locked().items():
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # for another system, or an extra that is not installed
        said = licence(package)
        if package.version != version:
            found.append(f"{name} is {package.version} here, and {version} in the lock")
        if not (_LGPL.search(said) or _GOOD.search(said)) and _BAD.search(said):
            found.append(f"{name}: its licence does not go with ours: {said[:80]}")
        elif not said:
            sys.stdout.write(f"audit: {name} does not say its licence in its metadata\n")
    return found


def main() -> None:
    """Print what is wrong; status 1 if anything is."""
    found = faults()
    checked = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    if checked.returncode:
        found += checked.stdout.splitlines()
    known = None
    if shutil.which("pip-audit"):
        known = subprocess.run(["pip-audit", "-r", LOCK, "--no-deps"], capture_output=True, text=True, check=False, timeout=120)
    if known is None or (known.returncode and "Found " not in known.stderr):
        sys.stdout.write(
            "audit: known vulnerabilities were not asked for (pip-audit is not here, or its service cannot be reached)\n"
        )
    elif known.returncode:
        found += known.stdout.splitlines()
    sys.stdout.write("".join(f"audit: {line}\n" for line in found))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
