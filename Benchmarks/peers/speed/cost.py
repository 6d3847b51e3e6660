"""How the time of a training step, and its memory, grow with batch, columns, layers and threads."""

import argparse
import json
import os
import pathlib
import subprocess
import sys

from compare import write

USUAL = dict(model="nsf", features=16, layers=5, hidden=128, batch=1024, threads=1)
SERIES = {
    "batch": [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384],
    "features": [2, 4, 8, 16, 32, 64],
    "layers": [1, 2, 4, 8, 16, 32],
    "threads": [1, 2, 4, 8],
}
MODELS = ["realnvp", "nsf", "maf", "nsfar"]
# Memory against depth times batch.
GRID = dict(layers=[2, 8, 32], batch=[256, 2048, 16384])
WIDTH = 40


def step(diffeo, repeats, **changes):
    options = USUAL | changes
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    finished = subprocess.run(
        [diffeo, "bench", "train", *words, "--repeats", str(repeats), "--json"], stdout=subprocess.PIPE, check=True)
    found = json.loads(finished.stdout)
    print(f"{changes}: {found['ms']:.3f} ms, {found['rss_mb']:.1f} MB", file=sys.stderr, flush=True)
    return found


def growth(name, points):
    """A series as text: what a step costs for one more row, column or layer shows as a bar of the same length."""
    unit = "steps a second" if name == "threads" else f"ms / {name}"
    value = lambda found: 1e3 / found["ms"] if name == "threads" else found["ms"] / found[name]
    most = max(map(value, points))
    lines = [f"{name:>10}  {'ms a step':>12}  {unit:>16}"]
    for found in points:
        bar = "#" * round(WIDTH * value(found) / most)
        lines.append(f"{found[name]:>10}  {found['ms']:>12.4g}  {value(found):>16.4g}  {bar}")
    return "\n".join(lines)


def memory(points):
    """Peak memory in MB: layers down, batch across."""
    lines = [f"{'layers':>10}" + "".join(f"{f'batch {batch}':>14}" for batch in GRID["batch"])]
    for layers in GRID["layers"]:
        cells = [found["rss_mb"] for found in points if found["layers"] == layers]
        lines.append(f"{layers:>10}" + "".join(f"{cell:>14.1f}" for cell in cells))
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--diffeo", required=True, help="the command")
    parser.add_argument("--models", default=",".join(MODELS), help="which flows, with commas between")
    parser.add_argument("--repeats", type=int, default=7, help="at least 5")
    parser.add_argument("--quick", action="store_true", help="five repeats, every other point")
    parser.add_argument("--output", default="cost", help="write OUTPUT.txt and OUTPUT.json")
    options = parser.parse_args()
    repeats = 5 if options.quick else options.repeats
    available = len(os.sched_getaffinity(0))
    results, text = [], []
    for model in options.models.split(","):
        for name, values in SERIES.items():
            values = [value for value in values if name != "threads" or value <= available]
            chosen = values[::2] if options.quick and name != "threads" else values
            points = [step(options.diffeo, repeats, model=model, **{name: value}) for value in chosen]
            results.append(dict(model=model, series=name, points=points))
            text.append(f"{model}, a training step against {name}\n{growth(name, points)}")
        grid = [
            step(options.diffeo, repeats, model=model, layers=layers, batch=batch)
            for layers in GRID["layers"] for batch in GRID["batch"]]
        results.append(dict(model=model, series="memory", points=grid))
        text.append(f"{model}, peak memory in MB\n{memory(grid)}")
    path = pathlib.Path(options.output)
    write(path.with_suffix(".json"), json.dumps(dict(usual=USUAL, results=results), indent=1) + "\n")
    write(path.with_suffix(".txt"), "\n\n".join(text) + "\n")
    print("\n\n".join(text))


if __name__ == "__main__":
    main()
