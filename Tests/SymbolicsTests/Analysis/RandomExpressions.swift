import Exact

@testable import Symbolics

/// Reproducible random formulas and points.
struct RandomExpressions {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((word ^ (word >> 31)) % UInt64(bound))
  }

  mutating func rational() -> Rational {
    let denominators = [1, 1, 1, 2, 3, 10]
    return Rational(next(13) - 6, over: denominators[next(denominators.count)])
  }

  private static let functions: [Function] = [
    .exp, .log, .abs, .realRoot(3), .sin, .cos, .atan, .sinh, .cosh, .tanh, .asinh, .erf,
    .normcdf, .sigmoid, .softplus, .sign, .floor, .expm1, .log1p, .tan, .acos, .atanh, .acosh,
    .logit, .norminv, .lambertw(branch: 0),
  ]

  /// A formula with up to so many nested operations.
  mutating func expression(in symbols: [Symbol], depth: Int) -> Expression {
    if depth == 0 || next(8) == 0 {
      return next(3) == 0
        ? Expression(rational()) : Expression(symbols[next(symbols.count)])
    }
    func inner(_ self: inout Self) -> Expression {
      self.expression(in: symbols, depth: depth - 1)
    }
    switch next(10) {
    case 0, 1, 2: return inner(&self) + inner(&self)
    case 3: return inner(&self) - inner(&self)
    case 4: return inner(&self) * inner(&self)
    case 5:
      let divisor = inner(&self)
      return divisor.isZero ? divisor : inner(&self) / divisor
    case 6: return inner(&self).power(next(4) - 1 == 0 ? 2 : 3)
    case 7:
      let (a, b) = (inner(&self), inner(&self))
      let condition = Predicate.compare(inner(&self), .less, Expression(rational()))
      return .piecewise([Branch(a, if: condition), Branch(b, if: .always)])
    default:
      return .call(Self.functions[next(Self.functions.count)], [inner(&self)])
    }
  }
}
