"""Records of a corpus: sets, sample points, parameter values, and what is true of them."""

import itertools
import json
import pathlib
import random
import re
from dataclasses import dataclass

import mpmath

from formulas import Numeric, Undefined, numbers

# Two numbers are the same where they differ by less, relative to their size: of 50 digits a cube root of what has
# cancelled leaves 17.
TOLERANCE = mpmath.mpf(10) ** -12


@dataclass(frozen=True)
class Interval:
    """End points as formulas, None where there is none."""

    low: str | None
    high: str | None
    has_low: bool
    has_high: bool

    @staticmethod
    def read(text):
        if text == "R":
            return Interval(None, None, False, False)
        low, high = text[1:-1].split(",")
        return Interval(
            None if low == "-inf" else low, None if high == "inf" else high, text[0] == "[", text[-1] == "]")

    def ends(self, names):
        return [None if end is None else Numeric(names).read(end) for end in (self.low, self.high)]

    def contains(self, value, names):
        low, high = self.ends(names)
        # An end that belongs to the interval may be missed by the last digits.
        above = low is None or value > low or self.has_low and same([value], [low])
        return above and (high is None or value < high or self.has_high and same([value], [high]))

    def points(self, names, generator):
        """Simple numbers first, then random ones."""
        low, high = self.ends(names)
        if low is not None and high is not None:
            shares = ["0", "1", "0.5", "0.25", "0.75", "0.125"] + [str(generator.random()) for _ in range(6)]
            found = [low + (high - low) * mpmath.mpf(share) for share in shares]
        else:
            sizes = ["0", "1", "2", "0.5", "0.25", "3"] + [str(generator.expovariate(0.7)) for _ in range(6)]
            start, signs = (low, [1]) if low is not None else (high, [-1]) if high is not None else (0, [1, -1])
            found = [start + sign * mpmath.mpf(size) for size in sizes for sign in signs]
        return [point for point in dict.fromkeys(found) if self.contains(point, names)]


@dataclass(frozen=True)
class Region:
    """A product of intervals, cut down by a predicate."""

    intervals: tuple
    predicate: str | None

    @staticmethod
    def read(text):
        product, _, predicate = text.partition(" where ")
        intervals = []
        for factor in product.split(" x "):
            base, _, power = factor.strip().partition("^")
            intervals += [Interval.read(base.replace(" ", ""))] * int(power or 1)
        return Region(tuple(intervals), predicate.strip() or None)

    def contains(self, point, stem, names):
        if not all(side.contains(value, names) for side, value in zip(self.intervals, point)):
            return False
        if self.predicate is None:
            return True
        try:
            return bool(Numeric(names | named(stem, point)).read(self.predicate))
        except Undefined:
            return False

    def points(self, stem, names, count=60):
        """The same points in every run: simple ones, in an order that mixes the coordinates, and random ones."""
        generator = random.Random(1)
        sides = [side.points(names, generator) for side in self.intervals]
        if len(sides) == 1:
            candidates = [(value,) for value in sides[0]]
        else:
            simple = list(itertools.islice(itertools.product(*(side[:5] for side in sides)), 4000))
            generator.shuffle(simple)
            drawn = [tuple(generator.choice(side) for side in sides) for _ in range(4 * count)]
            candidates = [p for pair in itertools.zip_longest(simple, drawn) for p in pair if p]
        inside = (point for point in dict.fromkeys(candidates) if self.contains(point, stem, names))
        return list(itertools.islice(inside, count))


def named(stem, point):
    return {f"{stem}{number + 1}": value for number, value in enumerate(point)}


def same(first, second, tolerance=TOLERANCE):
    return all(abs(a - b) <= tolerance * max(1, abs(a), abs(b)) for a, b in zip(first, second))


class Record:
    """One map, with what the corpus says of it."""

    def __init__(self, fields):
        self.fields = fields
        self.id, self.formulas = fields["id"], fields["formulas"]
        self.n, self.m = fields["dimension"]["n"], fields["dimension"]["m"]
        self.domain, self.codomain = Region.read(fields["domain"]), Region.read(fields["codomain"])
        self.parameters, self.difficulty = fields["parameters"], fields["difficulty"]
        self.inverse = fields.get("inverse")
        self.assignments = self._assignments()

    def image(self, point, names):
        return numbers(self.formulas, names | named("z", point))

    def _assignments(self):
        """Values of the parameters: those that the corpus tests, and others of their sets."""
        if not self.parameters:
            return [{}]
        stated = [test["params"] for test in self.fields.get("tests", [])]
        stated += self.fields.get("parameter_values_tested", [])
        found = [{name: Numeric({}).read(text) for name, text in values.items()} for values in stated]
        generator = random.Random(2)
        while len(found) < len(stated) + 12:
            found.append({name: drawn(text, generator) for name, text in self.parameters.items()})
        return found

    def truths(self):
        """The verdict for each of the assignments."""
        return self.kinds(
            self.fields["verdict"], self.fields.get("condition"), self.fields.get("verdict_if_true"),
            self.fields.get("verdict_if_false"))

    def kinds(self, verdict, condition, if_true, if_false):
        if verdict != "conditional":
            return [verdict] * len(self.assignments)
        return [if_true if Numeric(names).read(condition) else if_false for names in self.assignments]

    def is_inverse(self, inverse):
        """Whether `inverse(x, names)` undoes the map wherever it was tried, for some of the parameters at least.

        A formula of an inverse may have no value for parameters without an inverse."""
        tried = 0
        for names, truth in zip(self.assignments, self.truths()):
            if truth == "not_injective":
                continue
            for point in self.domain.points("z", names, 25):
                found = inverse(self.image(point, names), names)
                if found is None or not same(found, point):
                    return False
                tried += 1
        return tried > 0


def drawn(text, generator):
    """A small value of a parameter's set: R, >0, int>=1 or R\\{0,2}."""
    text = text.replace(" ", "")
    if text.startswith("int>="):
        return mpmath.mpf(int(text[5:]) + generator.randrange(5))
    while True:
        value = mpmath.mpf(generator.randrange(-12, 13)) / 4
        holes = re.fullmatch(r"R\\\{(.*)\}", text)
        if holes and value in [mpmath.mpf(hole) for hole in holes[1].split(",")]:
            continue
        if text == ">0" and value <= 0:
            continue
        return value


def records(path):
    content = json.loads(pathlib.Path(path).read_text())
    return [Record(fields) for fields in (content if isinstance(content, list) else content["records"])]
