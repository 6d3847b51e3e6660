import Exact

/// exp(Σ cᵢ mᵢ)·t^power·(log t)^logPower for t → ∞, where every mᵢ grows faster than log t: one
/// element of the scale in which expansions are written.
struct Growth: Hashable, Sendable {
  /// The terms of the exponent, the fastest growing first.
  var exponent: [GrowthTerm] = []
  var power: Expression = .zero
  var logPower: Expression = .zero

  static let one = Growth()
  static let variable = Growth(power: .one)
  static let logarithm = Growth(logPower: .one)
}

/// coefficient·growth, with a coefficient free of t.
struct GrowthTerm: Hashable, Sendable {
  var coefficient: Expression
  var growth: Growth
}

/// Something could not be compared or expanded: the question stays open.
struct Undecided: Error {}

/// Comparison and multiplication of growths under assumptions on the parameters in them.
final class GrowthScale {
  private let calculus: SignCalculus
  private var known: [Expression: SignSet] = [:]

  init(_ assumptions: Assumptions, effort: SignCalculus.Effort) {
    calculus = SignCalculus(assumptions, effort: effort)
  }

  /// The sign of an expression in the parameters; it must be the same for all of their values.
  func sign(of u: Expression) throws(Undecided) -> Int {
    switch signs(of: u) {
    case .negative: return -1
    case .zero: return 0
    case .positive: return 1
    default: throw Undecided()
    }
  }

  func signs(of u: Expression) -> SignSet {
    if let value = u.rationalValue { return SignSet(sign: value.sign) }
    return calculus.signs(of: u)
  }

  /// An enclosure of a parameter expression.
  func range(of u: Expression) -> Interval? { calculus.range(of: u) }

  func decide(_ predicate: Predicate) -> Bool? { calculus.decide(predicate) }

  /// Whether a parameter expression is an even or an odd integer.
  func parity(of u: Expression) -> Parity? { calculus.assumptions.parity(of: u) }

  /// -1, 0 or 1 as a/b → 0, a = b, a/b → ∞.
  func compare(_ a: Growth, _ b: Growth) throws(Undecided) -> Int {
    let exponent = try sum(a.exponent, b.exponent.map { $0.negated })
    if let leading = exponent.first { return try sign(of: leading.coefficient) }
    let power = try sign(of: a.power - b.power)
    return power != 0 ? power : try sign(of: a.logPower - b.logPower)
  }

  func product(_ a: Growth, _ b: Growth) throws(Undecided) -> Growth {
    Growth(
      exponent: try sum(a.exponent, b.exponent), power: a.power + b.power,
      logPower: a.logPower + b.logPower)
  }

  /// a^r for a parameter expression r.
  func power(_ a: Growth, _ r: Expression) -> Growth {
    Growth(
      exponent: a.exponent.map { GrowthTerm(coefficient: $0.coefficient * r, growth: $0.growth) },
      power: a.power * r, logPower: a.logPower * r)
  }

  /// Two sorted lists merged, terms of one growth added up.
  func sum(_ a: [GrowthTerm], _ b: [GrowthTerm]) throws(Undecided) -> [GrowthTerm] {
    var result: [GrowthTerm] = []
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      switch try compare(a[i].growth, b[j].growth) {
      case 1:
        result.append(a[i])
        i += 1
      case -1:
        result.append(b[j])
        j += 1
      default:
        let coefficient = a[i].coefficient + b[j].coefficient
        if signs(of: coefficient) != .zero {
          result.append(GrowthTerm(coefficient: coefficient, growth: a[i].growth))
        }
        i += 1
        j += 1
      }
    }
    return result + a[i...] + b[j...]
  }
}

extension GrowthTerm {
  var negated: GrowthTerm { GrowthTerm(coefficient: -coefficient, growth: growth) }
}
