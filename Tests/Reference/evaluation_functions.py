#!/usr/bin/env python3
"""Prints values of the functions at Double arguments, computed by mpmath to 60 digits, with the
condition number |x f'(x)/f(x)| at each of them.

Usage: python3 Tests/Reference/evaluation_functions.py > Tests/Reference/evaluation_functions.tsv
"""
from mpmath import mp, mpf, diff
import mpmath

mp.dps = 60


def erfinv_any(x):
    start = mpmath.erfinv(x) if abs(x) < mpf("0.99") else None
    if start is not None:
        return start
    return mpmath.sign(x) * -norminv((1 - abs(x)) / 2) / mpmath.sqrt(2)


def norminv(p):
    """Newton's method on log(ncdf) with 60 digits."""
    flip = p > mpf(1) / 2
    q = 1 - p if flip else p
    y = -mpmath.sqrt(-2 * mpmath.log(q)) if q < mpf("0.1") else mpf(0)
    for _ in range(60):
        step = (mpmath.log(mpmath.ncdf(y)) - mpmath.log(q)) * mpmath.ncdf(y) / mpmath.npdf(y)
        y -= step
        if abs(step) < mpf(10) ** -55:
            break
    return -y if flip else y


def real_root(n):
    return lambda x: mpmath.sign(x) * mpmath.root(abs(x), n)


BIG = ["1e-300", "1e-20", "1e-8", "0.001", "0.1", "0.5", "0.9", "1", "1.5", "2.5", "7", "20", "30", "100"]
SIGNED = BIG + ["-" + v for v in BIG]
UNIT = ["1e-300", "1e-20", "1e-5", "0.01", "0.2", "0.25", "0.3", "0.45", "0.499999", "0.5000001", "0.6", "0.75",
        "0.76", "0.9", "0.99", "0.999999", "0.9999999999999999"]
INNER = ["1e-300", "1e-10", "0.01", "0.3", "0.5", "0.51", "0.7", "0.9", "0.999", "0.9999999999999999"]
SIGNED_INNER = INNER + ["-" + v for v in INNER]

CASES = [
    ("exp", mpmath.exp, SIGNED + ["-700", "700"]),
    ("log", mpmath.log, [v for v in BIG if v != "1"] + ["1.0000001", "0.9999999"]),
    ("expm1", mpmath.expm1, SIGNED + ["1e-5", "-1e-5"]),
    ("log1p", lambda x: mpmath.log(1 + x), BIG + ["-0.9", "-0.5", "-1e-10", "-1e-300", "-0.9999999"]),
    ("realRoot(3)", real_root(3), SIGNED + ["8", "-27", "1e300"]),
    ("realRoot(5)", real_root(5), SIGNED + ["32", "-243", "1e300"]),
    ("realRoot(7)", real_root(7), SIGNED + ["128", "1e-308", "1e300"]),
    ("sin", mpmath.sin, SIGNED + ["1e5"]),
    ("cos", mpmath.cos, SIGNED + ["1e5"]),
    ("tan", mpmath.tan, SIGNED + ["1e5"]),
    ("asin", mpmath.asin, SIGNED_INNER),
    ("acos", mpmath.acos, SIGNED_INNER),
    ("atan", mpmath.atan, SIGNED + ["1e20"]),
    ("sinh", mpmath.sinh, SIGNED),
    ("cosh", mpmath.cosh, SIGNED),
    ("tanh", mpmath.tanh, SIGNED),
    ("asinh", mpmath.asinh, SIGNED + ["1e200"]),
    ("acosh", mpmath.acosh, ["1.0000001", "1.1", "2", "10", "1e10", "1e200"]),
    ("atanh", mpmath.atanh, SIGNED_INNER),
    ("erf", mpmath.erf, SIGNED),
    ("erfinv", erfinv_any, SIGNED_INNER),
    ("normcdf", mpmath.ncdf, SIGNED + ["-5", "-10", "-37"]),
    ("norminv", norminv, UNIT),
    ("sigmoid", lambda x: 1 / (1 + mpmath.exp(-x)), SIGNED + ["-700", "40"]),
    ("logit", lambda x: mpmath.log(x / (1 - x)), UNIT),
    ("softplus", lambda x: mpmath.log(1 + mpmath.exp(x)), SIGNED + ["-700", "700"]),
    ("lambertw(branch: 0)", lambda x: mpmath.lambertw(x, 0).real,
     BIG + ["1e300", "3", "3.0001", "2.999", "-0.1", "-0.2", "-0.26", "-0.3", "-0.36", "-0.367", "-0.3678",
            "-0.36787", "-0.3678794411"]),
    ("lambertw(branch: -1)", lambda x: mpmath.lambertw(x, -1).real,
     ["-1e-300", "-1e-20", "-0.001", "-0.1", "-0.2", "-0.24", "-0.26", "-0.3", "-0.36", "-0.367", "-0.3678",
      "-0.36787", "-0.3678794411"]),
]


def condition(f, x):
    h = abs(x) * mpf(10) ** -25
    slope = (f(x + h) - f(x - h)) / (2 * h)
    value = f(x)
    return abs(x * slope / value) if value else mpf(0)


print("function\targument\tvalue\tcondition")
for name, f, arguments in CASES:
    for argument in arguments:
        x = mpf(float(argument))
        mp.dps = 400 if abs(x) < mpf("1e-100") or abs(x) > 99 else 60
        y = f(x)
        if mp.dps > 60:
            mp.dps = 700
        c = condition(f, x)
        mp.dps = 60
        if abs(y) < mpf("2.3e-308") or abs(y) > mpf("1.7e308"):
            continue
        print(f"{name}\t{float(x)!r}\t{float(y)!r}\t{float(c):.3g}")
