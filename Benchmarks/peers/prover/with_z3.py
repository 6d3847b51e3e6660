"""What Z3 is asked of a record, plain and with axioms.

1. `injective`: are there a and b in the domain, and parameters in their sets, with f(a) = f(b) and a != b? No: f is
   injective for all parameters. Yes: the model's points are put into f with 50 digits, and show that f is not
   injective where the images agree. Roots are unknowns with their polynomial equation; abs, min, max, sign and pieces
   are case distinctions; pi and e lie between decimals. Of exp, sin and the like, plain Z3 knows that equal arguments
   have equal values.
2. `onto`: is there a point x of the codomain such that no z of the domain has f(z) = x? Asked only where all functions
   are algebraic.
3. `condition`, for records with parameters: both questions with quantifiers over all but the parameters, which the
   tactics `qe2` and `qe` are to eliminate; what is left is evaluated at the values that the answer is judged by.

With axioms, the first question is asked together with what z3_axioms.py says of the calls that occur: these are not
part of Z3, but what somebody who uses it for such maps has to write down.
"""

import mpmath
import z3

from corpus import TOLERANCE, same
from z3_axioms import axioms
from z3_language import Arithmetic, Encoding, membership, parameter_set

# With tanh and the like, whose values differ less and less, points have one image if they are no farther out than this
# and their images no more apart.
FARTHEST, EXACT = 8, mpmath.mpf(10) ** -40

NAME = "Z3"
VERSION = z3.get_version_string()


class Query:
    """The terms of a record: parameters, points, and f at them."""

    def __init__(self, record):
        self.record, self.encoding = record, Encoding()
        self.parameters = {name: z3.Real(name) for name in record.parameters}
        self.sets = parameter_set(record.parameters, self.parameters)

    def point(self, stem, length):
        return [z3.Real(f"{stem}{number + 1}") for number in range(length)]

    def image(self, point):
        names = self.parameters | {f"z{number + 1}": value for number, value in enumerate(point)}
        language = Arithmetic(names, self.encoding)
        return [language.read(text) for text in self.record.formulas]

    def inside(self, region, point, stem):
        return membership(region, point, stem, self.parameters, self.encoding)

    def collision(self, a, b):
        """That a and b are different points of the domain with one image."""
        inside = self.inside(self.record.domain, a, "z") + self.inside(self.record.domain, b, "z")
        equal = [u == v for u, v in zip(self.image(a), self.image(b))]
        return [*inside, *equal, z3.Or(*(u != v for u, v in zip(a, b))), *self.encoding.definitions]

    def missing(self, x):
        """That x lies in the codomain and is no value."""
        outside = self.inside(self.record.codomain, x, "x") + self.encoding.definitions
        free = len(self.encoding.unknowns)
        first = len(self.encoding.definitions)
        z = self.point("z", self.record.n)
        reached = [u == v for u, v in zip(self.image(z), x)] + self.inside(self.record.domain, z, "z")
        bound = z + self.encoding.unknowns[free:]
        return [*outside, z3.ForAll(bound, z3.Not(z3.And(*reached, *self.encoding.definitions[first:])))]


def asked(assertions, solver):
    """What Z3 answers, and its solver."""
    solver.add(*assertions)
    return solver.check(), solver


def injective(record, extra=lambda calls: []):
    query = Query(record)
    a, b = query.point("a", record.n), query.point("b", record.n)
    assertions = query.sets + query.collision(a, b)
    answer, solver = asked(assertions + extra(query.encoding.calls), z3.Solver())
    if answer == z3.unsat:
        yield dict(injective="yes")
    if answer == z3.sat and not record.parameters and is_collision(query, solver.model(), a, b):
        yield dict(injective="no")


def injective_with_axioms(record):
    yield from injective(record, axioms)


def is_collision(query, model, a, b):
    record = query.record
    first, second = ([decimal(model.eval(value, True)) for value in point] for point in (a, b))
    if None in first + second or same(first, second):
        return False
    if query.encoding.calls and max(map(abs, first + second)) > FARTHEST:
        return False
    if not all(record.domain.contains(point, "z", {}) for point in (first, second)):
        return False
    images = record.image(first, {}), record.image(second, {})
    return None not in images and same(*images, EXACT if query.encoding.calls else TOLERANCE)


def decimal(value):
    if z3.is_algebraic_value(value):
        value = value.approx(60)
    if not z3.is_rational_value(value):
        return None
    return mpmath.mpf(value.numerator_as_long()) / value.denominator_as_long()


def onto(record):
    query = Query(record)
    x = query.point("x", record.m)
    assertions = query.sets + query.missing(x)
    if query.encoding.calls:
        return
    # Made for polynomials with quantifiers.
    answer, _ = asked(assertions, z3.Then("simplify", "purify-arith", "nlqsat").solver())
    if answer == z3.unsat:
        yield dict(surjective="yes")
    if answer == z3.sat and not record.parameters:
        yield dict(surjective="no")


def condition(record):
    if not record.parameters:
        return
    query = Query(record)
    a, b = query.point("a", record.n), query.point("b", record.n)
    collision = query.collision(a, b)
    collides = eliminated(z3.Exists(a + b + query.encoding.unknowns, z3.And(*collision)))
    other = Query(record)
    x = other.point("x", record.m)
    misses = eliminated(z3.Exists(x, z3.And(*other.missing(x))))
    if query.encoding.calls or other.encoding.calls or collides is None or misses is None:
        return
    kinds = []
    for names in record.assignments:
        values = [(query.parameters[name], z3.RealVal(mpmath.nstr(value, 20))) for name, value in names.items()]
        truths = [z3.simplify(z3.substitute(formula, *values)) for formula in (collides, misses)]
        if not all(z3.is_true(truth) or z3.is_false(truth) for truth in truths):
            return
        kinds.append(
            "not_injective" if z3.is_true(truths[0]) else
            "injective_not_surjective" if z3.is_true(truths[1]) else "bijective")
    yield dict(kinds=kinds)


def eliminated(formula):
    """The formula without its quantifiers; None where Z3 leaves some."""
    for tactic in ("qe2", "qe"):
        result = z3.Then("simplify", tactic, "simplify")(formula).as_expr()
        if not has_quantifier(result):
            return result
    return None


def has_quantifier(formula):
    return z3.is_quantifier(formula) or any(has_quantifier(part) for part in formula.children())


QUESTIONS = [injective, onto, condition]
QUESTIONS_WITH_AXIOMS = [injective_with_axioms, onto, condition]
