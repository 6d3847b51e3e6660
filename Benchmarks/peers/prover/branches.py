"""Branches of a solution that SymPy found: which of their values are real preimages, at many points."""

import itertools

import mpmath
import sympy as sp

from corpus import named, same
from formulas import Undefined, real

# What unknowns that a solution leaves free are tried with.
FREE_VALUES = [0, 1, -1, sp.Rational(1, 2), 2]


class Branches:
    """Solutions z = g(given), each of which may be wrong, complex or outside of the domain."""

    def __init__(self, record, unknowns, given, parameters, solutions):
        self.record = record
        self.solutions = [expression for solution in solutions for expression in closed(solution, unknowns)]
        arguments = list(given) + list(parameters.values())
        self.functions = [sp.lambdify(arguments, expressions, "mpmath") for expressions in self.solutions]
        self.parameters = list(parameters)

    def values(self, point, names):
        """The real values of the branches, None where a branch has none."""
        arguments = list(point) + [names[name] for name in self.parameters]
        return [value_of(function, arguments) for function in self.functions]

    def preimages(self, point, image, names):
        """The different points of the domain among the values that do have this image."""
        found = []
        for value in self.values(point, names):
            if value is None or any(same(value, other) for other in found):
                continue
            if not self.record.domain.contains(value, "z", names):
                continue
            reached = self.record.image(value, names)
            if reached is not None and same(reached, image):
                found.append(value)
        return found

    def judged(self, names, ask):
        """What the preimages say of injectivity and of being onto, for one value of the parameters.

        `ask(image, source)` are the numbers that the branches are functions of. Two preimages of one point, or one
        that is not the point itself, refute; a point that the solutions miss makes them worth nothing."""
        is_complete = True
        for source in self.record.domain.points("z", names, count(names)):
            image = self.record.image(source, names)
            if image is None:
                continue
            found = self.preimages(ask(image, source), image, names)
            if any(not same(value, source) for value in found):
                return "no"
            is_complete = is_complete and len(found) == 1
        return "yes" if is_complete else None

    def reach(self, names):
        """Whether every point of the codomain that was tried has a preimage among the values."""
        for point in self.record.codomain.points("x", names, count(names)):
            if not self.preimages(point, point, names):
                return False
        return True

    def inverse(self):
        """The one branch that undoes the map, as texts, if there is one."""
        for expressions, function in zip(self.solutions, self.functions):
            def undo(image, names, function=function):
                return image and value_of(function, list(image) + [names[name] for name in self.parameters])

            if self.record.is_inverse(undo):
                return [str(expression) for expression in expressions]
        return None


def count(names):
    """How many points are tried: fewer for each value of parameters."""
    return 20 if names else 60


def value_of(function, arguments):
    try:
        return [real(mpmath.mpmathify(value)) for value in function(*arguments)]
    except (Undefined, ArithmeticError, ValueError, TypeError, mpmath.libmp.NoConvergence):
        return None


def closed(solution, unknowns):
    """Expressions for all unknowns; those that the solution leaves free take a few values."""
    free = [unknown for unknown in unknowns if unknown not in solution]
    for values in itertools.product(FREE_VALUES, repeat=min(len(free), 2)):
        chosen = dict(zip(free, values)) | {unknown: 1 for unknown in free[2:]}
        yield [sp.sympify(solution.get(unknown, unknown)).subs(chosen) for unknown in unknowns]
