import Symbolics
import Tensors

/// What a function is at a pole.
enum PoleValue {
  /// NaN
  case undefined
  /// The infinity that it tends to, by the sign of a zero where sides differ.
  case limits
}

/// The functions of the language: NaN where they are undefined, and compositions arranged so that
/// nothing cancels or overflows.
extension Tensor {
  /// f(x) for a function of one argument.
  ///
  /// - Parameters:
  ///   - function: f
  ///   - poles: what f is at its poles.
  /// - Returns: one number for each of the tensor's.
  func applying(_ function: Function, at poles: PoleValue) -> Tensor {
    switch function {
    case .exp: map(.exponential)
    case .log: excluding(0, poles).map(.logarithm)
    case .expm1: map(.expm1)
    case .log1p: excluding(-1, poles).map(.log1p)
    case .abs: map(.absolute)
    case .sign: map(.sign)
    case .floor: map(.floor)
    case .realRoot(let degree): realRoot(degree)
    case .sin: map(.sine)
    case .cos: map(.cosine)
    case .tan: map(.tangent)
    case .asin: map(.arcsine)
    case .acos: map(.arccosine)
    case .atan: map(.arctangent)
    case .sinh: map(.sinh)
    case .cosh: map(.cosh)
    case .tanh: map(.tanh)
    case .asinh: map(.asinh)
    case .acosh: map(.acosh)
    case .atanh: excluding(1, poles).excluding(-1, poles).map(.atanh)
    case .erf: map(.erf)
    case .erfinv: excluding(1, poles).excluding(-1, poles).map(.inverseErf)
    case .normcdf: map(.normalCDF)
    case .norminv: excluding(0, poles).excluding(1, poles).map(.normalQuantile)
    case .sigmoid: map(.sigmoid)
    case .logit: logit(poles)
    case .softplus: map(.softplus)
    case .lambertw(let branch): map(.lambertW(branch: branch))
    case .atan2, .max, .min, .mod: preconditionFailure("\(function) takes more than one argument")
    }
  }

  /// x, but NaN where it is `pole`.
  func excluding(_ pole: Double) -> Tensor { combined(.excluding, pole) }

  private func excluding(_ pole: Double, _ poles: PoleValue) -> Tensor {
    poles == .undefined ? excluding(pole) : self
  }

  /// a/b
  func divided(by divisor: Tensor, at poles: PoleValue) -> Tensor {
    self / divisor.excluding(0, poles)
  }

  /// The angle of (x, y) in (-π, π], NaN at the origin; the sign of a zero plays no part.
  static func angle(_ y: Tensor, _ x: Tensor) -> Tensor {
    let isOnAxis = y.combined(.equal, 0)
    return select(isOnAxis, abs(y), y)
      .combined(.arctangent2, select(isOnAxis, x.excluding(0), x))
  }

  /// xⁿ for n ≥ 1 by repeated multiplication.
  func integerPower(_ n: Int) -> Tensor {
    if n == 3 { return self * self * self }
    var (power, square, rest) = (nil as Tensor?, self, n)
    while true {
      if rest & 1 == 1 { power = power.map { $0 * square } ?? square }
      rest >>= 1
      if rest == 0 { return power! }
      square = square * square
    }
  }

  /// x^y for x > 0, for x = 0 < y, and for an integer y and x ≠ 0; NaN elsewhere.
  func realPower(_ exponent: Tensor) -> Tensor {
    pow(.select(exponent .< 0, excluding(0), self), exponent)
  }

  /// x^(high + low) for x ≥ 0 and an exponent that is positive and no integer: `low` is what rounding
  /// took from it, x^(high + low) = x^high (1 + low log x) up to the square of low log x.
  func rationalPower(high: Double, low: Double) -> Tensor {
    var base = self
    if high.rounded() == high { base = .select(self .< 0, trace.constant(.nan), self) }
    let power = pow(base, high)
    if low == 0 { return power }
    // At 0 and ∞ the power decides; the logarithm is only to be finite.
    let isInside = (self .> 0) * map(.isFinite)
    return power * (1 + low * log(.select(isInside, self, trace.constant(1))))
  }

  /// The real n-th root of any x, for odd n.
  private func realRoot(_ degree: Int) -> Tensor {
    if degree == 3 { return map(.cubeRoot) }
    let high = 1 / Double(degree)
    let low = Double(1).addingProduct(-high, Double(degree)) / Double(degree)
    return map(.sign) * abs(self).rationalPower(high: high, low: low)
  }

  /// log cosh x = |x| + log(1 + e^(-2|x|)) - log 2, and by cosh x = 1 + 2 sinh²(x/2) near 0.
  var logCosh: Tensor {
    let u = abs(self)
    // No further than it is used: elsewhere it may overflow.
    let near = log1p(2 * square((0.5 * u.combined(.minimum, 1)).map(.sinh)))
    let far = u + (softplus(-2 * u) - 0.693_147_180_559_945_3)
    return .select(u .< 1, near, far)
  }

  /// log(p/(1 - p)) by q = min(p, 1 - p), which is exact: log(q/(1 - q)), and by 1 + (2q - 1)/(1 - q)
  /// where that is close to 1.
  private func logit(_ poles: PoleValue) -> Tensor {
    let q = min(self, 1 - self).excluding(0, poles)
    let rest = 1 - q
    let size = Tensor.select(q .< 0.25, log(q / rest), log1p((2 * q - 1) / rest))
    return .select(self .< 0.5, size, -size)
  }
}
