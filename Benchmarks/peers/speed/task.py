"""What every peer is asked for, in the words of `diffeo bench`, and how it is timed and reported."""

import argparse
import json
import statistics
import time

import numpy

WORKS = ["train", "score", "sample", "latency", "save", "startup"]
TRAINING_ROWS = 20_000
# Rows of one compiled call where very many are computed: activations of more would not stay in the cache.
CHUNK = 8192
BOUND = 5.0


class Task:
    """The options, the rows, and the clock."""

    def __init__(self, models=("realnvp", "nsf", "maf", "nsfar")):
        parser = argparse.ArgumentParser()
        parser.add_argument("work", choices=WORKS)
        parser.add_argument("--model", choices=models, required=True)
        for name in ("features", "layers", "hidden", "bins", "batch", "threads"):
            parser.add_argument(f"--{name}", type=int, required=True)
        parser.add_argument("--repeats", type=int, default=7)
        parser.add_argument("--shortest", type=float, default=0.2, help="seconds that a repeat lasts")
        parser.add_argument("--loop", choices=["scan", "own"], default="own")
        parser.add_argument("--saved", help="the file of a model")
        self.__dict__.update(vars(parser.parse_args()))

    def rows(self, count):
        """Rows from a standard normal distribution."""
        return numpy.random.default_rng(1).standard_normal((count, self.features)).astype(numpy.float32)

    @property
    def training_rows(self):
        return self.rows(max(self.batch, TRAINING_ROWS))

    def time(self, call, per_call=1):
        """Seconds that one of the `per_call` parts of a call takes, once for each repeat; after a warm-up."""
        call()
        start, calls = time.perf_counter(), 0
        while time.perf_counter() - start < self.shortest:
            call()
            calls += 1
        calls = max(1, round(calls * self.shortest / (time.perf_counter() - start)))
        values = []
        for _ in range(self.repeats):
            each = []
            for _ in range(calls):
                start = time.perf_counter()
                call()
                each.append(time.perf_counter() - start)
            # As `diffeo bench` does: what others on the machine take from single rows does not count.
            summary = statistics.median if self.work == "latency" else statistics.fmean
            values.append(summary(each) / per_call)
        return values

    def report(self, params, seconds):
        """Prints the figures as one JSON object on one line."""
        ms = [1e3 * value for value in seconds]
        print(json.dumps(dict(
            ms=statistics.median(ms), ms_min=min(ms), ms_max=max(ms), params=int(params), rss_mb=peak_memory())))


def peak_memory():
    """The peak of this process's memory in units of 10^6 bytes."""
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
