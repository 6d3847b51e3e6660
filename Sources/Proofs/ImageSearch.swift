import Certificates
import Symbolics

/// Solves f(z) = x for symbolic x, one equation in one unknown at a time, with a case for each way in
/// which what multiplies an unknown may vanish; where a case ends, x has a preimage.
struct ImageSearch {
  let context: ProofContext
  /// The cases that end, each with a preimage of x.
  private(set) var sections: [ImageSection] = []
  private var budget = 40

  init(_ context: ProofContext) { self.context = context }

  /// f(z) = x as far as it is solved.
  private struct State {
    var equations: [(left: Expression, right: Expression)]
    var values: [Symbol: Expression] = [:]
    /// On x: the case.
    var condition: Predicate = .always
  }

  /// Whether every case was followed to its end.
  mutating func run() -> Bool {
    let x = context.outputs.map { Expression($0) }
    return explore(State(equations: zip(context.formulas, x).map { ($0, $1) }))
  }

  private func known(_ state: State) -> Assumptions {
    context.codomainAssumptions.adding(state.condition)
  }

  private func unknowns(_ state: State) -> [Symbol] {
    context.inputs.filter { state.values[$0] == nil }
  }

  private mutating func explore(_ start: State) -> Bool {
    budget -= 1
    guard budget > 0 else { return false }
    var state = start
    let unknowns = unknowns(state)
    state.equations = []
    for (left, right) in start.equations {
      let left = left.substituting(state.values).simplified(under: known(state))
      if left.containsAny(of: unknowns) {
        state.equations.append((left, right))
        continue
      }
      let equation = Predicate.compare(left - right, .equal, .zero)
      switch known(state).decide(equation) {
      case false: return true
      case true: continue
      case nil: state = assuming(equation, state)
      }
    }
    if self.unknowns(state).isEmpty {
      close(state)
      return true
    }
    return solveNext(state)
  }

  private mutating func solveNext(_ state: State) -> Bool {
    for (number, equation) in state.equations.enumerated() {
      let own = unknowns(state).filter { equation.left.contains($0) }
      guard own.count == 1, let position = context.inputs.firstIndex(of: own[0]) else { continue }
      let interval = context.domain.intervals[position].substituting(state.values)
      guard !interval.freeSymbols.contains(where: context.inputs.contains),
        let solutions = ScalarSolver.solutions(
          of: equation.left, equals: equation.right, for: own[0], in: interval,
          under: known(state))
      else { continue }
      for branch in solutions.branches {
        var next = state
        next.condition = .all([
          state.condition, solutions.exceptional.negation, branch.condition,
        ])
        if known(state).decide(next.condition) == false { continue }
        next.equations.remove(at: number)
        next.values[own[0]] = branch.solution.simplified(under: known(next))
        guard explore(next) else { return false }
      }
      for zero in zeros(of: solutions.exceptional, state) {
        guard explore(assuming(zero, state)) else { return false }
      }
      return true
    }
    return state.equations.count < unknowns(state).count && chooseUnknown(state)
  }

  /// More unknowns than equations: one of them takes simple values. What values of f that leaves
  /// out, if any, the checker finds out.
  private mutating func chooseUnknown(_ state: State) -> Bool {
    guard let symbol = unknowns(state).first else { return false }
    let interval = context.assumptions.interval(of: symbol).substituting(state.values)
    let line = Region(coordinates: [symbol], intervals: [interval])
    let search = WitnessSearch(in: line, under: context.parameterAssumptions, pointLimit: 20)
    let isDetermined = state.equations.contains { $0.left.contains(symbol) }
    let choices = search.points(isDetermined ? 2 : 1)
    for choice in choices {
      var next = state
      next.values[symbol] = choice.point[0]
      guard explore(next) else { return false }
    }
    return !choices.isEmpty
  }

  /// The ways in which an equation to be set aside can hold, factor by factor.
  private func zeros(of exceptional: Predicate, _ state: State) -> [Predicate] {
    let parts: [Predicate] = if case .or(let parts) = exceptional { parts } else { [exceptional] }
    return parts.flatMap { part -> [Predicate] in
      let zeros = part.zeroSets(under: known(state))
      return if case .or(let factors) = zeros { factors } else { [zeros] }
    }.filter { $0 != .never && known(state).decide($0) != false }
  }

  /// The case in which `equation` holds as well: an output that it determines is put in everywhere.
  private func assuming(_ equation: Predicate, _ state: State) -> State {
    var next = state
    let plain = equation.zeroSets(under: known(state))
    next.condition = .all([state.condition, plain])
    guard case .compare(let left, .equal, _) = plain else { return next }
    for (symbol, interval) in zip(context.outputs, context.codomain.intervals)
    where left.contains(symbol) {
      guard
        let solutions = ScalarSolver.solutions(
          of: left, equals: .zero, for: symbol, in: interval, under: context.parameterAssumptions),
        solutions.branches.count == 1, solutions.exceptional == .never
      else { continue }
      let fixed = [symbol: solutions.branches[0].solution]
      next.values = next.values.mapValues { $0.substituting(fixed) }
      next.equations = next.equations.map { ($0.substituting(fixed), $1.substituting(fixed)) }
      return next
    }
    return next
  }

  /// Notes the case with its preimage.
  private mutating func close(_ state: State) {
    let preimage = context.inputs.map { state.values[$0]!.simplified(under: known(state)) }
    let codomain = context.codomainAssumptions
    let condition = Predicate.all([
      state.condition, context.domain.predicate.substituting(state.values),
    ]).plainSigns(under: codomain).withoutRedundancy(under: codomain)
    if codomain.decide(condition) == false { return }
    sections.append(ImageSection(condition, preimage: preimage))
  }
}
