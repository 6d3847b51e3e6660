import Exact
import Symbolics

/// The value of a parameter on the command line: `K=7`, `b=(1,2)`, `A=[[1,2],[3,4]]`.
struct ParameterSetting {
  /// The parameter as it is named on the command line.
  let symbol: Symbol
  private let values: [Expression]
  private let source: String

  init(_ text: String) throws {
    guard let sign = text.firstIndex(of: "=") else {
      throw CommandFailure.usage("--set '\(text)' has no '='", hint: "write --set K=7")
    }
    symbol = Symbol(String(text[..<sign].filter { $0 != " " && $0 != "_" }))
    source = String(text[text.index(after: sign)...])
    values = try Formula.parsePoint(source, file: "--set \(text)")
  }

  /// The value of a parameter that is one number.
  var scalar: Expression? { values.count == 1 ? values[0] : nil }

  func applies(to problem: Problem) -> Bool { !entries(of: problem).isEmpty }

  /// The problem with the value put in.
  func put(into problem: Problem) throws -> Problem {
    let entries = entries(of: problem)
    guard entries.count == values.count else {
      throw CommandFailure.usage(
        "--set \(symbol)=\(source): \(values.count) numbers instead of \(entries.count)",
        hint: entries.count == 1
          ? "\(symbol) is one number"
          : "write a vector as (1,2) and a matrix as [[1,2],[3,4]], row by row")
    }
    var result = problem
    for (entry, value) in zip(entries, values) {
      try requireAllowed(value, for: entry, in: problem)
      result = result.setting([entry.symbol: value])
    }
    return result
  }

  /// The parameter of that name; for a vector or a matrix its entries `a11, a12, …` row by row.
  private func entries(of problem: Problem) -> [Parameter] {
    let same = problem.parameters.filter { $0.symbol == symbol }
    if !same.isEmpty || !symbol.digits.isEmpty { return same }
    let stem = symbol.name.lowercased()
    return problem.parameters.filter { $0.symbol.stem == stem && !$0.symbol.digits.isEmpty }
  }

  private func requireAllowed(_ value: Expression, for parameter: Parameter, in problem: Problem)
    throws
  {
    let constraint = parameter.constraint.substituting([parameter.symbol: value])
    let isInteger = !parameter.isInteger || value.rationalValue?.isInteger == true
    guard Assumptions().decide(constraint) == true, isInteger else {
      let kind = parameter.isInteger ? " an integer and" : ""
      throw CommandFailure.usage(
        "\(parameter.symbol) = \(value.text) is not allowed in problem \(problem.name)",
        hint: "needed:\(kind) \(parameter.constraint.text)")
    }
  }
}
