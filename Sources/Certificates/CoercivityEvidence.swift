public import Symbolics

/// |f(z)| → ∞ as |z| → ∞ in R^n: f(z) = A z + g(z), det A ≠ 0 and |A⁻¹ g(z)| ≤ c |z| + C with c < 1.
public struct CoercivityEvidence: Sendable {
  /// A, row by row, free of z.
  public let matrix: [[Expression]]

  /// f less A z grows more slowly than A z.
  public init(matrix: [[Expression]]) { self.matrix = matrix }
}
