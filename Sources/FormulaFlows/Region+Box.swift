import Evaluation
import Exact
import Flows
import Symbolics

extension Region {
  /// The open intervals whose product this is, ends aside.
  ///
  /// - Parameter problem: the name of the problem, for the message.
  /// - Throws: where it is cut down by a condition, or an end depends on a symbol.
  func box(of problem: String) throws(FormulaFlowError) -> [Flows.Interval] {
    guard isProduct, intervals.allSatisfy(\.freeSymbols.isEmpty) else {
      throw .domainIsNoBox(problem: problem, domain: text)
    }
    return try hull()
  }

  /// Open intervals between numbers whose product holds the region, ends aside.
  func hull() throws(FormulaFlowError) -> [Flows.Interval] {
    try intervals.map { interval throws(FormulaFlowError) in
      Flows.Interval(
        try Self.number(interval.lower) ?? -.infinity, try Self.number(interval.upper) ?? .infinity)
    }
  }

  /// An end that is a number; nil for infinities and for ends that depend on symbols.
  private static func number(_ end: Endpoint) throws(FormulaFlowError) -> Double? {
    guard let value = end.value, value.freeSymbols.isEmpty else { return nil }
    do {
      return try CompiledFormulas([value], inputs: []).values(at: [])[0]
    } catch {
      throw .evaluation(error)
    }
  }
}

extension Double {
  /// The number as an exact expression; nil for infinities and NaN.
  var exactly: Expression? { Rational(exactly: self).map { Expression($0) } }
}
