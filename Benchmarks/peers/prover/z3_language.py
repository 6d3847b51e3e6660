"""Formulas as Z3 has them: real arithmetic, roots by what they satisfy, other functions as uninterpreted ones."""

import ast
import functools
import itertools
from fractions import Fraction

import z3

from formulas import Language, Unsupported


class Encoding:
    """What belongs to formulas beside themselves: unknowns for roots, quotients and pieces; calls of other functions."""

    def __init__(self):
        self.unknowns, self.definitions, self.calls = [], [], []

    def unknown(self):
        self.unknowns.append(z3.Real(f"unknown{len(self.unknowns)}"))
        return self.unknowns[-1]

    def root(self, value, degree):
        """v with v^degree = value; nothing is said of v where the root is not defined."""
        unknown = self.unknown()
        is_root = repeated(unknown, degree) == value
        if degree % 2 == 0:
            is_root = z3.Implies(value >= 0, z3.And(unknown >= 0, is_root))
        self.definitions.append(is_root)
        return unknown

    def quotient(self, dividend, divisor):
        """v with v * divisor = dividend, as Z3 prefers it to a division; any number where the divisor is 0."""
        if rational(divisor) not in (None, 0):
            return dividend / divisor
        unknown = self.unknown()
        self.definitions.append(z3.Implies(divisor != 0, unknown * divisor == dividend))
        return unknown

    def choice(self, condition, value, other):
        """One of two terms; as an unknown, since `nlqsat` has no terms with conditions."""
        unknown = self.unknown()
        self.definitions.append(
            z3.Or(z3.And(condition, unknown == value), z3.And(z3.Not(condition), unknown == other)))
        return unknown

    def call(self, name, arguments):
        function = z3.Function(name, *[z3.RealSort()] * (len(arguments) + 1))
        value = function(*arguments)
        self.calls.append((name, arguments, value))
        return value


def repeated(value, times):
    """A product of equal factors."""
    return functools.reduce(lambda product, _: product * value, range(1, times), value) if times else z3.RealVal(1)


def rational(value):
    """A constant as a fraction; None for anything else."""
    value = z3.simplify(value)
    return Fraction(value.numerator_as_long(), value.denominator_as_long()) if z3.is_rational_value(value) else None


class Arithmetic(Language):
    """Z3's terms; what belongs to them is added to the encoding."""

    def __init__(self, names, encoding):
        super().__init__(names)
        self.encoding = encoding

    def truth(self, value):
        return z3.BoolVal(value)

    def number(self, value):
        return z3.Q(value.numerator, value.denominator)

    def constant(self, name):
        if name == "inf":
            raise Unsupported(name)
        value = z3.Real(name)
        low, high = dict(pi=("3.14159265358979", "3.14159265358980"), e=("2.71828182845904", "2.71828182845905"))[name]
        self.encoding.definitions += [value > z3.RealVal(low), value < z3.RealVal(high)]
        return value

    def negation(self, value):
        return z3.Not(value)

    def conjunction(self, parts):
        return z3.And(*parts)

    def disjunction(self, parts):
        return z3.Or(*parts)

    def comparison(self, op, a, b):
        return {
            ast.Eq: a == b, ast.NotEq: a != b, ast.Lt: a < b, ast.LtE: a <= b, ast.Gt: a > b, ast.GtE: a >= b}[op]

    def binary(self, op, a, b):
        if op is ast.Pow:
            return self.power(a, b)
        if op is ast.Mod:
            raise Unsupported("%")
        if op is ast.Div:
            return self.encoding.quotient(a, b)
        return {ast.Add: lambda: a + b, ast.Sub: lambda: a - b, ast.Mult: lambda: a * b}[op]()

    def power(self, base, exponent):
        exponent = rational(exponent)
        if exponent is None or abs(exponent.numerator) > 20:
            raise Unsupported("power")
        if exponent.denominator > 1:
            # A real power with a broken exponent has a base that is not negative: an even root says so.
            factor = 1 if exponent.denominator % 2 == 0 else 2
            base = self.encoding.root(base, factor * exponent.denominator)
            exponent = Fraction(factor * exponent.numerator)
        value = repeated(base, abs(exponent.numerator))
        return value if exponent >= 0 else self.encoding.quotient(z3.RealVal(1), value)

    def piecewise(self, pieces):
        *first, (last, _) = pieces
        value = self.visit(last)
        for formula, condition in reversed(first):
            value = self.encoding.choice(self.visit(condition), self.visit(formula), value)
        return value

    def total(self, body, index, first, last):
        bounds = [rational(bound) for bound in (first, last)]
        if None in bounds:
            raise Unsupported("a sum with a symbolic bound")
        terms = [
            Arithmetic(self.names | {index: z3.RealVal(k)}, self.encoding).visit(body)
            for k in range(int(bounds[0]), int(bounds[1]) + 1)]
        return z3.Sum(*terms)

    def call(self, name, arguments):
        match name, arguments:
            case "sqrt", [u]:
                return self.encoding.root(u, 2)
            case "cbrt", [u]:
                return self.encoding.root(u, 3)
            case "abs", [u]:
                return self.encoding.choice(u >= 0, u, -u)
            case "sign", [u]:
                negative = self.encoding.choice(u < 0, z3.RealVal(-1), z3.RealVal(0))
                return self.encoding.choice(u > 0, z3.RealVal(1), negative)
            case "max", [u, v]:
                return self.encoding.choice(u >= v, u, v)
            case "min", [u, v]:
                return self.encoding.choice(u <= v, u, v)
            case "floor", [u]:
                return z3.ToReal(z3.ToInt(u))
        return self.encoding.call(name, arguments)


def membership(region, point, stem, names, encoding):
    """That a point lies in a region, as a list."""
    language = Arithmetic(names | {f"{stem}{number + 1}": value for number, value in enumerate(point)}, encoding)
    found = []
    for side, value in zip(region.intervals, point):
        if side.low is not None:
            low = language.read(side.low)
            found.append(value >= low if side.has_low else value > low)
        if side.high is not None:
            high = language.read(side.high)
            found.append(value <= high if side.has_high else value < high)
    return found + ([language.read(region.predicate)] if region.predicate else [])


def parameter_set(parameters, names):
    """That parameters lie in their sets; integers as reals, which is fine where a claim holds for these too."""
    found = []
    for name, text in parameters.items():
        text = text.replace(" ", "")
        if text.startswith("int>="):
            found.append(names[name] >= int(text[5:]))
        elif text == ">0":
            found.append(names[name] > 0)
        elif "\\" in text:
            found += [names[name] != z3.RealVal(hole) for hole in text[3:-1].split(",")]
    return found


def pairs(calls):
    return itertools.combinations(calls, 2)
