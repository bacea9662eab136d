"""Totals the results of all test runs: count.py FOLDER RUNS. Prints 'N passed, N failed' last, and exits with 1 if a test failed or none passed."""
import pathlib
import sys
import xml.etree.ElementTree as xml

folder, runs = pathlib.Path(sys.argv[1]), int(sys.argv[2])
files = sorted(folder.glob("*.trx"))
passed = failed = skipped = 0

for file in files:
    counters = next(element for element in xml.parse(file).iter() if element.tag.endswith("}Counters"))
    total, executed, good = (int(counters.get(name)) for name in ("total", "executed", "passed"))
    passed, failed, skipped = passed + good, failed + executed - good, skipped + total - executed
    print(f"{file.stem}: {good} of {total}")

contract = folder / "contract.txt"

if contract.exists():
    good, bad = map(int, contract.read_text().split())
    passed, failed = passed + good, failed + bad
    print(f"OrchardCore's contract: {good} of {good + bad}")

# A run without a results file has failed.
failed += runs - len(files)
print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
sys.exit(1 if failed or not passed else 0)
