/// A bijection t ↦ g(t) from an interval I (less what the facts exclude) onto its image, for every
/// value of the other symbols in g: I, the image and the inverse may depend on them.
public struct ScalarBijection: Sendable {
  /// Whether g rises or falls strictly.
  public enum Direction: Sendable, Equatable { case increasing, decreasing }

  /// Why g is injective and onto its image.
  public enum Justification: Sendable {
    /// g is peeled layer by layer, each an invertible operation.
    case isolation([IsolationStep])
    /// g is continuous and strictly monotone: g' has one sign, its zeros isolated if it has any.
    /// The image is the interval between the limits at the ends.
    case monotone(derivative: Expression)
    /// On each part of I, in rising order, g is such a bijection, and the images are disjoint.
    case pieces([ScalarBijection])
    /// g is such a bijection in each of these cases of its other symbols, of which one holds.
    case cases([BijectionCase])
  }

  /// t, the argument of g.
  public let variable: Symbol
  /// g(t), in `variable` and other symbols.
  public let formula: Expression
  /// I, the interval in which t lies.
  public let domain: Interval
  /// The interval between the limits at the ends of `domain`; nil when g is not monotone on an
  /// interval and only `solvable` describes the image.
  public let image: Interval?
  /// The values that g takes, as a predicate on `value` and the other symbols.
  public let solvable: Predicate
  /// nil when it is not monotone, or rises or falls with the sign of a nonzero parameter.
  public let direction: Direction?
  /// The inverse as a formula in `value` and the other symbols of g.
  public let inverse: Expression?
  /// The symbol that stands for the value g(t) in `inverse`.
  public let value: Symbol
  /// Why g is injective and onto its image.
  public let justification: Justification

  /// The claim that g is a bijection, as data; nothing is checked here.
  public init(
    variable: Symbol, formula: Expression, domain: Interval, image: Interval?,
    solvable: Predicate, direction: Direction?, inverse: Expression?, value: Symbol,
    justification: Justification
  ) {
    self.variable = variable
    self.formula = formula
    self.domain = domain
    self.image = image
    self.solvable = solvable
    self.direction = direction
    self.inverse = inverse
    self.value = value
    self.justification = justification
  }
}
