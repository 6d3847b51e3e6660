import Exact
import Symbolics
import Testing

/// Normal forms and proven identities against certified enclosures of the formulas as they were drawn.
/// A failure is a wrong rewriting: enclosures of 320 bits that are disjoint.
@Suite("Rewriting against enclosures")
struct RewritingTests {
  typealias Form = @Sendable (Expression) -> Expression

  static let forms: [(name: String, rewrite: Form)] = [
    ("canonical", { $0 }),
    ("normal", { $0.normalForm(under: RandomFormula.assumptions) }),
    ("simplified", { $0.simplified(under: RandomFormula.assumptions) }),
    ("factored", { $0.factored(under: RandomFormula.assumptions) }),
    ("expanded", { $0.expanded(under: RandomFormula.assumptions) }),
  ]

  @Test("Every form has the formula's values", arguments: Iterations.seeds(16))
  func forms(seed: Int) {
    var draw = SplitMix64(seed: seed, stream: 71)
    for _ in 0..<10 {
      let formula = RandomFormula.random(depth: draw.integer(in: 1...4), using: &draw)
      let samples = self.samples(of: formula, using: &draw)
      for (name, rewrite) in Self.forms where !samples.isEmpty {
        let form = rewrite(formula.expression)
        for (point, value) in samples {
          let found = form.ball(at: point, precision: RandomFormula.precision)
          #expect(
            found.overlaps(value),
            "\(name) form of \(formula.expression) at \(point): \(form)")
        }
      }
    }
  }

  /// Points at which the formula certainly has a value, with tight enclosures of it.
  private func samples(of formula: RandomFormula, using draw: inout SplitMix64)
    -> [(RandomFormula.Point, Ball)]
  {
    (0..<8).compactMap { _ in
      let point = RandomFormula.point(using: &draw)
      let value = formula.ball(point)
      guard let radius = value.radius, radius < Rational(1, over: 1 << 40) else { return nil }
      return (point, value)
    }
  }

  /// Equations that hold for all arguments, for some, or for none; which of them is not said.
  static let equations:
    [@Sendable (RandomFormula, RandomFormula) -> (RandomFormula, RandomFormula)] = [
      { u, v in (u + v, v + u) },
      { u, _ in ((u * u).power(Rational(1, over: 2)), u) },
      { u, _ in ((u * u).power(Rational(1, over: 2)), .call(.abs, [u])) },
      { u, v in (.call(.log, [u * v]), .call(.log, [u]) + .call(.log, [v])) },
      { u, _ in (.call(.log, [u * u]), .constant(2) * .call(.log, [u])) },
      { u, _ in (.call(.exp, [.call(.log, [u])]), u) },
      { u, _ in (.call(.log, [.call(.exp, [u])]), u) },
      { u, _ in (.call(.asin, [.call(.sin, [u])]), u) },
      { u, _ in (.call(.acos, [.call(.cos, [u])]), u) },
      { u, _ in (.call(.atan, [.call(.tan, [u])]), u) },
      { u, _ in (.call(.acosh, [.call(.cosh, [u])]), u) },
      { u, _ in (.call(.acosh, [.call(.cosh, [u])]), .call(.abs, [u])) },
      { u, _ in (.call(.lambertw(branch: 0), [u * .call(.exp, [u])]), u) },
      { u, _ in (.call(.lambertw(branch: -1), [u * .call(.exp, [u])]), u) },
      { u, _ in (.call(.sign, [u]) * u, .call(.abs, [u])) },
      { u, _ in (.call(.sign, [u]) * .call(.sign, [u]), .constant(1)) },
      { u, v in (.call(.floor, [u + v]), .call(.floor, [u]) + .call(.floor, [v])) },
      { u, v in (.call(.max, [u, v]), u) },
      { u, v in (.call(.max, [u, v]) + .call(.min, [u, v]), u + v) },
      { u, v in
        (
          u.power(Rational(1, over: 2)) * v.power(Rational(1, over: 2)),
          (u * v).power(Rational(1, over: 2))
        )
      },
      { u, v in
        (
          (u * v).power(Rational(1, over: 2)),
          u.power(Rational(1, over: 2)) * v.power(Rational(1, over: 2))
        )
      },
      { u, _ in (.call(.realRoot(3), [u * u * u]), u) },
      { u, _ in ((u * u).power(Rational(1, over: 4)), u.power(Rational(1, over: 2))) },
      { u, _ in ((u * u * u).power(Rational(1, over: 2)), u * u.power(Rational(1, over: 2))) },
      { u, v in (.call(.atan2, [u, v]), .call(.atan, [u / v])) },
      { u, _ in (.call(.mod, [u, .constant(1)]), u - .call(.floor, [u])) },
      { u, v in (u.powerOfCount * v.powerOfCount, (u * v).powerOfCount) },
      { u, _ in ((u * u).powerOfCount.power(Rational(1, over: 2)), u.powerOfCount) },
      { u, _ in (.call(.sigmoid, [u]) + .call(.sigmoid, [.constant(-1) * u]), .constant(1)) },
      { u, v in (u.otherwise(v, unless: u, isLessThan: v), .call(.min, [u, v])) },
      { u, v in (u.otherwise(v, unless: u, isLessThan: v), .call(.max, [u, v])) },
      { u, v in (u - v, v - u) },
    ]

  @Test("What is proven identical has equal values", arguments: Iterations.seeds(8))
  func identities(seed: Int) {
    var draw = SplitMix64(seed: seed, stream: 72)
    for equation in Self.equations {
      let depth = draw.integer(in: 0...2)
      let (left, right) = equation(
        .random(depth: depth, using: &draw), .random(depth: depth, using: &draw))
      guard left.expression.isIdentical(to: right.expression, under: RandomFormula.assumptions)
      else { continue }
      for _ in 0..<8 {
        let point = RandomFormula.point(using: &draw)
        let (a, b) = (left.ball(point), right.ball(point))
        let areEqual = !a.isFinite || !b.isFinite || a.overlaps(b)
        #expect(areEqual, "\(left.expression) and \(right.expression) at \(point)")
      }
    }
  }

  /// The check above is not empty: most of the equations that hold for all arguments are proven.
  @Test func equationsAreProvenAtAll() {
    let (u, v) = (RandomFormula.symbol(RandomFormula.x), RandomFormula.symbol(RandomFormula.y))
    let proven = Self.equations.count { equation in
      let (left, right) = equation(u, v)
      return left.expression.isIdentical(to: right.expression, under: RandomFormula.assumptions)
    }
    #expect(proven >= 10 && proven < Self.equations.count, "\(proven)")
  }
}
