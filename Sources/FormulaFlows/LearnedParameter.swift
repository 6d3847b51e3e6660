import Evaluation
import Flows
public import Symbolics
import Tensors

/// A parameter a of a formula that is fitted to data: a = u, l + softplus(u), r - softplus(u) or
/// l + (r - l) σ(u) for an unconstrained u, as its interval (l, r) has finite ends.
public struct LearnedParameter: Sendable {
  /// a
  public let symbol: Symbol
  /// Where a lies; its ends may depend on parameters declared before it.
  public let interval: Symbolics.Interval
  /// a at first.
  public let firstValue: Double
  /// u at first.
  let firstNumber: Double

  /// The parameter with its first value: by default 0 where that is inside, else one unit from the
  /// only end, or the middle.
  ///
  /// - Parameters:
  ///   - parameter: what is declared.
  ///   - wanted: a first value.
  ///   - earlier: parameters that the ends may depend on.
  init(
    _ parameter: Parameter, first wanted: Double?, after earlier: [LearnedParameter]
  ) throws(FormulaFlowError) {
    if parameter.isInteger { throw .learnedInteger(parameter.symbol) }
    if !parameter.excluded.isEmpty {
      throw .learnedInPieces(parameter.symbol, excluded: parameter.excluded)
    }
    symbol = parameter.symbol
    interval = parameter.interval
    let known = (earlier.map(\.symbol), earlier.map(\.firstValue))
    let lower = try Self.number(interval.lower, known) ?? -.infinity
    let upper = try Self.number(interval.upper, known) ?? .infinity
    guard lower < upper else {
      throw .firstValue(symbol, wanted ?? lower, lower: lower, upper: upper)
    }
    firstValue = wanted ?? Flows.Interval(lower, upper).interior
    guard lower < firstValue, firstValue < upper else {
      throw .firstValue(symbol, firstValue, lower: lower, upper: upper)
    }
    firstNumber = Self.unconstrained(firstValue, lower, upper)
  }

  private static func number(
    _ end: Endpoint, _ known: (symbols: [Symbol], values: [Double])
  ) throws(FormulaFlowError) -> Double? {
    guard let end = end.value else { return nil }
    do {
      return try CompiledFormulas([end], inputs: known.symbols).values(at: known.values)[0]
    } catch {
      throw .evaluation(error)
    }
  }

  /// The ends of the interval.
  ///
  /// - Parameter values: those of the parameters that the ends may depend on.
  /// - Returns: numbers, or infinities; nil where a value is missing.
  public func ends(at values: [Symbol: Double]) -> (lower: Double, upper: Double)? {
    let symbols = interval.freeSymbols
    let known = symbols.compactMap { values[$0] }
    guard known.count == symbols.count,
      let lower = try? Self.number(interval.lower, (symbols, known)) ?? -.infinity,
      let upper = try? Self.number(interval.upper, (symbols, known)) ?? .infinity
    else { return nil }
    return (lower, upper)
  }

  private static func unconstrained(_ a: Double, _ lower: Double, _ upper: Double) -> Double {
    let log = UnaryFunction.logarithm
    switch (lower.isFinite, upper.isFinite) {
    case (false, false): return a
    case (true, true): return log.value((a - lower) / (upper - a))
    case (true, false), (false, true):
      // softplus(u) = d has u = d + log(1 - e⁻ᵈ).
      let distance = lower.isFinite ? a - lower : upper - a
      return distance + log.value(-UnaryFunction.expm1.value(-distance))
    }
  }

  /// a for u.
  ///
  /// - Parameters:
  ///   - number: u
  ///   - compiler: knows the parameters declared before.
  func value(
    of number: Tensor, _ compiler: inout FormulaCompiler
  ) throws(EvaluationError) -> Tensor {
    let (lower, upper) = (interval.lower.value, interval.upper.value)
    switch (lower, upper) {
    case (nil, nil): return number
    case (let lower?, nil): return try compiler.value(of: lower) + softplus(number)
    case (nil, let upper?): return try compiler.value(of: upper) - softplus(number)
    case (let lower?, let upper?):
      let (lower, upper) = (try compiler.value(of: lower), try compiler.value(of: upper))
      return lower + (upper - lower) * sigmoid(number)
    }
  }
}
