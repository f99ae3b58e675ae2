"""Which share of the lines of each room the tests reached: a table of what `pytest --cov` left in `.coverage`."""

import sys
from collections import Counter
from importlib import import_module


def main() -> None:
    measured = import_module("coverage").Coverage()
    measured.load()
    lines: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for file in measured.get_data().measured_files():
        _, statements, _, missing, _ = measured.analysis2(file)
        room = file.rpartition("/rasid/")[2].partition("/")[0]
        lines[room] += len(statements)
        missed[room] += len(missing)
    for room in sorted(room for room in lines if not room.endswith(".py")):
        sys.stdout.write(f"{room:12}{lines[room]:7,} lines {1 - missed[room] / lines[room]:6.0%} reached\n")


if __name__ == "__main__":
    main()
