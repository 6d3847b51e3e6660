/// One layer peeled off an equation: `before.left = before.right  =>  after.left = after.right`.
public struct IsolationStep: Sendable {
  /// The equation after the step: left side still contains the unknown, right side does not.
  public let left: Expression
  /// The right side after the step.
  public let right: Expression
  /// What was done to both sides.
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

  /// `left` = `right`, reached by `rule`.
  public init(left: Expression, right: Expression, rule: Rule) {
    self.left = left
    self.right = right
    self.rule = rule
  }
}
