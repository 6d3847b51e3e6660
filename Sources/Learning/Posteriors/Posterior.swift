/// p(xⱼ | the other columns of a row): what a model says of one column when the others are known, or some of them.
public struct Posterior: Hashable, Sendable {
  /// The density on a grid
  public let curve: DensityCurve
  /// By what share of the mass the quadrature may be wrong
  public let quadratureError: Double
  /// What integrating over missing columns adds; nil where none is missing.
  public let integration: Integration?

  /// How well columns that are missing in a row were integrated out.
  public struct Integration: Hashable, Sendable {
    /// The columns
    public let columns: [String]
    /// (Σ w)²/Σ w², what the importance weights w leave of the draws
    public let effectiveDraws: Double
    /// The standard error of the mean: the deviation of the means of ten groups of draws over √10.
    public let meanError: Double
  }
}
