import Symbolics

extension ProofNarrative {
  /// Why a layer may be peeled off; nil for what is always allowed.
  func reason(_ rule: IsolationStep.Rule) -> Prose? {
    switch rule {
    case .subtract: nil
    case .divide(let factor, let because):
      factor.isConstant ? nil : "\(sharpened(because)), so the division is allowed"
    case .multiply(let factor, let because):
      factor.isConstant ? nil : "\(sharpened(because)), so it may be multiplied out"
    case .apply(let function):
      function.inverseName.map {
        "\(function.name) is strictly monotone, and \($0) undoes it"
      } ?? "\(function.name) is strictly monotone here"
    case .oddRoot(let degree):
      "an odd power takes every value once; its real root of degree \(degree)"
    case .evenRoot(_, let because): "\(because), which decides the sign of the root"
    case .power: "the power undoes the root"
    case .quadratic(let sign):
      "quadratic formula; only the root with \(sign) is possible here"
    case .rewrite(let kind): rewriting(kind)
    }
  }

  /// u ≠ 0 as u > 0 or u < 0 where the sign is known.
  private func sharpened(_ condition: Predicate) -> Predicate {
    guard case .compare(let u, .unequal, let zero) = condition, zero.isZero else {
      return condition
    }
    switch known.signs(of: u) {
    case .positive: return .compare(u, .greater, zero)
    case .negative: return .compare(u, .less, zero)
    default: return condition
    }
  }

  private func rewriting(_ kind: String) -> Prose {
    switch kind {
    case "collect": "multiplied out and collected"
    case "lambert":
      """
      the Lambert function \(Mathematics.Notation("W", latex: "W")) solves \
      \(Mathematics.Notation("w e^w = u", latex: "w e^w = u")) for \
      \(Mathematics.Notation("w", latex: "w"))
      """
    case "square": "squared; the sign of the root is kept as a condition"
    default: "\(kind)"
    }
  }

  /// Whether a layer distinguishes cases, of which the chain of layers shows only one.
  func distinguishesCases(_ layer: IsolationStep) -> Bool {
    guard case .rewrite(let kind) = layer.rule else { return false }
    return kind == "case" || kind.hasPrefix("branch")
  }
}

extension Function {
  /// The name of the function that undoes this one, where it has one.
  fileprivate var inverseName: String? {
    switch self {
    case .exp: "log"
    case .log: "exp"
    case .expm1: "log1p"
    case .log1p: "expm1"
    case .sinh: "asinh"
    case .asinh: "sinh"
    case .tanh: "atanh"
    case .atanh: "tanh"
    case .tan: "atan"
    case .atan: "tan"
    case .asin: "sin"
    case .acos: "cos"
    case .erf: "erfinv"
    case .erfinv: "erf"
    case .normcdf: "norminv"
    case .norminv: "normcdf"
    case .sigmoid: "logit"
    case .logit: "sigmoid"
    case .realRoot(let degree): degree == 3 ? "the cube" : "the power \(degree)"
    case .softplus, .lambertw, .cosh, .acosh, .sin, .cos, .abs, .sign, .floor, .atan2, .max, .min,
      .mod:
      nil
    }
  }
}
