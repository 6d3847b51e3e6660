import Exact
import Satisfiability
import Symbolics
import Testing

@testable import Certificates

/// What a solver is told of functions has to be true: the facts are asserted of their values.
@Suite("Facts about functions that a solver is told")
struct FunctionFactsTests {
  private static let functions: [Function] =
    Function.unary + [.lambertw(branch: 0), .lambertw(branch: -1)]

  @Test("hold of values", arguments: functions.filter { FunctionFacts($0) != nil })
  func hold(function: Function) throws {
    let facts = try #require(FunctionFacts(function))
    let numbers = (-40...40).map { Rational($0, over: 8) + Rational(1, over: 97) }
    let calls = numbers.compactMap { call(function, $0) }
    #expect(calls.count >= 2, "\(function) was not tried")
    let assertions = facts.assertions(for: calls, of: function).map { "(assert \($0))" }
    #expect(SMTScript(assertions).answer(effort: 1_000_000_000) == .satisfiable)
  }

  @Test("are odd or even as said", arguments: functions.filter { FunctionFacts($0)?.parity != nil })
  func parity(function: Function) throws {
    let facts = try #require(FunctionFacts(function))
    let calls = [Rational(1, over: 3), Rational(-1, over: 3)].compactMap { call(function, $0) }
    let assertions = facts.assertions(for: calls, of: function).map { "(assert \($0))" }
    #expect(SMTScript(assertions).answer() == .satisfiable)
  }

  @Test("are refuted where they are wrong")
  func wrong() {
    let facts = FunctionFacts(.tanh)!
    let calls = [
      SolverCall(argument: "1.0", value: "0.5"), SolverCall(argument: "2.0", value: "0.4"),
    ]
    let assertions = facts.assertions(for: calls, of: .tanh).map { "(assert \($0))" }
    #expect(SMTScript(assertions).answer() == .unsatisfiable)
  }

  /// g(u) to 30 digits; nil where g is not defined.
  private func call(_ function: Function, _ argument: Rational) -> SolverCall? {
    let value = Expression.call(function, [Expression(argument)]).ball(precision: 100)
    guard value.isFinite, let middle = value.midpoint else { return nil }
    return SolverCall(argument: argument.term, value: middle.term)
  }
}
