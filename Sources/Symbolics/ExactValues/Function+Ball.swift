import Exact

extension Function {
  /// An interval that contains the value at every point of the arguments; indeterminate where the
  /// function is undefined somewhere in them.
  func ball(_ arguments: [Ball], precision: Int) -> Ball {
    guard let u = arguments.first, arguments.allSatisfy(\.isFinite) else { return .indeterminate }
    switch self {
    case .exp: return u.exp(precision: precision)
    case .log: return u.log(precision: precision)
    case .expm1: return u.expMinusOne(precision: precision)
    case .log1p: return u.logOnePlus(precision: precision)
    case .abs: return u.magnitude
    case .sign: return Self.signBall(u, precision)
    case .floor: return Self.floorBall(u, precision)
    case .realRoot(let degree): return u.root(degree, precision: precision)
    case .sin: return u.sin(precision: precision)
    case .cos: return u.cos(precision: precision)
    case .tan: return u.tan(precision: precision)
    case .asin: return u.asin(precision: precision)
    case .acos: return u.acos(precision: precision)
    case .atan: return u.atan(precision: precision)
    case .sinh: return u.sinh(precision: precision)
    case .cosh: return u.cosh(precision: precision)
    case .tanh: return u.tanh(precision: precision)
    case .asinh: return u.asinh(precision: precision)
    case .acosh: return u.acosh(precision: precision)
    case .atanh: return u.atanh(precision: precision)
    case .erf: return u.erf(precision: precision)
    case .erfinv: return u.erfInverse(precision: precision)
    case .normcdf: return u.normalCDF(precision: precision)
    case .norminv: return u.normalQuantile(precision: precision)
    case .sigmoid: return u.sigmoid(precision: precision)
    case .logit: return Self.logitBall(u, precision)
    case .softplus: return u.softplus(precision: precision)
    case .lambertw(let branch):
      return u.lambertW(branch == 0 ? .principal : .lower, precision: precision)
    case .atan2:
      return arguments.count == 2
        ? Ball.atan2(u, arguments[1], precision: precision) : .indeterminate
    case .max: return arguments.dropFirst().reduce(u) { Ball.max($0, $1) }
    case .min: return arguments.dropFirst().reduce(u) { Ball.min($0, $1) }
    case .mod:
      return arguments.count == 2 ? Self.modBall(u, arguments[1], precision) : .indeterminate
    }
  }

  /// sign(u) ∈ {-1, 0, 1}
  private static func signBall(_ u: Ball, _ precision: Int) -> Ball {
    if let sign = u.certifiedSign { return Ball(Rational(sign), precision: precision) }
    let zero = Ball(.zero, precision: precision)
    let lower = zero.certainlyAtMost(u) ? 0 : -1
    let upper = u.certainlyAtMost(zero) ? 0 : 1
    return Ball(from: Rational(lower), to: Rational(upper), precision: precision)
  }

  private static func floorBall(_ u: Ball, _ precision: Int) -> Ball {
    guard let lower = u.lowerBound, let upper = u.upperBound else { return .indeterminate }
    return Ball(from: lower.floor(), to: upper.floor(), precision: precision)
  }

  /// log(u/(1 - u))
  private static func logitBall(_ u: Ball, _ precision: Int) -> Ball {
    // Increasing, so that the two ends suffice; log u - log(1 - u) at one end loses little.
    let one = Ball(.one, precision: precision)
    func value(_ end: Rational?) -> Ball {
      guard let end else { return .indeterminate }
      let point = Ball(end, precision: precision)
      let rest = one.subtracting(point, precision: precision)
      return point.log(precision: precision)
        .subtracting(rest.log(precision: precision), precision: precision)
    }
    return value(u.lowerBound).union(value(u.upperBound))
  }

  /// a - b·floor(a/b) for b > 0
  private static func modBall(_ a: Ball, _ b: Ball, _ precision: Int) -> Ball {
    guard b.certifiedSign == 1 else { return .indeterminate }
    let quotient = floorBall(a.divided(by: b, precision: precision), precision)
    let result = a.subtracting(
      b.multiplied(by: quotient, precision: precision), precision: precision)
    guard let bound = b.upperBound else { return .indeterminate }
    // The exact remainder lies in [0, b); only a wide quotient gives more.
    return result.intersection(Ball(from: .zero, to: bound, precision: precision))
      ?? .indeterminate
  }
}
