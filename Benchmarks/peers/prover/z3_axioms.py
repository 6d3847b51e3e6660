"""True statements about functions that Z3 does not know, written out for the calls that a question has."""

import z3

from z3_language import pairs

# Strictly increasing, where they are defined.
INCREASING = {
    "exp", "log", "log1p", "expm1", "sinh", "tanh", "asinh", "acosh", "atanh", "asin", "atan", "erf", "erfinv",
    "normcdf", "norminv", "sigmoid", "logit", "softplus"}
# Arguments that the functions are defined for, where not for all.
DOMAINS = dict(
    log=lambda u: u > 0, log1p=lambda u: u > -1, acosh=lambda u: u >= 1, atanh=lambda u: z3.And(u > -1, u < 1),
    asin=lambda u: z3.And(u >= -1, u <= 1), erfinv=lambda u: z3.And(u > -1, u < 1),
    norminv=lambda u: z3.And(u > 0, u < 1), logit=lambda u: z3.And(u > 0, u < 1))
RANGES = dict(
    exp=lambda v: v > 0, expm1=lambda v: v > -1, cosh=lambda v: v >= 1, tanh=lambda v: z3.And(v > -1, v < 1),
    erf=lambda v: z3.And(v > -1, v < 1), sin=lambda v: z3.And(v >= -1, v <= 1), cos=lambda v: z3.And(v >= -1, v <= 1),
    normcdf=lambda v: z3.And(v > 0, v < 1), sigmoid=lambda v: z3.And(v > 0, v < 1), softplus=lambda v: v > 0,
    atan=lambda v: z3.And(v > z3.RealVal("-1.5708"), v < z3.RealVal("1.5708")))
# |g(u) - g(v)| < c |u - v| for different u and v.
LIPSCHITZ = dict(
    tanh="1", atan="1", asinh="1", sin="1", cos="1", softplus="1", sigmoid="0.25", erf="1.1284", normcdf="0.4")


def axioms(calls):
    """For each call its range and tangent, for each pair monotonicity, Lipschitz bounds and addition theorems."""
    found = []
    for name, (u, *_), value in calls:
        if name in RANGES:
            found.append(guarded(name, [u], RANGES[name](value)))
        if name == "exp":
            found += [value >= 1 + u, z3.Implies(u == 0, value == 1)]
        if name == "log":
            found.append(z3.Implies(u > 0, z3.And(value <= u - 1, (u == 1) == (value == 0))))
        if name in ("tanh", "sinh", "asinh", "atan", "erf", "sin", "asin", "atanh", "erfinv"):
            found.append(guarded(name, [u], z3.Implies(u == 0, value == 0)))
    for (name, (u, *_), value), (other_name, (v, *_), other) in pairs(calls):
        if name == other_name:
            found += about_pair(name, u, value, v, other)
        elif {name, other_name} == {"sin", "cos"}:
            found.append(z3.Implies(u == v, value * value + other * other == 1))
    return found


def about_pair(name, u, value, v, other):
    found = []
    if name in INCREASING:
        found.append(guarded(name, [u, v], z3.And((u < v) == (value < other), (u == v) == (value == other))))
    if name in LIPSCHITZ:
        bound = z3.RealVal(LIPSCHITZ[name])
        found.append(z3.Implies(u < v, z3.And(value - other < bound * (v - u), other - value < bound * (v - u))))
        found.append(z3.Implies(u > v, z3.And(value - other < bound * (u - v), other - value < bound * (u - v))))
    if name == "exp":
        found.append(z3.Implies(u + v == 0, value * other == 1))
    return found


def guarded(name, arguments, statement):
    if name not in DOMAINS:
        return statement
    return z3.Implies(z3.And(*(DOMAINS[name](u) for u in arguments)), statement)
