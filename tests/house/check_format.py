#!/usr/bin/env python3
"""clang-format 19 has nothing to change in our sources. Skips (77) where that version is not installed.
packaging/lint --fix --all puts it right."""

import shutil
import subprocess
import sys
from pathlib import Path

root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2])
program = shutil.which("clang-format-19")
if not program:
    print("SKIPPED: clang-format-19 is not installed")
    sys.exit(77)
files = [
    str(file)
    for top in ("core", "ui", "app", "tests")
    for file in sorted((root / top).rglob("*"))
    if file.suffix in (".h", ".cpp") and "data" not in file.relative_to(root).parts
]
if not files:
    sys.exit(f"{root}: no sources here")
done = subprocess.run([program, "--dry-run", "--Werror", "--ferror-limit=3", *files], cwd=root)
print(f"{len(files)} files looked at" + ("" if done.returncode == 0 else "; put right by: packaging/lint --fix --all"))
sys.exit(done.returncode)
