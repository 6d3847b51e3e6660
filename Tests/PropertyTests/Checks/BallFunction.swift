import Exact
import Symbolics

/// The functions of the language in ball arithmetic, each by its own definition.
enum BallFunction {
  static func value(_ function: Function, _ arguments: [Ball], precision p: Int) -> Ball {
    guard arguments.allSatisfy(\.isFinite) else { return .indeterminate }
    let u = arguments[0]
    switch function {
    case .exp: return u.exp(precision: p)
    case .log: return u.log(precision: p)
    case .expm1: return u.expMinusOne(precision: p)
    case .log1p: return u.logOnePlus(precision: p)
    case .abs: return u.magnitude
    case .sign: return u.certifiedSign.map { number(Rational($0), p) } ?? .indeterminate
    case .floor: return floor(u, p)
    case .realRoot(let degree): return u.root(degree, precision: p)
    case .sin: return u.sin(precision: p)
    case .cos: return u.cos(precision: p)
    case .tan: return u.tan(precision: p)
    case .asin: return u.asin(precision: p)
    case .acos: return u.acos(precision: p)
    case .atan: return u.atan(precision: p)
    case .sinh: return u.sinh(precision: p)
    case .cosh: return u.cosh(precision: p)
    case .tanh: return u.tanh(precision: p)
    case .asinh: return u.asinh(precision: p)
    case .acosh: return u.acosh(precision: p)
    case .atanh: return u.atanh(precision: p)
    case .erf: return u.erf(precision: p)
    case .erfinv: return u.erfInverse(precision: p)
    case .normcdf: return u.normalCDF(precision: p)
    case .norminv: return u.normalQuantile(precision: p)
    case .sigmoid: return u.sigmoid(precision: p)
    case .logit:
      let rest = number(.one, p).subtracting(u, precision: p)
      return u.log(precision: p).subtracting(rest.log(precision: p), precision: p)
    case .softplus: return u.softplus(precision: p)
    case .lambertw(let branch):
      return u.lambertW(branch == 0 ? .principal : .lower, precision: p)
    case .atan2: return Ball.atan2(u, arguments[1], precision: p)
    case .max: return Ball.max(u, arguments[1])
    case .min: return Ball.min(u, arguments[1])
    case .mod:
      let (b, quotient) = (arguments[1], u.divided(by: arguments[1], precision: p))
      guard b.certifiedSign == 1 else { return .indeterminate }
      return u.subtracting(b.multiplied(by: floor(quotient, p), precision: p), precision: p)
    }
  }

  private static func number(_ value: Rational, _ precision: Int) -> Ball {
    Ball(value, precision: precision)
  }

  /// ⌊u⌋ where no jump lies in the ball.
  private static func floor(_ u: Ball, _ precision: Int) -> Ball {
    guard let lower = u.lowerBound?.floor(), lower == u.upperBound?.floor() else {
      return .indeterminate
    }
    return number(lower, precision)
  }
}
