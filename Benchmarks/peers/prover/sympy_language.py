"""Formulas as SymPy has them, and the symbols of a record with all that is known of their signs."""

import ast

import sympy as sp

from formulas import Language, Unsupported

FUNCTIONS = dict(
    exp=sp.exp, log=sp.log, log1p=lambda u: sp.log(1 + u), expm1=lambda u: sp.exp(u) - 1, sqrt=sp.sqrt, abs=sp.Abs,
    sign=sp.sign, sin=sp.sin, cos=sp.cos, tan=sp.tan, asin=sp.asin, acos=sp.acos, atan=sp.atan, atan2=sp.atan2,
    sinh=sp.sinh, cosh=sp.cosh, tanh=sp.tanh, asinh=sp.asinh, acosh=sp.acosh, atanh=sp.atanh, erf=sp.erf,
    erfinv=sp.erfinv, normcdf=lambda u: (1 + sp.erf(u / sp.sqrt(2))) / 2,
    norminv=lambda p: sp.sqrt(2) * sp.erfinv(2 * p - 1), sigmoid=lambda u: 1 / (1 + sp.exp(-u)),
    logit=lambda p: sp.log(p / (1 - p)), softplus=lambda u: sp.log(1 + sp.exp(u)), lambertw=sp.LambertW, max=sp.Max,
    min=sp.Min, floor=sp.floor)


class Symbolic(Language):
    """SymPy's expressions. `root(u)` is its cube root: the real one, or the principal one, which `solve` can undo."""

    def __init__(self, names, root=lambda u: sp.cbrt(u)):
        super().__init__(names)
        self.root = root

    def truth(self, value):
        return sp.true if value else sp.false

    def number(self, value):
        return sp.Rational(value.numerator, value.denominator)

    def integer(self, value):
        return int(value)

    def constant(self, name):
        return dict(pi=sp.pi, e=sp.E, inf=sp.oo)[name]

    def negation(self, value):
        return sp.Not(value)

    def conjunction(self, parts):
        return sp.And(*parts)

    def disjunction(self, parts):
        return sp.Or(*parts)

    def comparison(self, op, a, b):
        return {ast.Eq: sp.Eq, ast.NotEq: sp.Ne, ast.Lt: sp.Lt, ast.LtE: sp.Le, ast.Gt: sp.Gt, ast.GtE: sp.Ge}[op](a, b)

    def binary(self, op, a, b):
        return {
            ast.Add: lambda: a + b, ast.Sub: lambda: a - b, ast.Mult: lambda: a * b, ast.Div: lambda: a / b,
            ast.Pow: lambda: a**b, ast.Mod: lambda: sp.Mod(a, b)}[op]()

    def piecewise(self, pieces):
        return sp.Piecewise(*((self.visit(value), self.visit(condition)) for value, condition in pieces))

    def total(self, body, index, first, last):
        if first.is_Integer and last.is_Integer:
            return super().total(body, index, first, last)
        variable = sp.Symbol(index, integer=True, positive=True)
        inside = Symbolic(self.names | {index: variable}, self.root)
        return sp.Sum(inside.visit(body), (variable, first, last))

    def call(self, name, arguments):
        if name == "cbrt":
            return self.root(*arguments)
        if name not in FUNCTIONS:
            raise Unsupported(name)
        return FUNCTIONS[name](*arguments)


def real_cube_root(u):
    return sp.sign(u) * sp.Abs(u)**sp.Rational(1, 3)


class Problem:
    """The symbols of a record, and its formulas in them."""

    def __init__(self, record):
        self.record = record
        self.parameters = {name: parameter(name, text) for name, text in record.parameters.items()}
        self.z = self.symbols("z", record.domain)
        self.x = self.symbols("x", record.codomain)

    def symbols(self, stem, region):
        return [self.coordinate(f"{stem}{number + 1}", side) for number, side in enumerate(region.intervals)]

    def coordinate(self, name, side):
        """A real symbol; positive or negative where its interval says so."""
        low, high = self.ends(side)
        if low.is_nonnegative and not (side.has_low and low.is_zero):
            return sp.Symbol(name, positive=True)
        if high.is_nonpositive and not (side.has_high and high.is_zero):
            return sp.Symbol(name, negative=True)
        return sp.Symbol(name, real=True)

    def ends(self, side):
        language = Symbolic(self.parameters)
        return (
            -sp.oo if side.low is None else language.read(side.low),
            sp.oo if side.high is None else language.read(side.high))

    def formulas(self, symbols, **options):
        names = self.parameters | {f"z{number + 1}": symbol for number, symbol in enumerate(symbols)}
        language = Symbolic(names, **options)
        return [language.read(text) for text in self.record.formulas]


def parameter(name, text):
    """A symbol with the signs of its set; that values are left out is not said of it."""
    if text.startswith("int"):
        return sp.Symbol(name, integer=True, positive=True)
    return sp.Symbol(name, **({"positive": True} if text.startswith(">0") else {"real": True}))
