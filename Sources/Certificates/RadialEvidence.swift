public import Symbolics

/// f(z) = b + (z - a) h(r)/r with r = |z - a|, and f(a) = b: every sphere about a goes to a sphere about
/// b, each ray from a into a line through b. If h is a bijection of I onto J ⊂ [0, ∞), f is one of
/// {|z - a| ∈ I} onto {|x - b| ∈ J}.
public struct RadialEvidence: Sendable {
  /// a, one entry a coordinate of z.
  public let center: [Expression]
  /// b, one entry a coordinate of x.
  public let image: [Expression]
  /// r, a name that is no coordinate and no parameter.
  public let radius: Symbol
  /// h(r)
  public let formula: Expression
  /// I, in which r lies.
  public let radii: Interval
  /// Why h is a bijection of I; nil where the evidence was read from a file.
  public let profile: ScalarBijection?

  /// f maps the distance r from `center` by `profile` and keeps directions, seen from `image`.
  public init(center: [Expression], image: [Expression], profile: ScalarBijection) {
    self.center = center
    self.image = image
    radius = profile.variable
    formula = profile.formula
    radii = profile.domain
    self.profile = profile
  }

  /// f maps the distance `radius` from `center`, in `radii`, to `formula` and keeps directions, seen from
  /// `image`.
  public init(
    center: [Expression], image: [Expression], radius: Symbol, formula: Expression,
    radii: Interval
  ) {
    self.center = center
    self.image = image
    self.radius = radius
    self.formula = formula
    self.radii = radii
    profile = nil
  }
}

extension Region {
  /// The condition that |p - a| = r puts on r for p to lie in the region; nil where it depends on more
  /// than the distance from a.
  ///
  /// - Parameters:
  ///   - center: a, one entry a coordinate.
  ///   - radius: r, a symbol that is no coordinate.
  ///   - assumptions: what is known of the parameters.
  public func radialCondition(
    about center: [Expression], radius: Symbol, under assumptions: Assumptions
  ) -> Predicate? {
    guard intervals.allSatisfy(\.isReals), dimension > 1 else { return nil }
    let r = Expression(radius)
    let known = assumptions.adding(radius, in: Interval(.closed(.zero), .plusInfinity))
    let distance = Expression.distance(of: coordinates.map { Expression($0) }, from: center)
    var onRay = Dictionary(uniqueKeysWithValues: zip(coordinates, center))
    onRay[coordinates[0]] = center[0] + r
    var parts: [Predicate] = []
    for part in predicate.conjuncts where part != .always {
      guard case .compare(let left, let relation, let right) = part else { return nil }
      let along = (left - right).substituting(onRay).simplified(under: known)
      guard (left - right).isIdentical(to: along.substituting(radius, by: distance)) else {
        return nil
      }
      parts.append(.compare(along, relation, .zero))
    }
    return .all(parts)
  }
}

extension Expression {
  /// |p - a|
  public static func distance(of point: [Expression], from center: [Expression]) -> Expression {
    Expression.sum(zip(point, center).map { ($0 - $1).power(2) }).squareRoot
  }
}
