"""Diffeo and its peers on the galaxies: the best mean log-density of held-out rows in the same time."""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import with_flowjax
import with_pzflow
import with_zuko

PEERS = [("FlowJAX", with_flowjax), ("pzflow", with_pzflow), ("Zuko", with_zuko)]
TRAIN_SHARE = 0.8


def split(path, folder):
    """The first rows to learn from, the others to judge by."""
    header, *rows = pathlib.Path(path).read_text().splitlines(keepends=True)
    kept = int(TRAIN_SHARE * len(rows))
    parts = []
    for name, part in (("train.csv", rows[:kept]), ("test.csv", rows[kept:])):
        parts.append(folder / name)
        parts[-1].write_text(header + "".join(part))
    return parts


def output(command):
    finished = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if finished.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}\n{finished.stderr[-2000:]}")
    return finished.stdout


def diffeo(command, train, test, budget, folder):
    model = folder / "model.flow.safetensors"
    start = time.perf_counter()
    fit = json.loads(
        output([command, "fit", train, "--time-budget", f"{budget}s", "--seed", "0", "-o", model, "--json"]))
    seconds = time.perf_counter() - start
    found = json.loads(output([command, "evaluate", model, test, "--json"]))
    return dict(
        peer="Diffeo", model="default", parameters=fit["parameters"], seconds=round(seconds, 2),
        mean=round(found["meanLogDensity"], 4), error=round(found["standardError"], 4))


def peer(module, model, train, test, budget):
    start = time.perf_counter()
    text = output([sys.executable, module.__file__, train, test, "--budget", budget, "--model", model])
    result = json.loads(text.splitlines()[-1])
    result["process"] = round(time.perf_counter() - start, 2)
    return result


def table(results):
    """One line a model, one column a budget; Markdown."""
    budgets = sorted({result["budget"] for result in results})
    lines = ["| | parameters | " + " | ".join(f"{budget} s" for budget in budgets) + " |"]
    lines.append("|---|---|" + "---|" * len(budgets))
    for name in dict.fromkeys((result["peer"], result["model"]) for result in results):
        own = {result["budget"]: result for result in results if (result["peer"], result["model"]) == name}
        cells = [f"{own[b]['mean']:.3f} ± {own[b]['error']:.3f}" if b in own else "" for b in budgets]
        count = next(iter(own.values()))["parameters"]
        lines.append(f"| {name[0]}, {name[1]} | {count} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", help="the galaxies as CSV")
    parser.add_argument("--diffeo", required=True, help="the command")
    parser.add_argument("--budgets", default="30,120,600", help="seconds")
    parser.add_argument("--only", default="", help="models whose names contain one of these, with commas between")
    parser.add_argument("--json", help="write all results to this file")
    options = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        train, test = split(options.data, folder)
        for budget in options.budgets.split(","):
            runs = [("Diffeo default", lambda: diffeo(options.diffeo, train, test, budget, folder))]
            for label, module in PEERS:
                for model in module.MODELS:
                    runs.append(
                        (f"{label} {model}", lambda m=module, n=model: peer(m, n, train, test, budget)))
            for label, run in runs:
                if not any(part in label for part in options.only.split(",")):
                    continue
                result = run() | dict(budget=int(budget))
                print(json.dumps(result), file=sys.stderr, flush=True)
                results.append(result)
    print(table(results))
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(results, indent=1) + os.linesep)


if __name__ == "__main__":
    main()
