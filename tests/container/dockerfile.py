"""Reads a Dockerfile as far as the tests of this folder need it."""
import fnmatch
import json
import pathlib
import re
import shlex
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclass
class Stage:
    image: str
    name: str
    arguments: dict
    instructions: list = field(default_factory=list)

    def all(self, name):
        return [value for key, value in self.instructions if key == name]

    def list(self, name):
        """The instruction's last value, which must be written as a JSON array: there is no shell to take it apart."""
        return json.loads(self.all(name)[-1])

    def copies(self):
        """The COPY instructions: the stage that is copied from or None, the sources, the target."""
        for value in self.all("COPY"):
            words = shlex.split(value)
            options = dict(w[2:].split("=", 1) for w in words if w.startswith("--"))
            paths = [w for w in words if not w.startswith("--")]
            yield options.get("from"), paths[:-1], paths[-1]


def expand(text, values):
    return re.sub(r"\$\{(\w+)\}", lambda m: values[m.group(1)], text)


def read(path=ROOT / "Dockerfile"):
    text = re.sub(r"\\\n", " ", re.sub(r"(?m)^#.*\n", "", path.read_text()))
    arguments, stages = {}, []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, value = line.split(None, 1)
        if name == "ARG":
            key, _, default = value.partition("=")
            (stages[-1].arguments if stages else arguments)[key] = default.strip('"')
        elif name == "FROM":
            words = value.split()
            stages.append(Stage(expand(words[0], arguments), words[2] if len(words) > 2 else "", {}))
        else:
            stages[-1].instructions.append((name, value))
    return stages


def ignored(relative):
    """Whether .dockerignore keeps a path, or a folder above it, out of the build."""
    patterns = [p for p in (ROOT / ".dockerignore").read_text().split() if p]
    parts = pathlib.PurePosixPath(relative).parts
    above = ["/".join(parts[:i]) for i in range(1, len(parts) + 1)]
    return any(
        fnmatch.fnmatch(path, pattern) or (pattern.startswith("**/") and path.split("/")[-1] == pattern[3:])
        for path in above
        for pattern in patterns
    )
