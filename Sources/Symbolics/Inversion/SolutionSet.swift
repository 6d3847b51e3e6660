/// All real solutions t of g(t) = y in an interval, as formulas in y and the other symbols of g.
public struct SolutionSet: Sendable {
  /// The solutions; for given values each branch whose condition holds gives one, and no other
  /// solution exists.
  public let branches: [SolutionBranch]
  /// Where the list does not apply: a factor that multiplies the unknown vanishes, so that there
  /// are no or infinitely many solutions. `.never` in the good case.
  public let exceptional: Predicate

  /// The solutions of `branches` and no other, except where `exceptional` holds.
  public init(branches: [SolutionBranch], exceptional: Predicate = .never) {
    self.branches = branches
    self.exceptional = exceptional
  }
}

/// One solution and when it is one.
public struct SolutionBranch: Sendable {
  /// t, as a formula in y and the other symbols of g.
  public let solution: Expression
  /// On y and the other symbols: the branch is a solution in the interval exactly where it holds.
  public let condition: Predicate
  /// How it was found, layer by layer.
  public let steps: [IsolationStep]
}
