/// Where a symbol goes in a limit.
public enum LimitPoint: Hashable, Sendable {
  case plusInfinity
  case minusInfinity
  /// To the value, through larger numbers.
  case above(Expression)
  /// To the value, through smaller numbers.
  case below(Expression)
}

/// What an expression tends to.
public enum Limit: Hashable, Sendable {
  /// A finite value, and from which side it is approached.
  case finite(Expression, approached: Approach)
  case plusInfinity
  case minusInfinity
  /// Not found, or there is none.
  case unknown

  /// On which side of the limit the values lie, near enough to the limit point.
  public enum Approach: Hashable, Sendable {
    /// Strictly above.
    case fromAbove
    /// Strictly below.
    case fromBelow
    /// Not known.
    case unknown
  }
}

/// The limit of `expression` as `symbol` goes to `point`, for every admissible value of the other
/// symbols.
///
/// By asymptotic expansion in exponentials, powers and logarithms (after D. Gruntz, *On Computing
/// Limits in a Symbolic Manipulation System*, 1996), and by continuity and monotonicity where there
/// is no expansion. `.unknown` when the growth of two parts cannot be compared, as for parameters of
/// unknown sign.
///
/// - Parameters:
///   - expression: What tends to the limit.
///   - symbol: What moves; what the assumptions say of it is not used.
///   - point: Where the symbol goes.
///   - assumptions: What is known of the other symbols.
public func limit(
  of expression: Expression, as symbol: Symbol, to point: LimitPoint,
  under assumptions: Assumptions = Assumptions()
) -> Limit {
  guard expression.size <= 4000 else { return .unknown }
  return LimitCalculus(symbol: symbol, point: point, assumptions: assumptions).limit(of: expression)
}
