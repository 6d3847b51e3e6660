"""Values of elementary and special functions to 50 digits, computed with mpmath.

    python3 Tests/Reference/ball_references.py > Tests/ExactTests/BallReferences.swift
"""
from fractions import Fraction

from mpmath import mp, mpf
import mpmath as m

# High enough for erf and tanh arguments that round to 1 at ordinary precisions.
mp.dps = 400

points = {
    "exp": ["0", "1", "-1", "1/3", "100", "-1000", "1e-30"],
    "expMinusOne": ["1e-30", "-2", "5/7"],
    "log": ["1", "2", "1/3", "1e-50", "1e100", "1.0000000000000001"],
    "logOnePlus": ["1e-30", "-1/2", "10"],
    "sin": ["0", "1", "-10", "1e22", "1e-20", "355/113"],
    "cos": ["0", "1", "-10", "1e22", "11/7"],
    "tan": ["1", "-10", "11/7", "1e-20"],
    "asin": ["0", "1", "-1", "1/3", "0.999999"],
    "acos": ["0", "1", "-1", "1/3", "0.999999"],
    "atan": ["0", "1", "-1e10", "1/3"],
    "sinh": ["0", "1", "-20", "1e-20"],
    "cosh": ["0", "1", "-20"],
    "tanh": ["0", "1", "-20", "1e-20"],
    "asinh": ["0", "1", "-1e10", "1e-20"],
    "acosh": ["1", "2", "1e10", "1.000001"],
    "atanh": ["0", "1/2", "-0.999999", "1e-20"],
    "erf": ["0", "1", "-2", "10", "1e-20", "1/7"],
    "erfInverse": ["0", "1/2", "-0.99", "1e-10", "0.999999999999"],
    "normalCDF": ["0", "1", "-1.96", "-20", "8", "1/3"],
    "normalQuantile": ["1/2", "0.975", "0.025", "1e-40", "0.6", "0.249", "0.999999999"],
    "sigmoid": ["0", "1", "-50", "50", "1/3"],
    "softplus": ["0", "1", "-50", "50", "-1/3"],
    "squareRoot": ["0", "2", "4", "1e-31"],
    "cubeRoot": ["0", "2", "-2", "-27", "1/3"],
    "lambertPrincipal": ["0", "1", "-0.36", "1e10", "-0.3678"],
    "lambertLower": ["-0.1", "-0.36", "-1e-10", "-0.3678"],
    "power(5)": ["2", "-1/3", "1.1"],
    "power(-4)": ["2", "-1/3", "1.1"],
    "power(2/3)": ["0", "2", "1/3", "8"],
    "power(-7/2)": ["2", "1/3", "4"],
    "root(5)": ["-2", "32", "1/3"],
    "root(4)": ["2", "81", "1/3"],
}


def real_root(x, n):
    return m.sign(x) * m.root(abs(x), n)


functions = {
    "exp": m.exp, "expMinusOne": m.expm1, "log": m.log, "logOnePlus": m.log1p,
    "sin": m.sin, "cos": m.cos, "tan": m.tan, "asin": m.asin, "acos": m.acos, "atan": m.atan,
    "sinh": m.sinh, "cosh": m.cosh, "tanh": m.tanh,
    "asinh": m.asinh, "acosh": m.acosh, "atanh": m.atanh,
    "erf": m.erf, "erfInverse": m.erfinv, "normalCDF": m.ncdf,
    "normalQuantile": lambda p: m.sqrt(2) * m.erfinv(2 * p - 1),
    "sigmoid": lambda x: 1 / (1 + m.exp(-x)), "softplus": lambda x: m.log(1 + m.exp(x)),
    "squareRoot": m.sqrt, "cubeRoot": lambda x: real_root(x, 3),
    "lambertPrincipal": lambda x: m.lambertw(x).real,
    "lambertLower": lambda x: m.lambertw(x, -1).real,
    "power(5)": lambda x: x**5, "power(-4)": lambda x: x**-4,
    "power(2/3)": lambda x: m.root(x, 3) ** 2, "power(-7/2)": lambda x: 1 / m.sqrt(x) ** 7,
    "root(5)": lambda x: real_root(x, 5), "root(4)": lambda x: m.root(x, 4),
}

print("// Written by Tests/Reference/ball_references.py with mpmath; do not edit.\n")
print("/// Function, argument x and f(x) to 50 significant digits.")
print("let ballReferences: [BallReference] = [")
for name, arguments in points.items():
    for text in arguments:
        x = Fraction(text)
        value = functions[name](mpf(x.numerator) / mpf(x.denominator))
        digits = m.nstr(value, 50, min_fixed=0, max_fixed=0)
        print(f'  BallReference("{name}", "{text}", "{digits}"),')
print("]")
