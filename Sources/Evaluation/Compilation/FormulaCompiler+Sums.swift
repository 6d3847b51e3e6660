import Exact
import Symbolics
import Tensors

/// Finite sums whose bounds differ from row to row, or are far apart: loops.
extension FormulaCompiler {
  /// Σ body over index = lower, …, upper.
  ///
  /// What the body uses of its surroundings is computed before the loop.
  mutating func finiteSum(_ sum: FiniteSum) throws(EvaluationError) -> Tensor {
    if purpose == .gradients { return try writtenOut(sum) }
    let rounds = try rounds(of: sum)
    if rounds.fixedCount == 0 { return rounds.start }
    // A name that no formula can have, so that nested sums never share an index.
    let index = Symbol("#", scope.nesting)
    let body = sum.body.substituting(sum.index, by: Expression(index))
    let symbols = body.freeSymbols.filter { $0 != index }.map { Expression($0) }
    var surroundings = Surroundings(bound: [index])
    surroundings.visit(body)
    let names = symbols + surroundings.parts.filter { !symbols.contains($0) }
    let captured = try names.map { name throws(EvaluationError) in try value(of: name) }
    let outside = scope
    let final = try rounds.summed(
      captured, roundsLeft: surroundings.hasSum ? scope.roundsLeft : nil
    ) { captured, round throws(EvaluationError) in
      scope = Scope(
        trace: round.index.trace, symbols: [index: round.index],
        memo: Dictionary(uniqueKeysWithValues: zip(names, captured)),
        roundsLeft: round.roundsLeft ?? round.index.trace.constant(0), isActive: round.isActive,
        nesting: outside.nesting + 1)
      return (try value(of: body), scope.roundsLeft)
    }
    scope = outside
    if let roundsLeft = final.roundsLeft { scope.roundsLeft = roundsLeft }
    return final.total
  }

  /// Σ body over index = lower, …, upper, term after term: through a loop that ends by a condition no
  /// gradient flows.
  private mutating func writtenOut(_ sum: FiniteSum) throws(EvaluationError) -> Tensor {
    guard let lower = try value(of: sum.lower).constantValues?.first,
      let upper = try value(of: sum.upper).constantValues?.first
    else { throw .boundsNotConstant(sum.index) }
    guard lower.rounded() == lower, upper.rounded() == upper else { return trace.constant(.nan) }
    guard upper - lower < Double(Self.operationLimit), lower.magnitude < 0x1p53 else {
      throw .formulaTooLarge(limit: Self.operationLimit)
    }
    guard lower <= upper else { return trace.constant(0) }
    let terms = try (Int(lower)...Int(upper)).map { index throws(EvaluationError) in
      try value(of: sum.body.substituting(sum.index, by: Expression(Rational(index))))
    }
    return terms.dropFirst().reduce(terms[0], +)
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
    /// What other loops may take; nil where there are none.
    let roundsLeft: Tensor?
    /// 1 for the rows that are not done, 0 for the others; nil if all rows have as many rounds.
    let isActive: Tensor?
  }

  /// The term of a round, and the rounds that are left after it.
  typealias Body = ([Tensor], Round) throws(EvaluationError) -> (term: Tensor, roundsLeft: Tensor)

  /// The number of rounds where no row differs from another.
  var fixedCount: Int? { count.constantValues.map { Int($0[0]) } }

  /// Σ term over the rounds. A row that is done adds nothing more.
  ///
  /// - Parameters:
  ///   - captured: what the body uses of its surroundings.
  ///   - roundsLeft: what loops within the body may take; nil where there are none.
  ///   - body: one round.
  func summed(
    _ captured: [Tensor], roundsLeft: Tensor?, _ body: Body
  ) throws(EvaluationError) -> (total: Tensor, roundsLeft: Tensor?) {
    var zero = start.trace.constant(0)
    if let row = (captured + [lower, count, start] + (roundsLeft.map { [$0] } ?? []))
      .first(where: \.shape.isPerRow)
    {
      zero = zero.spread(like: row)
    }
    let initial = ([zero, start, zero] + (roundsLeft.map { [$0] } ?? [])).map {
      $0.spread(like: zero)
    }
    let captured = captured + [lower, count, zero]
    let final: [Tensor]
    if let rounds = fixedCount {
      final = try Tensor.iterated(initial, captured: captured, rounds: rounds) {
        states, captured throws(EvaluationError) in
        try Self.next(states, captured, isActive: nil, body)
      }
    } else {
      final = try Tensor.iterated(initial, captured: captured, limit: FormulaCompiler.roundLimit) {
        states, captured throws(EvaluationError) in
        let count = captured[captured.count - 2]
        let next = try Self.next(states, captured, isActive: states[0] .< count, body)
        return (next, count .<= next[0])
      }
    }
    let (total, lost) = (final[1], final[2])
    return (.select(lost.map(.isFinite), total + lost, total), final.dropFirst(3).first)
  }

  /// The states round, total, what rounding took from it (Knuth's two-sum), and rounds left.
  private static func next(
    _ states: [Tensor], _ captured: [Tensor], isActive: Tensor?, _ body: Body
  ) throws(EvaluationError) -> [Tensor] {
    let (round, total, lost) = (states[0], states[1], states[2])
    let (lower, zero) = (captured[captured.count - 3], captured[captured.count - 1])
    let roundsLeft = states.dropFirst(3).first
    let result = try body(
      captured, Round(index: lower + round, roundsLeft: roundsLeft, isActive: isActive))
    let term = isActive.map { Tensor.select($0, result.term, zero) } ?? result.term
    let sum = total + term
    let share = sum - total
    let error = (total - (sum - share)) + (term - share)
    return [round + 1, sum, lost + error] + (roundsLeft == nil ? [] : [result.roundsLeft])
  }
}

extension Tensor {
  /// 1 for integers and ±∞, else 0.
  fileprivate var isWhole: Tensor { combined(.equal, map(.floor)) }
}

/// What the body of a sum uses that does not depend on its index.
private struct Surroundings {
  /// The index, and those of sums around.
  let bound: Set<Symbol>
  /// The largest such subexpressions, save constants, in order.
  private(set) var parts: [Expression] = []
  /// Whether there are sums that depend on the index.
  private(set) var hasSum = false
  private var seen: Set<Expression> = []

  init(bound: Set<Symbol>) { self.bound = bound }

  mutating func visit(_ expression: Expression) {
    guard seen.insert(expression).inserted else { return }
    if !expression.containsAny(of: bound), !expression.isConstant || expression.isSum {
      parts.append(expression)
    } else if case .finiteSum(let sum) = expression.form {
      hasSum = true
      visit(sum.lower)
      visit(sum.upper)
      var inner = Surroundings(bound: bound.union([sum.index]))
      inner.visit(sum.body)
      for part in inner.parts where seen.insert(part).inserted { parts.append(part) }
    } else {
      for child in expression.form.children { visit(child) }
    }
  }
}

extension Expression {
  fileprivate var isSum: Bool {
    if case .finiteSum = form { true } else { false }
  }
}
