public import Exact
public import Symbolics

/// Df lies in a class of matrices that makes a continuously differentiable f on a product of intervals
/// injective.
public struct UnivalenceEvidence: Sendable {
  /// What is true of Df on the whole domain.
  public enum Rule: Sendable, Equatable {
    /// Df + Dfᵀ - 2 m I is positive semidefinite with m > 0: (f(a) - f(b))·(a - b) ≥ m |a - b|².
    /// On R^n f is then onto as well (Minty 1962, Browder 1963).
    case stronglyMonotone(Rational)
    /// Df + Dfᵀ is positive definite but for the origin: (f(a) - f(b))·(a - b) > 0 for a ≠ b.
    case strictlyMonotone
    /// Every principal minor of Df is positive (Gale and Nikaido 1965).
    case positiveMinors
  }

  /// What is true of Df.
  public let rule: Rule
  /// Df obeys `rule`.
  public init(_ rule: Rule) { self.rule = rule }
}

extension Matrix {
  /// The principal minors: determinants of rows and columns of the same positions, for every set of
  /// positions.
  public func principalMinors(under assumptions: Assumptions) -> [Expression] {
    (1..<(1 << rowCount)).map { set in
      minor(of: (0..<rowCount).filter { set & (1 << $0) != 0 }, under: assumptions)
    }
  }

  /// The principal minors of the first k rows and columns, k = 1 … n.
  public func leadingMinors(under assumptions: Assumptions) -> [Expression] {
    (1...rowCount).map { minor(of: Array(0..<$0), under: assumptions) }
  }

  private func minor(of positions: [Int], under assumptions: Assumptions) -> Expression {
    Matrix(rows: positions.map { row in positions.map { rows[row][$0] } })
      .determinant(under: assumptions).simplified(under: assumptions)
  }
}
