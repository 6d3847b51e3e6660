public import Symbolics

/// A strictly monotone bijection t ↦ g(t) from an interval I onto an interval K, for every value of
/// the other symbols in g: I, K and the inverse may depend on them.
public struct ScalarBijection: Sendable {
  public enum Direction: Sendable, Equatable { case increasing, decreasing }

  /// Why g is injective and onto K.
  public enum Justification: Sendable {
    /// g is peeled layer by layer, each an invertible operation.
    case isolation([IsolationStep])
    /// g is continuous and g' has one sign (zeros isolated if not strict); K by the limits at the
    /// ends.
    case monotone(derivative: Expression, sign: String)
  }

  public let variable: Symbol
  public let formula: Expression
  public let domain: Interval
  public let image: Interval
  /// nil when the direction depends on the sign of a quantity that is nonzero.
  public let direction: Direction?
  /// The inverse as a formula in `value` and the other symbols of g.
  public let inverse: Expression?
  /// The symbol that stands for the value g(t) in `inverse`.
  public let value: Symbol
  public let justification: Justification

  public init(
    variable: Symbol, formula: Expression, domain: Interval, image: Interval,
    direction: Direction?, inverse: Expression?, value: Symbol, justification: Justification
  ) {
    self.variable = variable
    self.formula = formula
    self.domain = domain
    self.image = image
    self.direction = direction
    self.inverse = inverse
    self.value = value
    self.justification = justification
  }
}

/// One layer peeled off an equation: `before.left = before.right  =>  after.left = after.right`.
public struct IsolationStep: Sendable {
  /// The equation after the step: left side still contains the unknown, right side does not.
  public let left: Expression
  public let right: Expression
  public let rule: Rule

  /// The named rule that makes the step an equivalence.
  public enum Rule: Sendable {
    /// Subtract a term from both sides.
    case subtract(Expression)
    /// Divide by a factor that is never zero.
    case divide(by: Expression, because: Predicate)
    /// Multiply out a denominator that is never zero.
    case multiply(by: Expression, because: Predicate)
    /// Apply the inverse of a strictly monotone function: its name.
    case apply(inverseOf: Function)
    /// Take the real root of an odd power.
    case oddRoot(Int)
    /// Take the root of an even power of something of known sign.
    case evenRoot(Int, because: Predicate)
    /// Raise to a power: undo a root.
    case power(Expression)
    /// Solve a quadratic, taking the branch that lies in the interval.
    case quadratic(branch: String)
    /// Rewrite the left side so that the unknown occurs once.
    case rewrite(String)
  }

  public init(left: Expression, right: Expression, rule: Rule) {
    self.left = left
    self.right = right
    self.rule = rule
  }
}
