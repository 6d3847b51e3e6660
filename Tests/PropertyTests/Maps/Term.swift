import Exact
import Foundation

/// A formula twice: its text for a `.flow` file, and its value computed here, by nothing that is
/// under test.
struct Term: Sendable {
  /// In parentheses wherever the parts of a larger formula need them.
  let text: String
  let value: @Sendable ([RunningValue]) -> RunningValue

  static func constant(_ value: Rational) -> Term {
    let text = value.isInteger && value.sign >= 0 ? "\(value)" : "(\(value))"
    return Term(text: text) { _ in RunningValue(value.doubleValue) }
  }

  /// The coordinate number `index` (from 0) of n.
  static func coordinate(_ index: Int, of n: Int) -> Term {
    Term(text: n == 1 ? "z" : "z\(index + 1)") { $0[index] }
  }

  static func + (a: Term, b: Term) -> Term {
    Term(text: "(\(a.text) + \(b.text))") { a.value($0) + b.value($0) }
  }

  static func * (a: Term, b: Term) -> Term {
    Term(text: "\(a.text)*\(b.text)") { a.value($0) * b.value($0) }
  }

  static func * (a: Rational, b: Term) -> Term { a.isOne ? b : .constant(a) * b }

  /// The sum of `terms`, nil when there are none.
  static func sum(_ terms: [Term]) -> Term? {
    guard let first = terms.first else { return nil }
    return terms.dropFirst().reduce(first, +)
  }

  /// self + shift
  func shifted(by shift: Term?) -> Term { shift.map { self + $0 } ?? self }

  func power(_ n: Int) -> Term {
    Term(text: "(\(text))^\(n)") { z in
      let u = value(z)
      let slope = Double(n) * pow(u.value.magnitude, Double(n - 1))
      return u.mapped(to: pow(u.value, Double(n)), slope: slope)
    }
  }

  /// name(self) with the function and the magnitude of its derivative.
  private func call(
    _ name: String, _ function: @escaping @Sendable (Double) -> Double,
    slope: @escaping @Sendable (Double) -> Double
  ) -> Term {
    Term(text: "\(name)(\(text))") { z in
      let u = value(z)
      return u.mapped(to: function(u.value), slope: slope(u.value).magnitude)
    }
  }

  var exponential: Term { call("exp", { exp($0) }, slope: { exp($0) }) }
  var logarithm: Term { call("log", { log($0) }, slope: { 1 / $0 }) }
  var sine: Term { call("sin", { sin($0) }, slope: { cos($0) }) }
  var cosine: Term { call("cos", { cos($0) }, slope: { sin($0) }) }
  var absolute: Term { call("abs", { abs($0) }, slope: { _ in 1 }) }
  var hyperbolicSine: Term { call("sinh", { sinh($0) }, slope: { cosh($0) }) }
  var hyperbolicCosine: Term { call("cosh", { cosh($0) }, slope: { sinh($0) }) }
  var hyperbolicTangent: Term { call("tanh", { tanh($0) }, slope: { 1 / pow(cosh($0), 2) }) }
  var inverseHyperbolicSine: Term { call("asinh", { asinh($0) }, slope: { 1 / hypot(1, $0) }) }
  var squareRoot: Term { call("sqrt", { sqrt($0) }, slope: { 0.5 / sqrt($0) }) }
  var cubeRoot: Term { call("cbrt", { cbrt($0) }, slope: { 1 / (3 * pow(cbrt($0), 2)) }) }
  var softplus: Term { call("softplus", { log1p(exp($0)) }, slope: { 1 / (1 + exp(-$0)) }) }
  var sigmoid: Term {
    call("sigmoid", { 1 / (1 + exp(-$0)) }, slope: { 1 / (2 + 2 * cosh($0)) })
  }
}
