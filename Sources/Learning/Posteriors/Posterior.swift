/// p(xⱼ | the other columns of a row): what a model says of one column when the others are known, or some of them.
public struct Posterior: Hashable, Sendable {
  /// The density on a grid; of an integer N the density of the x that it is rounded from, N = round(x).
  public let curve: DensityCurve
  /// The distribution of N in a column of integers; nil in others.
  public let integers: IntegerCurve?
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

  init(
    curve: DensityCurve, isInteger: Bool, quadratureError: Double, integration: Integration?
  ) {
    self.curve = curve
    integers = isInteger ? IntegerCurve(curve) : nil
    self.quadratureError = quadratureError
    self.integration = integration
  }

  /// The mean of the column.
  public var mean: Double { integers?.mean ?? curve.mean }

  /// Its standard deviation.
  public var deviation: Double { integers?.deviation ?? curve.deviation }

  /// Its most likely value.
  public var mode: Double { integers?.mode ?? curve.mode }

  /// The smallest x with P(X ≤ x) ≥ p.
  ///
  /// - Parameter p: from 0 to 1.
  public func quantile(_ p: Double) -> Double { integers?.quantile(p) ?? curve.quantile(p) }

  /// The shortest interval, its ends included, that holds this mass or, of integers, at least this mass.
  ///
  /// - Parameter mass: in (0, 1).
  public func shortestInterval(holding mass: Double) -> (lower: Double, upper: Double) {
    integers?.shortestInterval(holding: mass) ?? curve.shortestInterval(holding: mass)
  }
}
