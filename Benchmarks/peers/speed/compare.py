"""Diffeo and its peers side by side: how long the same work takes for flows of the same shape."""

import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

from rows import PEERS, ROWS, peers_of

HERE = pathlib.Path(__file__).parent
# Counts of parameters that differ by more are not called the same architecture.
TOLERANCE = 0.07
# A row may lose this many seconds to one peer; what takes longer is given up, and said so.
LIMIT = 900


class Machine:
    """So many processors, for whatever runs."""

    def __init__(self, threads):
        available = sorted(os.sched_getaffinity(0))
        if len(available) < threads:
            raise SystemExit(f"{threads} threads were asked for, and {len(available)} processors are there")
        self.threads, self.processors = threads, available[:threads]

    def start(self, command, **options):
        environment = os.environ | dict(OMP_NUM_THREADS=str(self.threads), JAX_PLATFORMS="cpu")
        return subprocess.Popen(
            list(map(str, command)), env=environment, stdout=subprocess.PIPE, text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, self.processors), **options)

    def output(self, command):
        """What a command writes; nil where it fails or takes too long, which is said."""
        with tempfile.TemporaryFile("w+") as errors:
            process = self.start(command, stderr=errors)
            try:
                output, _ = process.communicate(timeout=LIMIT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                say(f"  given up after {LIMIT} s: {' '.join(map(str, command))}")
                return None
            if process.returncode != 0:
                errors.seek(0)
                say(f"  failed: {' '.join(map(str, command))}\n{errors.read()[-1500:]}")
                return None
            return output

    def seconds_to_first_line(self, command):
        start = time.perf_counter()
        process = self.start(command, stderr=subprocess.DEVNULL)
        process.stdout.readline()
        seconds = time.perf_counter() - start
        process.communicate()
        if process.returncode != 0:
            raise SystemExit(f"failed: {' '.join(map(str, command))}")
        return seconds


def say(text):
    print(text, file=sys.stderr, flush=True)


def diffeo(machine, row, options):
    output = machine.output(
        [options.diffeo, "bench", row.work, *row.options, "--threads", machine.threads, "--repeats", options.repeats,
         "--json"])
    return output and json.loads(output)


def peer(machine, row, which, options):
    def command(work, *more):
        return [
            sys.executable, HERE / which.script, work, *row.options, "--threads", machine.threads, "--repeats",
            options.repeats, "--loop", which.loop, *more]

    if row.work != "startup":
        output = machine.output(command(row.work))
        return output and json.loads(output.splitlines()[-1])
    with tempfile.TemporaryDirectory() as folder:
        saved = pathlib.Path(folder, "model")
        counted = machine.output(command("latency"))
        if counted is None or machine.output(command("save", "--saved", saved)) is None:
            return None
        times = [
            1e3 * machine.seconds_to_first_line(command("startup", "--saved", saved))
            for _ in range(options.repeats)]
    figures = json.loads(counted.splitlines()[-1])
    return figures | dict(ms=statistics.median(times), ms_min=min(times), ms_max=max(times))


def pooled(runs):
    """The figures of several processes as those of one."""
    return dict(
        ms=statistics.median(run["ms"] for run in runs), ms_min=min(run["ms_min"] for run in runs),
        ms_max=max(run["ms_max"] for run in runs), params=runs[0]["params"],
        rss_mb=max((run["rss_mb"] for run in runs if run["rss_mb"] is not None), default=None),
        gflops=runs[0].get("gflops") and statistics.median(run["gflops"] for run in runs),
        max_difference=max((run["max_difference"] for run in runs if "max_difference" in run), default=None))


def measured(machine, row, options):
    """All figures of a row, by name; whoever is measured takes turns with the others."""
    runs = {}
    candidates = [("Diffeo", lambda: diffeo(machine, row, options))]
    for which in peers_of(row):
        if any(part in which.name for part in options.only.split(",")):
            candidates.append((which.name, lambda which=which: peer(machine, row, which, options)))
    for _ in range(options.rounds):
        for name, run in candidates:
            found = run()
            if found is None:
                # It would fail again.
                candidates = [candidate for candidate in candidates if candidate[0] != name]
                continue
            say(f"  {name}: {found['ms']:.4g} ms ({found['ms_min']:.4g} to {found['ms_max']:.4g})")
            runs.setdefault(name, []).append(found)
    return {name: pooled(found) for name, found in runs.items()}


def compared(row, threads, figures):
    """A row's figures and what follows from them."""
    own = figures.get("Diffeo")
    result = dict(
        row=row.name, work=row.work, threads=threads, target=row.target, figures=figures, best=None, ratio=None,
        memoryRatio=None)
    if own is None:
        return result
    others = {}
    for name, found in figures.items():
        if name == "Diffeo":
            continue
        found["sameSize"] = abs(found["params"] / own["params"] - 1) <= TOLERANCE
        if found["sameSize"]:
            others[name] = found
        else:
            say(f"  {name} has {found['params']} parameters, Diffeo {own['params']}: not compared")
    if others:
        best = min(others, key=lambda name: others[name]["ms"])
        result |= dict(best=best, ratio=others[best]["ms"] / own["ms"])
        if row.work == "train" and own["rss_mb"]:
            result["memoryRatio"] = min(found["rss_mb"] for found in others.values()) / own["rss_mb"]
    return result


def spread(found):
    return f"{found['ms']:.4g} ({found['ms_min']:.4g}–{found['ms_max']:.4g})"


def table(results):
    """One line a row, in Markdown."""
    lines = [
        "| work | threads | Diffeo ms (min–max) | best peer | its ms (min–max) | ratio | aim "
        "| parameters | memory |",
        "|---|---|---|---|---|---|---|---|---|"]
    for result in results:
        own, best = result["figures"].get("Diffeo"), result["figures"].get(result["best"])
        ratio = f"{result['ratio']:.2f}×" if best else ""
        counts = f"{own['params']} / {best['params']}" if best else own and own["params"]
        memory = f"1/{result['memoryRatio']:.1f}" if result["memoryRatio"] else ""
        lines.append(
            f"| {result['row']} | {result['threads']} | {spread(own) if own else 'failed'} | {result['best'] or ''} | "
            f"{spread(best) if best else ''} | {ratio} | {result['target']:g}× | {counts} | {memory} |")
    return "\n".join(lines)


def details(results):
    """Every figure, in Markdown."""
    lines = ["| work | threads | | ms (min–max) | parameters | peak memory, MB |", "|---|---|---|---|---|---|"]
    for result in results:
        for name, found in result["figures"].items():
            memory = f"{found['rss_mb']:.0f}" if found["rss_mb"] else ""
            lines.append(
                f"| {result['row']} | {result['threads']} | {name} | {spread(found)} | {found['params']} | {memory} |")
    return "\n".join(lines)


def write(path, text):
    """Replaces a file at once or not at all."""
    partial = path.with_name(path.name + ".partial")
    partial.write_text(text)
    partial.replace(path)


def parsed():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--diffeo", required=True, help="the command")
    parser.add_argument("--threads", default="2,1", help="numbers of threads, with commas between")
    parser.add_argument("--rows", default="", help="rows whose names contain one of these; | between")
    parser.add_argument("--only", default="", help="peers whose names contain one of these, with commas between")
    parser.add_argument("--rounds", type=int, default=3, help="how often each process takes its turn")
    parser.add_argument("--repeats", type=int, default=7, help="repeats in each process, at least 5")
    parser.add_argument("--quick", action="store_true", help="one round of five repeats, two threads")
    parser.add_argument("--output", default="speed", help="write OUTPUT.md and OUTPUT.json")
    options = parser.parse_args()
    if options.quick:
        options.threads, options.rounds, options.repeats = "2", 1, 5
    if options.repeats < 5:
        parser.error("--repeats takes at least 5")
    return options


def main():
    options = parsed()
    chosen = [row for row in ROWS if any(part in row.name for part in options.rows.split("|"))]
    if not chosen:
        raise SystemExit(f"no row has such a name; rows:\n" + "\n".join(row.name for row in ROWS))
    if not any(part in which.name for which in PEERS for part in options.only.split(",")):
        raise SystemExit(f"no such peer; peers: {', '.join(which.name for which in PEERS)}")
    results = []
    about = dict(
        date=datetime.date.today().isoformat(), processor=processor(), python=platform.python_version(),
        repeats=options.repeats, rounds=options.rounds, load=os.getloadavg()[0])
    for threads in map(int, options.threads.split(",")):
        machine = Machine(threads)
        for row in chosen:
            say(f"{row.name}, {threads} threads")
            results.append(compared(row, threads, measured(machine, row, options)))
            path = pathlib.Path(options.output)
            write(path.with_suffix(".json"), json.dumps(about | dict(rows=results), indent=1) + "\n")
            heading = f"{about['processor']}, {about['date']}; load before: {about['load']:.1f}\n\n"
            write(path.with_suffix(".md"), heading + table(results) + "\n\n" + details(results) + "\n")
    print(table(results))


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


if __name__ == "__main__":
    main()
