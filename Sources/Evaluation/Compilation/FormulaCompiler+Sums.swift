import Symbolics
import Tensors

/// Finite sums whose bounds differ from row to row, or are far apart: loops.
extension FormulaCompiler {
  /// Σ body over index = lower, …, upper.
  ///
  /// What the body uses of its surroundings is computed before the loop.
  mutating func finiteSum(_ sum: FiniteSum) throws(EvaluationError) -> Tensor {
    let rounds = try rounds(of: sum)
    if rounds.fixedCount == 0 { return rounds.start }
    // A name that no formula can have, so that nested sums never share an index.
    let index = Symbol("#", scope.nesting)
    let body = sum.body.substituting(sum.index, by: Expression(index))
    let symbols = body.freeSymbols.filter { $0 != index }.map { Expression($0) }
    let names = symbols + body.maximalParts(without: [index]).filter { !symbols.contains($0) }
    let captured = try names.map { name throws(EvaluationError) in try value(of: name) }
    let outside = scope
    let (total, roundsLeft) = try rounds.summed(captured, roundsLeft: scope.roundsLeft) {
      captured, round throws(EvaluationError) in
      scope = Scope(
        trace: round.index.trace, symbols: [index: round.index],
        memo: Dictionary(uniqueKeysWithValues: zip(names, captured)),
        roundsLeft: round.roundsLeft, isActive: round.isActive, nesting: outside.nesting + 1)
      return (try value(of: body), scope.roundsLeft)
    }
    scope = outside
    scope.roundsLeft = roundsLeft
    return total
  }

  /// The rounds that a sum takes, none where they are more than are left.
  private mutating func rounds(of sum: FiniteSum) throws(EvaluationError) -> Rounds {
    let (lower, upper) = (try value(of: sum.lower), try value(of: sum.upper))
    let isDefined = lower.isWhole * upper.isWhole
    let isWanted = scope.isActive.map { $0 * isDefined } ?? isDefined
    let zero = trace.constant(0)
    let wanted = Tensor.select(isWanted, max(upper - lower + 1, zero), zero)
    let count = Tensor.select(wanted .<= scope.roundsLeft, wanted, zero)
    scope.roundsLeft = scope.roundsLeft - wanted
    return Rounds(
      lower: lower, count: count, start: .select(isDefined, zero, trace.constant(.nan)))
  }
}

/// The rounds of a sum, for each row or the same for all.
private struct Rounds {
  /// The first index.
  let lower: Tensor
  let count: Tensor
  /// What the sum starts from: 0, or NaN where a bound is no integer.
  let start: Tensor

  /// One round as its body sees it.
  struct Round {
    let index: Tensor
    let roundsLeft: Tensor
    /// 1 for the rows that are not done, 0 for the others; nil if all rows have as many rounds.
    let isActive: Tensor?
  }

  /// The number of rounds where no row differs from another.
  var fixedCount: Int? { count.constantValues.map { Int($0[0]) } }

  /// Σ term over the rounds, and the rounds that are left after it. A row that is done adds nothing
  /// more.
  func summed(
    _ captured: [Tensor], roundsLeft: Tensor,
    _ body: ([Tensor], Round) throws(EvaluationError) -> (term: Tensor, roundsLeft: Tensor)
  ) throws(EvaluationError) -> (total: Tensor, roundsLeft: Tensor) {
    let zero = start.trace.constant(0)
    let captured = captured + [lower, count]
    var initial = [zero, start, zero, roundsLeft]
    if let row = (captured + initial).first(where: \.shape.isPerRow) {
      initial = initial.map { $0.spread(like: row) }
    }
    let final: [Tensor]
    if let rounds = fixedCount {
      final = try Tensor.iterated(initial, captured: captured, rounds: rounds) {
        states, captured throws(EvaluationError) in
        try Self.next(states, captured, isActive: nil, body)
      }
    } else {
      final = try Tensor.iterated(initial, captured: captured, limit: FormulaCompiler.roundLimit) {
        states, captured throws(EvaluationError) in
        let count = captured[captured.count - 1]
        let next = try Self.next(states, captured, isActive: states[0] .< count, body)
        return (next, count .<= next[0])
      }
    }
    let (total, lost) = (final[1], final[2])
    return (.select(lost.map(.isFinite), total + lost, total), final[3])
  }

  /// The states round, total, what rounding took from it (Knuth's two-sum), and rounds left.
  private static func next(
    _ states: [Tensor], _ captured: [Tensor], isActive: Tensor?,
    _ body: ([Tensor], Round) throws(EvaluationError) -> (term: Tensor, roundsLeft: Tensor)
  ) throws(EvaluationError) -> [Tensor] {
    let (round, total, lost) = (states[0], states[1], states[2])
    var (term, roundsLeft) = try body(
      captured,
      Round(
        index: captured[captured.count - 2] + round, roundsLeft: states[3], isActive: isActive))
    if let isActive { term = .select(isActive, term, term.trace.constant(0)) }
    let sum = total + term
    let share = sum - total
    let error = (total - (sum - share)) + (term - share)
    return [round + 1, sum, lost + error, roundsLeft]
  }
}

extension Tensor {
  /// 1 for integers and ±∞, else 0.
  fileprivate var isWhole: Tensor { combined(.equal, map(.floor)) }
}

extension Expression {
  /// The largest subexpressions, constants left out, in which none of `symbols` occurs free.
  fileprivate func maximalParts(without symbols: Set<Symbol>) -> [Expression] {
    if isConstant { return [] }
    if !containsAny(of: symbols) { return [self] }
    var parts: [Expression] = []
    func add(_ expression: Expression, without symbols: Set<Symbol>) {
      for part in expression.maximalParts(without: symbols) where !parts.contains(part) {
        parts.append(part)
      }
    }
    if case .finiteSum(let sum) = form {
      add(sum.lower, without: symbols)
      add(sum.upper, without: symbols)
      add(sum.body, without: symbols.union([sum.index]))
    } else {
      for child in form.children { add(child, without: symbols) }
    }
    return parts
  }
}
