"""What SymPy is asked of a record.

1. `inverse`: solve(f(z) - x, z), and solveset where that fails and there is one unknown, with symbols that are
   real or positive where the sets say so. Branches count where they are real, lie in the domain and have the image x,
   at 50 digits and up to 60 points: two preimages of one point, or one that is not the point it was computed from,
   show that f is not injective; one for each point that f does reach, that it is; a point of the codomain without,
   that f is not onto. Where some image has no preimage among the branches, the solution is incomplete and counts for
   nothing. Denominators that hold parameters alone are taken for the condition: where they are 0, SymPy is asked again.
2. `collision`: the same with f(a) = f(b), solved for a; it can only refute, as `solve` takes b for generic.
3. `calculus`, for intervals: the sign of the derivative from its assumptions, from is_strictly_increasing and
   is_strictly_decreasing, or between its zeros by solveset, where continuous_domain says that f is continuous; then
   the limits at both ends.

The second and third are asked only where the verdict is still open. SymPy need not prove that it found all solutions,
nor that a branch is real: it is believed where numbers do not contradict. A person who checks answers would find out
as much.
"""

import functools

import sympy as sp
from sympy.calculus.singularities import is_strictly_decreasing, is_strictly_increasing
from sympy.calculus.util import continuous_domain

from branches import Branches
from sympy_language import Problem, real_cube_root

NAME = "SymPy"
VERSION = sp.__version__


def inverse(record):
    problem = Problem(record)
    equations = [f - x for f, x in zip(problem.formulas(problem.z), problem.x)]
    solutions = solved(equations, problem.z)
    branches = Branches(record, problem.z, problem.x, problem.parameters, solutions)
    found = branches.inverse()
    yield dict(inverse=found, inverseHolds=found is not None)
    yield from summary(problem, solutions, lambda names: judgement(branches, names))


def collision(record):
    problem = Problem(record)
    others = [sp.Symbol(f"b{number + 1}", **symbol.assumptions0) for number, symbol in enumerate(problem.z)]
    pairs = zip(problem.formulas(problem.z), problem.formulas(others))
    solutions = solved([f - g for f, g in pairs], problem.z)
    branches = Branches(record, problem.z, others, problem.parameters, solutions)

    def judge(names):
        injective = branches.judged(names, lambda image, source: source)
        return ("no" if injective == "no" else None), None

    yield from summary(problem, solutions, judge)


def solved(equations, unknowns):
    try:
        solutions = sp.solve(equations, unknowns, dict=True)
    except NotImplementedError:
        solutions = []
    if not solutions and len(equations) == len(unknowns) == 1:
        found = sp.solveset(equations[0], unknowns[0], sp.Reals)
        solutions = [{unknowns[0]: member} for member in members(found)]
    return solutions


def members(found):
    """The formulas in a set; of infinitely many, a few."""
    if isinstance(found, sp.FiniteSet):
        return list(found)
    if isinstance(found, sp.ImageSet) and len(found.lamda.variables) == 1:
        return [found.lamda(number) for number in range(-2, 3)]
    if isinstance(found, sp.Complement):
        return members(found.args[0])
    if isinstance(found, (sp.Union, sp.Intersection)):
        return [member for part in found.args for member in members(part)]
    return []


def judgement(branches, names):
    """The verdict for one value of the parameters, as the pair of both claims."""
    injective = branches.judged(names, lambda image, source: image)
    if injective != "yes":
        return injective, None
    return "yes", "yes" if branches.reach(names) else "no"


def summary(problem, solutions, judge):
    """Both claims for all parameters, or what the denominators' zeros make of them."""
    record = problem.record
    divisor = denominators(problem, solutions)
    is_regular = [not divisor.subs(names) == 0 for names in symbol_values(problem)]
    regular = {judge(names) for names, holds in zip(record.assignments, is_regular) if holds}
    if len(regular) != 1:
        return
    injective, surjective = regular.pop()
    if all(is_regular) and not divisor.free_symbols:
        yield dict(injective=injective, surjective=surjective)
        return
    kind = {("yes", "yes"): "bijective", ("yes", "no"): "injective_not_surjective", ("no", None): "not_injective"}.get(
        (injective, surjective))
    if kind and is_singular_refuted(problem, divisor):
        yield dict(kinds=[kind if holds else "not_injective" for holds in is_regular])


