/// A condition for a formula to be defined: one partial operation of the source text.
///
/// `log(u)` gives (u, positive), `1/u` gives (u, nonzero), under the conditions of the piecewise
/// branches around it. All of them must hold on the whole domain, else the problem is ill-posed.
public struct Obligation: Hashable, Sendable {
  /// What the operand must satisfy.
  public enum Requirement: Hashable, Sendable {
    /// u ≠ 0, for a denominator.
    case nonzero
    /// u > 0, for a logarithm.
    case positive
    /// u ≥ 0, for a square root.
    case nonnegative
    /// Within an interval, such as [-1, 1] for asin or (0, 1) for logit.
    case within(Interval)
    /// For tan: cos u ≠ 0.
    case cosineNonzero
    /// An integer, as the bounds of a finite sum.
    case integer
  }

  /// The operand.
  public let subject: Expression
  /// What the operand must satisfy.
  public let requirement: Requirement
  /// The conditions under which the operation is reached (branches of a piecewise formula).
  public let guardCondition: Predicate
  /// The piece of source text, `log(z1)`, for messages.
  public let source: String
  /// The indices of finite sums around the operation, with their bounds (the body must be defined
  /// for every index value).
  public let indices: [IndexRange]

  /// An index of a finite sum and its bounds.
  public struct IndexRange: Hashable, Sendable {
    /// The summation index.
    public let index: Symbol
    /// The first value of the index.
    public let lower: Expression
    /// The last value of the index.
    public let upper: Expression
    /// `index` = `lower`, …, `upper`
    public init(_ index: Symbol, from lower: Expression, to upper: Expression) {
      self.index = index
      self.lower = lower
      self.upper = upper
    }
  }

  /// `requirement` of `subject` wherever `guardCondition` holds, for every value of the indices.
  public init(
    _ subject: Expression, _ requirement: Requirement, if guardCondition: Predicate = .always,
    source: String, indices: [IndexRange] = []
  ) {
    self.subject = subject
    self.requirement = requirement
    self.guardCondition = guardCondition
    self.source = source
    self.indices = indices
  }

  /// The requirement as a predicate; nil where the predicate language has no word for it (integer).
  public var predicate: Predicate? {
    switch requirement {
    case .nonzero: .compare(subject, .unequal, .zero)
    case .positive: .compare(subject, .greater, .zero)
    case .nonnegative: .compare(subject, .greaterOrEqual, .zero)
    case .within(let interval): interval.membership(of: subject)
    case .cosineNonzero: .compare(.call(.cos, [subject]), .unequal, .zero)
    case .integer: nil
    }
  }
}
