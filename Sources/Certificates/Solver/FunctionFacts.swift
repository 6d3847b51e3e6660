import Exact
import Symbolics

/// What a solver is told of a function g that it does not know: facts that are true wherever g is defined, and no
/// definition. Numbers are rational; where a bound is not, a worse one stands for it.
struct FunctionFacts {
  enum Trend { case increasing, decreasing }
  enum Parity { case even, odd }

  /// Strictly.
  var trend: Trend?
  var parity: Parity?
  /// |g(u) - g(v)| < c |u - v| for u ≠ v.
  var contraction: Rational?
  /// |g(u) - g(v)| > c |u - v| for u ≠ v.
  var expansion: Rational?
  /// Numbers u with their values g(u).
  var points: [(argument: Rational, value: Rational)] = []
  /// What holds of each value.
  var bounds: [FunctionBound] = []

  /// |g(u)| < bound, or ≤.
  static func within(_ bound: Rational, strictly isStrict: Bool = true) -> [FunctionBound] {
    [FunctionBound(.below, -bound, isStrict), FunctionBound(.above, bound, isStrict)]
  }

  private static func odd(
    _ trend: Trend? = .increasing, contraction: Rational? = nil, expansion: Rational? = nil,
    _ bounds: [FunctionBound] = []
  ) -> FunctionFacts {
    FunctionFacts(
      trend: trend, parity: .odd, contraction: contraction, expansion: expansion, points: [(0, 0)],
      bounds: bounds)
  }

  private static func share(contraction: Rational) -> FunctionFacts {
    FunctionFacts(
      trend: .increasing, contraction: contraction, points: [(0, Rational(1, over: 2))],
      bounds: [FunctionBound(.below, 0), FunctionBound(.above, 1)])
  }

  private static func quantile(expansion: Rational) -> FunctionFacts {
    FunctionFacts(trend: .increasing, expansion: expansion, points: [(Rational(1, over: 2), 0)])
  }

  /// A bound above π/2.
  private static let quarterTurn = Rational(11, over: 7)

  /// Nil for functions of which nothing is said, and for those that have a term.
  init?(_ function: Function) {
    switch function {
    case .exp:
      self.init(
        trend: .increasing, points: [(0, 1)],
        bounds: [FunctionBound(.below, 0), .tangent(.below, 1)])
    case .expm1:
      self.init(
        trend: .increasing, points: [(0, 0)],
        bounds: [FunctionBound(.below, -1), .tangent(.below, 0)])
    case .log:
      self.init(trend: .increasing, points: [(1, 0)], bounds: [.tangent(.above, -1)])
    case .log1p:
      self.init(trend: .increasing, points: [(0, 0)], bounds: [.tangent(.above, 0)])
    case .sinh: self = .odd(expansion: 1)
    case .cosh:
      self.init(parity: .even, points: [(0, 1)], bounds: [FunctionBound(.below, 1, false)])
    case .tanh: self = .odd(contraction: 1, Self.within(1))
    case .asinh: self = .odd(contraction: 1)
    case .acosh: self.init(trend: .increasing, points: [(1, 0)])
    case .atanh: self = .odd(expansion: 1)
    case .sin: self = .odd(nil, contraction: 1, Self.within(1, strictly: false))
    case .cos:
      self.init(
        parity: .even, contraction: 1, points: [(0, 1)], bounds: Self.within(1, strictly: false))
    case .tan: self = .odd(nil)
    case .asin: self = .odd(expansion: 1, Self.within(Self.quarterTurn))
    case .acos:
      self.init(
        trend: .decreasing, expansion: 1, points: [(1, 0)],
        bounds: [FunctionBound(.below, 0, false), FunctionBound(.above, 2 * Self.quarterTurn)])
    case .atan: self = .odd(contraction: 1, Self.within(Self.quarterTurn))
    // 2/√π = 1.12838…, and half of √π is 0.88622…
    case .erf: self = .odd(contraction: Rational(11284, over: 10000), Self.within(1))
    case .erfinv: self = .odd(expansion: Rational(886, over: 1000))
    // 1/√(2π) = 0.39894…, and √(2π) = 2.50662…
    case .normcdf: self = .share(contraction: Rational(399, over: 1000))
    case .norminv: self = .quantile(expansion: Rational(5, over: 2))
    case .sigmoid: self = .share(contraction: Rational(1, over: 4))
    case .logit: self = .quantile(expansion: 4)
    case .softplus:
      self.init(
        trend: .increasing, contraction: 1,
        bounds: [FunctionBound(.below, 0), FunctionBound(.below, 0, slope: 1)])
    case .lambertw(branch: 0):
      self.init(
        trend: .increasing, points: [(0, 0)],
        bounds: [FunctionBound(.below, -1, false), .tangent(.above, 0)])
    case .lambertw:
      self.init(trend: .decreasing, bounds: [FunctionBound(.above, -1, false)])
    case .abs, .sign, .realRoot, .max, .min, .floor, .mod, .atan2: return nil
    }
  }

  private init(
    trend: Trend? = nil, parity: Parity? = nil, contraction: Rational? = nil,
    expansion: Rational? = nil, points: [(Rational, Rational)] = [],
    bounds: [FunctionBound] = []
  ) {
    (self.trend, self.parity) = (trend, parity)
    (self.contraction, self.expansion) = (contraction, expansion)
    self.points = points.map { (argument: $0.0, value: $0.1) }
    self.bounds = bounds
  }
}
