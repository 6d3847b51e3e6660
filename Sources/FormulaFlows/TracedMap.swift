import Certificates
import Densities
import Evaluation
import Exact
import Flows
import Symbolics
import Tensors

/// A proven map as operations on tensors, stage by stage.
struct TracedMap: Sendable {
  private let stages: [MapStage]
  /// For each stage, log|det ∂f⁻¹/∂x| in x, if there is a formula.
  private let inverseLogDets: [Expression?]
  private let learned: [LearnedParameter]
  /// A point of the domain.
  private let interior: [Double]
  private let outputs: [Symbol]
  /// What the values fulfil beyond the intervals between numbers that hold them.
  private let codomain: Predicate
  /// What formulas for log-dets may cost to simplify.
  private static let effort = 100_000

  init(
    _ problem: Problem, _ verdict: Verdict, _ learned: [LearnedParameter], interior: [Double]
  ) throws(FormulaFlowError) {
    let stages = MapStage.stages(of: problem, verdict)
    guard stages.allSatisfy({ $0.inverse != nil && $0.logAbsDet != nil }) else {
      throw .noInverse(problem: problem.name)
    }
    self.stages = stages
    inverseLogDets = EffortLimit.within(Self.effort) { stages.map { $0.inverseLogAbsDet() } }
    self.learned = learned
    self.interior = interior
    outputs = problem.outputs
    let region = problem.codomain
    let isBox = region.isProduct && region.intervals.allSatisfy(\.freeSymbols.isEmpty)
    codomain = isBox ? .always : region.membership(of: outputs.map { Expression($0) })
  }

  // MARK: Parameters

  /// The learned parameters' values; the scope keeps their unconstrained numbers.
  func parameters(in scope: Scope) throws(EvaluationError) -> [Symbol: Tensor] {
    try parameters(in: scope.trace) { parameter in
      scope.parameter(parameter.symbol.name, [], .constant(parameter.firstNumber))
    }
  }

  /// The learned parameters' values for given unconstrained numbers.
  func parameters(
    in trace: Trace, _ number: (LearnedParameter) -> Tensor
  ) throws(EvaluationError) -> [Symbol: Tensor] {
    var values: [Symbol: Tensor] = [:]
    for parameter in learned {
      var compiler = FormulaCompiler(values, in: trace)
      values[parameter.symbol] = try parameter.value(of: number(parameter), &compiler)
    }
    return values
  }

  // MARK: Directions

  /// f(z) with log|det ∂f/∂z|.
  func forward(
    _ z: Tensor, _ parameters: [Symbol: Tensor], _ trace: Trace
  ) throws(EvaluationError) -> Image {
    var logDet = LogDet.zero
    var current = z
    for stage in stages {
      var compiler = FormulaCompiler(
        parameters.adding(stage.inputs, current.coordinates), in: trace)
      let values = try stage.formulas.map { formula throws(EvaluationError) in
        try compiler.value(of: formula)
      }
      logDet = logDet + LogDet(try compiler.value(of: stage.logAbsDet!))
      current = Tensor.concatenated(values).spread(like: z)
    }
    return Image(current, logDet)
  }

  /// f⁻¹(x) with log|det ∂f⁻¹/∂x|. Where x is no value of f, another point takes its place, so that
  /// neither values nor gradients are NaN, and the log-det is -∞.
  func inverse(
    _ x: Tensor, _ parameters: [Symbol: Tensor], _ trace: Trace
  ) throws(EvaluationError) -> Image {
    guard codomain != .always else { return try preimage(x, parameters, trace) }
    var compiler = FormulaCompiler(parameters.adding(outputs, x.coordinates), in: trace)
    let isInside = try compiler.indicator(of: codomain)
    let inner = trace.constant(interior, [interior.count])
    let replacement = try forward(inner, parameters, trace).value.withoutGradient
    let isKept = isInside.repeated(outputs.count)
    let image = try preimage(Tensor.select(isKept, x, replacement), parameters, trace)
    let penalty = Tensor.select(isInside, trace.constant(0), trace.constant(-.infinity))
    return Image(image.value, image.logDet + LogDet(penalty))
  }

  private func preimage(
    _ x: Tensor, _ parameters: [Symbol: Tensor], _ trace: Trace
  ) throws(EvaluationError) -> Image {
    var logDet = LogDet.zero
    var current = x
    for (stage, inverseLogDet) in zip(stages, inverseLogDets).reversed() {
      let plan = stage.inverse!
      var known = parameters.adding(plan.outputs, current.coordinates)
      for step in plan.steps {
        known[step.variable] = try preimage(step, known, trace).spread(like: x)
      }
      var compiler = FormulaCompiler(known, in: trace)
      if let formula = inverseLogDet {
        logDet = logDet + LogDet(try compiler.value(of: formula))
      } else {
        logDet = logDet + -LogDet(try compiler.value(of: stage.logAbsDet!))
      }
      current = Tensor.concatenated(plan.variables.map { known[$0]! })
    }
    return Image(current, logDet)
  }

  private func preimage(
    _ step: TriangularInverse.Step, _ known: [Symbol: Tensor], _ trace: Trace
  ) throws(EvaluationError) -> Tensor {
    switch step {
    case .closedForm(_, let formula):
      var compiler = FormulaCompiler(known, in: trace)
      return try compiler.value(of: formula)
    case .monotone(
      let variable, let formula, let derivative, let domain, _, let isIncreasing, let output):
      let function = MonotoneFormula(
        variable: variable, formula: formula, derivative: derivative, domain: domain,
        isIncreasing: isIncreasing)
      return try function.root(for: known[output]!, known, trace)
    }
  }
}

extension Tensor {
  /// The features as numbers.
  fileprivate var coordinates: [Tensor] { (0..<shape.count).map { column($0) } }
}

extension [Symbol: Tensor] {
  /// With further symbols and their values.
  fileprivate func adding(_ symbols: [Symbol], _ values: [Tensor]) -> [Symbol: Tensor] {
    merging(zip(symbols, values)) { $1 }
  }
}
