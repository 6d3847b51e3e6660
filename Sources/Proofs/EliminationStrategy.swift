import Certificates
import Symbolics

/// Solves x = f(z) one unknown at a time; each output used determines one variable through a
/// bijection of an interval. Triangular maps are the case in which every equation has one unknown
/// left when its turn comes.
struct EliminationStrategy: Strategy {
  let name = "elimination"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.isSquare else { return .stopped("the dimensions differ") }
    var search = EliminationSearch(context)
    guard let steps = search.run() else {
      if let condition = search.parameterConditions.first {
        return .dependsOn(condition.negation, search.reason)
      }
      return .stopped(search.reason)
    }
    return EliminationConclusion(context: context, steps: steps).verdict()
  }
}

/// The search for an order of elimination.
struct EliminationSearch {
  let context: ProofContext
  /// Equations under which a step would fail, on the parameters alone: `b == 0`.
  private(set) var parameterConditions: [Predicate] = []
  private(set) var reason = "no output determines a single variable"
  private var budget = 60

  init(_ context: ProofContext) { self.context = context }

  /// The position in the search: what is solved and what is left.
  struct State {
    var formulas: [Expression]
    var outputs: [Int]
    var variables: [Symbol]
    var assumptions: Assumptions
    var steps: [EliminationStep] = []
  }

  mutating func run() -> [EliminationStep]? { extend(start) }

  /// How far one gets with outputs that have one unknown left.
  mutating func triangularPart() -> State {
    var state = start
    while let next = triangularStep(state) { state = next }
    return state
  }

  private var start: State {
    State(
      formulas: context.formulas, outputs: Array(context.formulas.indices),
      variables: context.inputs, assumptions: context.assumptions)
  }

  private mutating func extend(_ start: State) -> [EliminationStep]? {
    var state = start
    while let next = triangularStep(state) { state = next }
    if state.variables.isEmpty { return state.steps }
    budget -= 1
    guard budget > 0 else {
      reason = "the search for an order of elimination was given up"
      return nil
    }
    for next in substitutionSteps(state) {
      if let steps = extend(next) { return steps }
    }
    return nil
  }

  /// An output with one unknown left, as a bijection in that unknown. The unknown then counts as
  /// known and keeps its name.
  private mutating func triangularStep(_ state: State) -> State? {
    for output in state.outputs {
      let formula = state.formulas[output]
      let unknowns = state.variables.filter { formula.contains($0) }
      guard unknowns.count == 1, let map = bijection(formula, unknowns[0], output, state) else {
        continue
      }
      var next = state
      next.outputs.removeAll { $0 == output }
      next.variables.removeAll { $0 == unknowns[0] }
      next.steps.append(step(output, unknowns[0], formula, map, nil))
      return next
    }
    return nil
  }

  /// Outputs with several unknowns, each solvable for one of them onto the same set for all values
  /// of the others: that unknown is substituted away. The tidiest results come first.
  private mutating func substitutionSteps(_ state: State) -> [State] {
    var found: [State] = []
    for output in state.outputs {
      let formula = state.formulas[output]
      for variable in state.variables where formula.contains(variable) {
        guard let map = bijection(formula, variable, output, state),
          let inverse = map.inverse, let image = map.image,
          !image.freeSymbols.contains(where: state.variables.contains)
        else { continue }
        found.append(substituted(state, output, variable, formula, map, inverse, image))
      }
    }
    func cost(_ state: State) -> Int {
      state.outputs.reduce(0) { $0 + state.formulas[$1].size }
    }
    return found.sorted { cost($0) < cost($1) }
  }

  private func substituted(
    _ state: State, _ output: Int, _ variable: Symbol, _ formula: Expression,
    _ map: ScalarBijection, _ inverse: Expression, _ image: Interval
  ) -> State {
    var next = state
    next.outputs.removeAll { $0 == output }
    next.variables.removeAll { $0 == variable }
    next.assumptions = next.assumptions.adding(context.outputs[output], in: image)
    // What was known of the variable holds of its solution.
    for fact in state.assumptions.facts where fact.freeSymbols.contains(variable) {
      next.assumptions = next.assumptions.adding(fact.substituting([variable: inverse]))
    }
    for other in next.outputs {
      next.formulas[other] = state.formulas[other].substituting(variable, by: inverse)
        .simplified(under: next.assumptions)
    }
    next.steps.append(step(output, variable, formula, map, inverse))
    return next
  }

  private func step(
    _ output: Int, _ variable: Symbol, _ formula: Expression, _ map: ScalarBijection,
    _ substituted: Expression?
  ) -> EliminationStep {
    EliminationStep(
      output: context.outputs[output], variable: variable, equation: formula, map: map,
      isSubstituted: substituted != nil)
  }

  private mutating func bijection(
    _ formula: Expression, _ variable: Symbol, _ output: Int, _ state: State
  ) -> ScalarBijection? {
    let domain = state.assumptions.interval(of: variable)
    let value = context.outputs[output]
    if let map = ScalarBijection.find(
      formula, in: variable, over: domain, value: value, under: state.assumptions)
    {
      return map
    }
    noteParameterCondition(formula, variable, domain, value, state.assumptions)
    reason = "\(value) is not shown to determine \(variable)"
    return nil
  }

  /// Remembers a coefficient of parameters alone whose vanishing is what stops the step.
  private mutating func noteParameterCondition(
    _ formula: Expression, _ variable: Symbol, _ domain: Interval, _ value: Symbol,
    _ assumptions: Assumptions
  ) {
    let parameters = Set(context.problem.parameters.map(\.symbol))
    guard !parameters.isEmpty,
      let solutions = ScalarSolver.solutions(
        of: formula, equals: Expression(value), for: variable, in: domain, under: assumptions)
    else { return }
    let exceptional = solutions.exceptional
    guard exceptional != .never, exceptional.freeSymbols.allSatisfy(parameters.contains),
      !parameterConditions.contains(exceptional)
    else { return }
    parameterConditions.append(exceptional)
  }
}