def symbol_values(problem):
    for names in problem.record.assignments:
        yield {problem.parameters[name]: sp.nsimplify(str(value), rational=True) for name, value in names.items()}


def denominators(problem, solutions):
    """The product of the factors of all denominators that hold parameters alone; 1 where there are none."""
    parameters = set(problem.parameters.values())
    factors = {sp.Integer(1)}
    for solution in solutions:
        for expression in solution.values():
            for factor in sp.Mul.make_args(sp.factor(sp.denom(sp.together(expression)))):
                base = factor.as_base_exp()[0]
                if base.free_symbols and base.free_symbols <= parameters and base.is_zero is None:
                    factors.add(base)
    return sp.Mul(*factors)


def is_singular_refuted(problem, divisor):
    """Whether f(a) = f(b) has other solutions than a = b wherever the denominators vanish."""
    others = [sp.Symbol(f"b{number + 1}", **symbol.assumptions0) for number, symbol in enumerate(problem.z)]
    values = sp.solve(divisor, list(problem.parameters.values()), dict=True)
    values = [value for value in values if not any(v.has(sp.I) for v in value.values())]
    for value in values:
        pairs = zip(problem.formulas(problem.z), problem.formulas(others))
        equations = [sp.simplify((f - g).subs(value)) for f, g in pairs]
        solutions = solved([equation for equation in equations if equation != 0], problem.z)
        if all(solution.get(a) == b for solution in solutions for a, b in zip(problem.z, others)):
            return False
    return bool(values)


def calculus(record):
    problem = Problem(record)
    if record.n != 1 or record.m != 1 or record.domain.predicate:
        return
    z, side = problem.z[0], record.domain.intervals[0]
    low, high = problem.ends(side)
    interval = sp.Interval(low, high, not side.has_low, not side.has_high)
    f = problem.formulas([z], root=real_cube_root)[0]
    trend = direction(f, z, interval)
    if trend == 0:
        yield dict(injective="no")
    if not trend:
        return
    yield dict(injective="yes")
    ends = [sp.limit(f, z, low, "+").doit(), sp.limit(f, z, high, "-").doit()]
    target = record.codomain.intervals[0]
    wanted, closed = list(problem.ends(target)), [target.has_low, target.has_high]
    attained = [side.has_low, side.has_high]
    if trend < 0:
        ends, attained = ends[::-1], attained[::-1]
    # Oscillating ends are no limits.
    if record.codomain.predicate is None and all(end.is_extended_real for end in ends):
        is_onto = closed == attained and all(a == b or sp.simplify(a - b) == 0 for a, b in zip(ends, wanted))
        yield dict(surjective="yes" if is_onto else "no")


def direction(f, z, interval):
    """1 where f increases strictly, -1 where it decreases, 0 where it does both, None where SymPy does not say."""
    if f.has(sp.Piecewise, sp.floor) and continuous_domain(f, z, interval) != interval:
        return None
    slope = sp.simplify(sp.diff(f, z))
    for sign, holds in ((1, slope.is_positive), (-1, slope.is_negative)):
        if holds:
            return sign
    for sign, test in ((1, is_strictly_increasing), (-1, is_strictly_decreasing)):
        if answered(test, f, interval, z):
            return sign
    zeros = sp.solveset(slope, z, interval)
    if not isinstance(zeros, sp.FiniteSet):
        return None
    places = sorted([interval.start, *zeros, interval.end], key=functools.cmp_to_key(lambda a, b: 1 if a > b else -1))
    signs = {int(sp.sign(slope.subs(z, between(a, b)))) for a, b in zip(places, places[1:])}
    return signs.pop() if len(signs) == 1 else 0


def answered(test, f, interval, z):
    try:
        return test(f, interval, z)
    except (NotImplementedError, TypeError, ValueError):
        return None


def between(low, high):
    if low == -sp.oo:
        return sp.Integer(0) if high == sp.oo else high - 1
    return low + 1 if high == sp.oo else (low + high) / 2


QUESTIONS = [inverse, collision, calculus]
