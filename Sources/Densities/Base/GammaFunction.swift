import Exact
import Symbolics

/// Closed forms of Γ and of the beta function B(a, b) = Γ(a)Γ(b)/Γ(a + b).
enum GammaFunction {
  /// Larger arguments would give numbers of thousands of digits.
  static let argumentLimit = Rational(500)

  /// Γ(a) for a positive integer or half-integer: (a - 1)(a - 2)…, down to Γ(1) = 1 or Γ(1/2) = √π.
  static func value(_ a: Rational) -> Expression? {
    guard a.sign > 0, a <= argumentLimit, (a * 2).isInteger else { return nil }
    var product = Rational.one
    var rest = a
    while rest > 1 {
      rest = rest - 1
      product = product * rest
    }
    return rest == 1 || rest.isZero
      ? Expression(product) : Expression(product) * Expression.pi.squareRoot
  }

  /// B(a, b): any a > 0 for a positive integer b, B = (b - 1)!/(a(a + 1)…(a + b - 1)), or the other
  /// way round; otherwise integers and half-integers.
  static func beta(_ a: Expression, _ b: Expression) -> Expression? {
    for (free, whole) in [(a, b), (b, a)] {
      guard let n = whole.rationalValue, n.isInteger, n.sign > 0, n <= argumentLimit,
        let count = n.asInt, let factorial = value(n)
      else { continue }
      return factorial / .product((0..<count).map { free + Expression(Rational($0)) })
    }
    guard let p = a.rationalValue, let q = b.rationalValue, let first = value(p),
      let second = value(q), let both = value(p + q)
    else { return nil }
    return first * second / both
  }
}
