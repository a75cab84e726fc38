"""Copies what the build stage copies into a folder: the files that a container engine would build from."""
import pathlib
import shutil
import sys

import dockerfile

target = pathlib.Path(sys.argv[1])
build = next(s for s in dockerfile.read() if s.name == "build")
for _, sources, to in build.copies():
    for source in sources:
        path = dockerfile.ROOT / source

        def skipped(folder, names):
            return [n for n in names if dockerfile.ignored((pathlib.Path(folder) / n).relative_to(dockerfile.ROOT).as_posix())]

        if path.is_dir():
            shutil.copytree(path, target / to, ignore=skipped, dirs_exist_ok=True)
        else:
            (target / to).mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target / to)
