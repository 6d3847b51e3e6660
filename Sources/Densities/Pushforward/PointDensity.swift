public import Symbolics

/// p2 at one exact point, with every step on the way as data.
public struct PointDensity: Sendable {
  /// The point x.
  public let point: [Expression]
  /// The preimages of x, those outside of the base's support included.
  public let preimages: [PreimageAtPoint]
  /// What the density is.
  public let outcome: Outcome
  /// What is to be said about the point besides.
  public let remarks: [DensityRemark]

  /// The density at a point.
  public enum Outcome: Sendable, Equatable {
    /// The exact value, simplified; possibly with parameters in it, possibly 0.
    case exact(Expression)
    /// A number to the digits asked for; the preimage has no closed form.
    case numeric(decimal: String, logDecimal: String?)
    /// Not assigned: x is a critical value or in another null set where the formula says nothing.
    case unassigned
    /// Not all preimages are known, with the reason: nothing is said of the density.
    case incomplete(String)
    /// A question on the way was not decided: which.
    case undecided(String)
  }

  /// p2(x) as an exact expression, if there is one.
  public var exact: Expression? {
    if case .exact(let value) = outcome { value } else { nil }
  }

  /// p2(x) to `significantDigits` certified digits; nil when it is not a known number.
  public func decimal(significantDigits: Int) -> String? {
    switch outcome {
    case .exact(let value):
      ExactConstant.decimal(of: value, significantDigits: significantDigits)
    case .numeric(let decimal, _): decimal
    case .unassigned, .incomplete, .undecided: nil
    }
  }

  /// log p2(x) to `significantDigits` certified digits; nil where p2(x) is 0 or not known.
  public func logDecimal(significantDigits: Int) -> String? {
    switch outcome {
    case .exact(let value):
      value.isZero
        ? nil : ExactConstant.decimal(of: .log(value), significantDigits: significantDigits)
    case .numeric(_, let logDecimal): logDecimal
    case .unassigned, .incomplete, .undecided: nil
    }
  }

  /// p2(x) as the nearest `Double`, up to one unit in the last place.
  public var density: Double? { decimal(significantDigits: 17).flatMap { Double($0) } }
  /// log p2(x) likewise; nil where p2(x) is 0.
  public var logDensity: Double? { logDecimal(significantDigits: 17).flatMap { Double($0) } }
}

/// One preimage z of a point x and its share of the density.
public struct PreimageAtPoint: Sendable {
  /// z, exact; or decimals when there is no closed form.
  public let value: Value
  /// Whether each coordinate lies in the base's support.
  public let membership: [CoordinateMembership]
  /// p1(z); 0 outside of the support.
  public let baseDensity: Expression?
  /// |det Df⁻¹(x)| = 1/|det Df(z)|, if both exist.
  public let inverseDeterminant: Expression?
  /// p1(z)·|det Df⁻¹(x)|
  public let share: Expression?

  /// A point given exactly or by its digits.
  public enum Value: Sendable, Equatable {
    case exact([Expression])
    case numeric([String])
  }

  /// z as formulas, if it is exact.
  public var point: [Expression]? {
    if case .exact(let point) = value { point } else { nil }
  }
  /// Whether z lies in the base's support.
  public var isInSupport: Bool { membership.allSatisfy(\.isMember) }
}

/// Whether one coordinate of a preimage lies within the base's support: `2e > 2`.
public struct CoordinateMembership: Sendable, Equatable {
  /// The coordinate's name.
  public let coordinate: Symbol
  /// Its value at the preimage.
  public let value: Expression
  /// The support of this coordinate.
  public let interval: Interval
  /// Whether the value lies in the interval.
  public let isMember: Bool
  /// The comparison that fails, as it is true: value < lower or value > upper.
  public let violation: Predicate?
  /// The end of the interval that the value equals.
  public let boundary: Endpoint?
}

/// A remark on the density at a point.
public enum DensityRemark: Sendable, Equatable {
  /// A coordinate of the preimage lies on an end of the support.
  case onBoundary(Symbol, Endpoint)
  /// A coordinate of the only preimage is outside of the support: its name, and value < lower or
  /// value > upper.
  case outsideSupport(Symbol, Predicate)
  /// x is not in the codomain.
  case outsideCodomain
  /// x is in the codomain and no value of f.
  case noPreimage
  /// det Df = 0 at a preimage of x.
  case criticalValue(preimage: [Expression])
  /// Infinitely many points have the image x.
  case infiniteFibre
  /// x is in a null set that the formulas leave out.
  case exceptional(Predicate)
  /// f is not differentiable at the preimage (or not known to be, when that is not certain); the
  /// value is that of p1(f⁻¹(x))·|det Df⁻¹(x)|.
  case valueByInverse(preimage: [Expression], isCertain: Bool)
  /// f is not differentiable at the preimage, nor f⁻¹ at x (or neither is known to be, when that is not
  /// certain).
  case notDifferentiable(preimage: [Expression], isCertain: Bool)
  /// The density holds for parameters that satisfy this.
  case requires(Predicate)

  /// The remark as a sentence.
  public var text: String {
    switch self {
    case .onBoundary(let coordinate, let end):
      "\(coordinate) = \(end.value?.text ?? "") is on the boundary of the support, "
        + (end.isClosed ? "which belongs to it as written" : "which does not belong to it")
    case .outsideSupport(let coordinate, let violation):
      "outside the support: \(coordinate) = \(violation.text)"
    case .outsideCodomain: "outside the codomain"
    case .noPreimage: "no preimage: not a value of f"
    case .criticalValue(let preimage):
      "critical value: det Df = 0 at z = \(Self.text(preimage)); "
        + "the density is not assigned on this null set"
    case .infiniteFibre:
      "critical value: infinitely many points have this image; "
        + "the density is not assigned on this null set"
    case .exceptional(let predicate):
      "critical value: the density is not assigned on the null set \(predicate.text)"
    case .notDifferentiable(let preimage, let isCertain):
      Self.noDerivative(at: preimage, isCertain)
        + "; the density is not assigned on this null set"
    case .valueByInverse(let preimage, let isCertain):
      Self.noDerivative(at: preimage, isCertain)
        + "; the value is that of the formula with the inverse"
    case .requires(let predicate): "for \(predicate.text)"
    }
  }

  private static func noDerivative(at preimage: [Expression], _ isCertain: Bool) -> String {
    "f is not \(isCertain ? "" : "shown to be ")differentiable at z = \(text(preimage))"
  }

  private static func text(_ point: [Expression]) -> String {
    point.count == 1
      ? point[0].text : "(" + point.map(\.text).joined(separator: ", ") + ")"
  }
}
