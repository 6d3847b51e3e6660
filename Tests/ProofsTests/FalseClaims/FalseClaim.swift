import Testing

/// A claim about a map that is false, and what shows it.
struct FalseClaim: Sendable, CustomTestStringConvertible {
  /// What is claimed.
  enum Claim: Sendable { case injective, onto }

  /// What contradicts the claim, in numbers that a test can compute.
  enum Witness: Sendable {
    /// Two points with one image.
    case collision([String], [String])
    /// Three numbers in order; a continuous f of one unknown on an interval turns between them.
    case turn(String, String, String)
    /// Two points of a connected open set, where f is continuous, with determinants of opposite sign.
    case signs([String], [String])
    /// A point of the codomain, and what holds of all values but not of it.
    case missing([String], outside: String)
  }

  let claim: Claim
  let map: String
  let witness: Witness
  /// Values of parameters at which the claim is false.
  var parameters: [String: String] = [:]

  var testDescription: String { "\(claim): \(map)" }
}

extension FalseClaim {
  static func injective(
    _ map: String, _ witness: Witness, at parameters: [String: String] = [:]
  ) -> FalseClaim {
    FalseClaim(claim: .injective, map: map, witness: witness, parameters: parameters)
  }

  static func onto(
    _ map: String, misses point: [String], outside: String, at parameters: [String: String] = [:]
  ) -> FalseClaim {
    FalseClaim(
      claim: .onto, map: map, witness: .missing(point, outside: outside), parameters: parameters)
  }

  static let all =
    turningDerivatives + almostInjective + disconnected + withoutProperness + severalUnknowns
    + outsideOfConditions + ontoLess
}
