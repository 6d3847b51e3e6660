import Exact
import Foundation

/// x = Σ w_k σ(a_k z + c_k) with positive weights and slopes of one sign: R → (0, Σ w_k), bijective.
struct SigmoidSum: Sendable {
  let formula: Term
  let total: Rational
  private let terms: [(weight: Double, slope: Double, shift: Double)]

  static func random(count: Int, using draw: inout SplitMix64) -> SigmoidSum {
    let isFalling = draw.flip(0.3)
    let parts = (0..<count).map { _ in
      (
        weight: draw.positive(), slope: isFalling ? -draw.positive() : draw.positive(),
        shift: draw.flip() ? Rational.zero : draw.coefficient(upTo: 1)
      )
    }
    let z = Term.coordinate(0, of: 1)
    let formulas = parts.map { part in
      let inner = part.slope * z
      return part.weight * (part.shift.isZero ? inner : inner + .constant(part.shift)).sigmoid
    }
    return SigmoidSum(
      formula: Term.sum(formulas)!, total: parts.reduce(.zero) { $0 + $1.weight },
      terms: parts.map { ($0.weight.doubleValue, $0.slope.doubleValue, $0.shift.doubleValue) })
  }

  /// The `.flow` text with the codomain (0, upper).
  func source(upper: Rational, base: String = "normal(0, 1)") -> String {
    """
    z in R
    x = \(formula.text) in (0, \(upper))
    z ~ \(base)
    prove invertible
    """
  }

  func value(at z: Double) -> RunningValue { formula.value([RunningValue(z)]) }

  /// |f'(z)| = Σ w |a| σ(u) (1 - σ(u))
  func slope(at z: Double) -> Double {
    terms.reduce(0) { sum, term in
      sum + term.weight * term.slope.magnitude / (2 + 2 * cosh(term.slope * z + term.shift))
    }
  }
}
