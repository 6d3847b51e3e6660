"""Formulas in the syntax of the corpus: one walk over them, and what they mean as real numbers.

The syntax is Python's own; a tool gives the walk its own numbers, functions and comparisons.
"""

import ast
import functools
from fractions import Fraction

import mpmath

DIGITS = 50
mpmath.mp.dps = DIGITS


class Undefined(ArithmeticError):
    """A formula has no real value here."""


class Unsupported(Exception):
    """A tool has no words for a part of a formula."""


@functools.lru_cache(maxsize=None)
def parsed(text):
    return ast.parse(text.strip(), mode="eval").body


class Language:
    """A walk over formulas and predicates; `names` says what variables and parameters are."""

    def __init__(self, names):
        self.names = dict(names)

    def read(self, text):
        return self.visit(parsed(text))

    def visit(self, node):
        match node:
            case ast.Constant(value=bool() as value):
                return self.truth(value)
            case ast.Constant(value=value):
                return self.number(Fraction(str(value)))
            case ast.Name(id=name):
                return self.names[name] if name in self.names else self.constant(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self.visit(operand)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.visit(operand)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self.negation(self.visit(operand))
            case ast.BinOp(left=left, op=op, right=right):
                return self.binary(type(op), self.visit(left), self.visit(right))
            case ast.BoolOp(op=op, values=values):
                parts = [self.visit(value) for value in values]
                return self.conjunction(parts) if isinstance(op, ast.And) else self.disjunction(parts)
            case ast.Compare(left=left, ops=ops, comparators=others):
                values = [self.visit(value) for value in (left, *others)]
                pairs = zip(ops, values, values[1:])
                return self.conjunction([self.comparison(type(op), a, b) for op, a, b in pairs])
            case ast.Call(func=ast.Name(id="piecewise"), args=pieces):
                return self.piecewise([piece.elts for piece in pieces])
            case ast.Call(func=ast.Name(id="sum"), args=[body, ast.Name(id=index), first, last]):
                return self.total(body, index, self.visit(first), self.visit(last))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self.call(name, [self.visit(argument) for argument in arguments])
        raise Unsupported(ast.unparse(node))

    def total(self, body, index, first, last):
        """A finite sum, written out."""
        terms = [
            type(self)(self.names | {index: self.number(Fraction(k))}).visit(body)
            for k in range(self.integer(first), self.integer(last) + 1)]
        return functools.reduce(lambda a, b: a + b, terms, self.number(Fraction(0)))


def real(value):
    """A number that is real, else an error."""
    if isinstance(value, mpmath.mpc):
        if abs(value.imag) > mpmath.mpf(10) ** (-DIGITS // 2) * max(1, abs(value.real)):
            raise Undefined("not real")
        value = value.real
    if not mpmath.isfinite(value):
        raise Undefined("not finite")
    return value


def real_root(value, degree):
    if value < 0:
        if degree % 2 == 0:
            raise Undefined("root of a negative number")
        return -mpmath.root(-value, int(degree))
    return mpmath.root(value, int(degree))


def real_power(base, exponent):
    if exponent != int(exponent) and base < 0 or base == 0 and exponent < 0:
        raise Undefined("power")
    return base**int(exponent) if exponent == int(exponent) else base**exponent


NUMERIC = dict(
    exp=mpmath.exp, log=mpmath.log, log1p=lambda u: mpmath.log(1 + u), expm1=mpmath.expm1,
    sqrt=mpmath.sqrt, cbrt=lambda u: real_root(u, 3), root=real_root, abs=abs, sign=mpmath.sign,
    sin=mpmath.sin, cos=mpmath.cos, tan=mpmath.tan, asin=mpmath.asin, acos=mpmath.acos,
    atan=mpmath.atan, atan2=mpmath.atan2, sinh=mpmath.sinh, cosh=mpmath.cosh, tanh=mpmath.tanh,
    asinh=mpmath.asinh, acosh=mpmath.acosh, atanh=mpmath.atanh, erf=mpmath.erf,
    erfinv=mpmath.erfinv, normcdf=mpmath.ncdf,
    norminv=lambda p: mpmath.sqrt(2) * mpmath.erfinv(2 * p - 1),
    sigmoid=lambda u: 1 / (1 + mpmath.exp(-u)), logit=lambda p: mpmath.log(p / (1 - p)),
    softplus=lambda u: mpmath.log(1 + mpmath.exp(u)),
    lambertw=lambda u, branch=0: mpmath.lambertw(u, int(branch)), max=max, min=min,
    floor=mpmath.floor)


class Numeric(Language):
    """Values with 50 digits; `Undefined` where there is none. Only the piece that holds is looked at."""

    def truth(self, value):
        return value

    def number(self, value):
        return mpmath.mpf(value.numerator) / value.denominator

    def integer(self, value):
        return int(value)

    def constant(self, name):
        return dict(pi=mpmath.pi(), e=mpmath.e(), inf=mpmath.inf)[name]

    def negation(self, value):
        return not value

    def conjunction(self, parts):
        return all(parts)

    def disjunction(self, parts):
        return any(parts)

    def comparison(self, op, a, b):
        return {
            ast.Eq: a == b, ast.NotEq: a != b, ast.Lt: a < b, ast.LtE: a <= b, ast.Gt: a > b,
            ast.GtE: a >= b}[op]

    def binary(self, op, a, b):
        if op is ast.Pow:
            return real_power(a, b)
        if op in (ast.Div, ast.Mod) and b == 0:
            raise Undefined("division by 0")
        return {
            ast.Add: lambda: a + b, ast.Sub: lambda: a - b, ast.Mult: lambda: a * b,
            ast.Div: lambda: a / b, ast.Mod: lambda: a % b}[op]()

    def piecewise(self, pieces):
        for value, condition in pieces:
            if self.visit(condition):
                return self.visit(value)
        raise Undefined("no piece")

    def call(self, name, arguments):
        try:
            return real(NUMERIC[name](*arguments))
        except (ValueError, ZeroDivisionError) as error:
            raise Undefined(name) from error


def numbers(texts, names):
    """The values of formulas; None where one of them is undefined."""
    language = Numeric(names)
    try:
        return [real(language.read(text)) for text in texts]
    except (Undefined, OverflowError):
        return None
