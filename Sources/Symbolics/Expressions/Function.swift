/// The functions of the formula language, all real-valued; ``argumentRequirement`` states the domain
/// of those that are not defined on all of R.
///
/// `sqrt(u)` is the power `u^(1/2)` and no function of its own; `exp` is one, and `e` is `exp(1)`.
/// `realRoot(n)` is the *real* n-th root for odd n ≥ 3 (`cbrt` is `realRoot(3)`), defined on all of R.
public enum Function: Hashable, Sendable {
  case exp, log, expm1, log1p
  case abs, sign, floor
  case realRoot(Int)
  case sin, cos, tan, asin, acos, atan
  case sinh, cosh, tanh, asinh, acosh, atanh
  case erf, erfinv, normcdf, norminv
  case sigmoid, logit, softplus
  /// The branch 0 (on [-1/e, ∞), values ≥ -1) or -1 (on [-1/e, 0), values ≤ -1) of w·e^w = u.
  case lambertw(branch: Int)
  /// The angle of the point (second argument, first argument), in (-π, π].
  case atan2
  case max, min
  /// The remainder of a division by a positive number: `a - b·floor(a/b)`.
  case mod

  /// The name in formulas: `exp`, `cbrt`, `atan2`.
  public var name: String {
    switch self {
    case .realRoot(let degree): degree == 3 ? "cbrt" : "root"
    case .lambertw: "lambertw"
    default: String(describing: self)
    }
  }

  /// Every function of one argument that takes nothing else, by name order of the language.
  public static let unary: [Function] = [
    .exp, .log, .expm1, .log1p, .abs, .sign, .floor, .realRoot(3), .sin, .cos, .tan, .asin, .acos,
    .atan, .sinh, .cosh, .tanh, .asinh, .acosh, .atanh, .erf, .erfinv, .normcdf, .norminv, .sigmoid,
    .logit, .softplus,
  ]
}
