"""Hostile files: no crash, no hang, less than 400 MB, and the pages beside them are coded."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.hostile import FILES, GOOD, Hostile

MOST = 400  # MB that the process may ever have held
LONGEST = 120  # seconds, on a machine that does other things too; alone each takes a few
CODED = """
import re, sys
from rasid.cli import main
sys.argv = ["rasid", "code", "--format", "jsonl", "--workers", "1", *sys.argv[1:]]
try:
    main()
finally:
    sys.stdout.flush()
    sys.stderr.write(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1] + "\\n")
"""
needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of a process is read from /proc")


@needs_proc
@pytest.mark.parametrize("hostile", FILES, ids=[hostile.name for hostile in FILES])
def test_a_hostile_file_is_read_within_bounds_and_takes_no_page_with_it(tmp_path: Path, hostile: Hostile) -> None:
    path = tmp_path / hostile.name
    path.write_bytes(hostile.content())
    ran = subprocess.run([sys.executable, "-c", CODED, path], capture_output=True, timeout=LONGEST, check=False)
    *said, kilobytes = ran.stderr.decode("utf-8", "replace").splitlines()
    assert ran.returncode in (0, 2), said
    assert not [line for line in said if "an error of rasid" in line or not line.startswith("rasid: ")]
    assert int(kilobytes) / 1024 < MOST
    assert ran.stdout.decode().count(GOOD[:60]) >= hostile.neighbours
