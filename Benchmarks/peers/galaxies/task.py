"""The task that every peer is given: the columns of a table, a time, and what is asked of the result."""

import argparse
import json
import math
import time

import numpy

VALIDATION_SHARE = 0.1
JUDGEMENTS = 20


class Task:
    """Standardised rows, the time left, and the shares of the schedule."""

    def __init__(self, names):
        parser = argparse.ArgumentParser()
        parser.add_argument("train", help="CSV with a header")
        parser.add_argument("test", help="CSV with the same columns")
        parser.add_argument("--budget", type=float, required=True, help="seconds, compilation included")
        parser.add_argument("--model", choices=names, required=True)
        parser.add_argument("--seed", type=int, default=0)
        options = parser.parse_args()
        self.budget, self.model, self.seed = options.budget, options.model, options.seed
        train, test = (numpy.loadtxt(path, delimiter=",", skiprows=1) for path in (options.train, options.test))
        order = numpy.random.default_rng(self.seed).permutation(len(train))
        kept = int(VALIDATION_SHARE * len(train))
        learned, chosen = train[order[kept:]], train[order[:kept]]
        self.mean, self.deviation = learned.mean(0), learned.std(0)
        self.learned, self.chosen, self.test = map(self._standardised, (learned, chosen, test))
        self.start = time.perf_counter()
        self.judged = 0
        self.best, self.best_value = None, -math.inf

    def _standardised(self, rows):
        return ((rows - self.mean) / self.deviation).astype(numpy.float32)

    @property
    def features(self):
        return self.learned.shape[1]

    @property
    def progress(self):
        """The share of the time that is gone."""
        return (time.perf_counter() - self.start) / self.budget

    def rate(self, largest):
        """Half a cosine from `largest` to 0, by the clock."""
        return largest * 0.5 * (1 + math.cos(math.pi * min(1.0, self.progress)))

    def is_judgement_due(self):
        return self.progress * JUDGEMENTS >= self.judged + 1

    def judge(self, state, value):
        """Keeps the parameters that make the rows kept apart likeliest."""
        self.judged = int(self.progress * JUDGEMENTS)
        if value > self.best_value:
            self.best, self.best_value = state, value

    def finish(self, peer, parameters, steps, log_densities, seconds):
        """Prints the result: nats in the units of the data."""
        values = numpy.asarray(log_densities, dtype=float) - numpy.log(self.deviation).sum()
        error = values.std(ddof=1) / math.sqrt(len(values))
        result = dict(
            peer=peer, model=self.model, parameters=int(parameters), steps=steps, seconds=round(seconds, 2),
            mean=round(float(values.mean()), 4), error=round(float(error), 4),
        )
        print(json.dumps(result))
