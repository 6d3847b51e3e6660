public import Certificates
import Evaluation
public import Flows
public import Symbolics
public import Tensors

/// x = f(z) for formulas f that are proven to be a bijection, as a part of any flow.
///
/// Values, the closed form of the inverse and log|det ∂f/∂z| are the formulas of the proof. An unknown
/// without a closed form is the root of a monotone function, found in a bracket, with gradients by the
/// implicit function theorem. Parameters declared by `learn` are parameters of the model, kept in
/// their intervals. Everything runs in the number format of the model: log|det| and its gradient are numbers
/// where |det| itself is one that the format holds.
public struct FormulaBijector: Bijector {
  /// The map, with numbers for all parameters but those that are learned.
  public let problem: Problem
  /// The interval of each coordinate of z.
  public let domain: [Flows.Interval]
  /// An interval that holds all values of each coordinate of x.
  public let codomain: [Flows.Interval]
  /// The parameters that are fitted to data, in the order declared.
  public let learned: [LearnedParameter]
  let map: TracedMap

  /// The map of a problem.
  ///
  /// - Parameters:
  ///   - problem: the map. A parameter that is not learned must have been set.
  ///   - verdict: the prover's verdict on `problem`. Its certificate is checked once more.
  ///   - firstValues: where learned parameters begin.
  /// - Throws: ``FormulaFlowError`` for a map that is not proven bijective on a product of intervals,
  ///   or has parameters that are neither numbers nor can be learned.
  public init(
    _ problem: Problem, verdict: Verdict, firstValues: [Symbol: Double] = [:]
  ) throws(FormulaFlowError) {
    try Self.requireProof(verdict, of: problem)
    self.problem = problem
    learned = try Self.learned(problem, firstValues)
    domain = try problem.domain.box(of: problem.name)
    codomain = try problem.codomain.hull()
    map = try TracedMap(problem, verdict, learned, interior: domain.map(\.interior))
    try tryOut()
  }

  /// D
  public var features: Int { problem.inputs.count }

  /// f(z)
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    traced { () throws(EvaluationError) in
      try map.forward(z, map.parameters(in: scope), scope.trace)
    }
  }

  /// f⁻¹(x); its log-det is -∞ where x is no value of f
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    traced { () throws(EvaluationError) in
      try map.inverse(x, map.parameters(in: scope), scope.trace)
    }
  }

  /// Errors of evaluation were found by ``tryOut()``.
  private func traced(_ body: () throws(EvaluationError) -> Image) -> Image {
    do throws(EvaluationError) {
      return try body()
    } catch {
      preconditionFailure("\(problem.name): \(error)")
    }
  }

  /// Records both directions once, so that what cannot be computed is known from the beginning.
  private func tryOut() throws(FormulaFlowError) {
    let trace = Trace()
    let x = trace.input("x", features: features)
    do {
      let parameters = try map.parameters(in: trace) { trace.constant($0.firstNumber) }
      _ = try map.forward(x, parameters, trace)
      _ = try map.inverse(x, parameters, trace)
    } catch {
      throw .evaluation(error)
    }
  }
}

// MARK: - What is required

extension FormulaBijector {
  private static func requireProof(
    _ verdict: Verdict, of problem: Problem
  ) throws(FormulaFlowError) {
    guard verdict.kind == .bijective else {
      throw .notBijective(
        problem: problem.name, verdict: verdict.kind, condition: verdict.condition)
    }
    guard let certificate = verdict.certificate else {
      throw .notProven(problem: problem.name, step: "there is no certificate")
    }
    switch CertificateChecker.check(certificate, proving: verdict, for: problem) {
    case .rejected(let step): throw .notProven(problem: problem.name, step: step)
    case .accepted, .solver: break
    }
  }

  private static func learned(
    _ problem: Problem, _ firstValues: [Symbol: Double]
  ) throws(FormulaFlowError) -> [LearnedParameter] {
    var learned: [LearnedParameter] = []
    for parameter in problem.parameters {
      guard parameter.isLearned else { throw .parameterWithoutValue(parameter.symbol) }
      learned.append(
        try LearnedParameter(parameter, first: firstValues[parameter.symbol], after: learned))
    }
    for symbol in firstValues.keys.sorted() where !learned.contains(where: { $0.symbol == symbol })
    { throw .notLearned(symbol) }
    return learned
  }
}

// MARK: - After learning

extension FormulaBijector {
  /// The values of the learned parameters.
  ///
  /// - Parameters:
  ///   - parameters: those of a model that this bijector is a part of.
  ///   - path: where it stands there: `bijector` alone in a flow, `bijector.1` as the second part of
  ///     the flow's chain.
  /// - Returns: a value for each symbol; nil if the model has no such parameters.
  public func values(
    in parameters: ParameterSet, at path: String = "bijector"
  ) -> [Symbol: Double]? {
    var numbers: [Symbol: Double] = [:]
    for parameter in learned {
      guard let number = parameters["\(path).\(parameter.symbol)"]?.first else { return nil }
      numbers[parameter.symbol] = number
    }
    let trace = Trace()
    let tensors = try? map.parameters(in: trace) { trace.constant(numbers[$0.symbol]!) }
    return tensors?.compactMapValues { $0.constantValues?.first }
  }

  /// ∂a/∂u of the learned parameters a, for the numbers u that the model keeps in their stead.
  ///
  /// - Parameters:
  ///   - parameters: those of a model that this bijector is a part of.
  ///   - path: where it stands there.
  /// - Returns: a row for each a, in the order of ``learned``, with a column for each u; nil if the model has no such
  ///   parameters.
  public func slopes(
    in parameters: ParameterSet, at path: String = "bijector"
  ) -> [[Double]]? {
    let numbers = learned.compactMap { parameters["\(path).\($0.symbol)"]?.first }
    guard numbers.count == learned.count else { return nil }
    let pool = WorkerPool(count: 1)
    return learned.compactMap { parameter in
      let trace = Trace()
      let places = learned.map { trace.parameter($0.symbol.name, []) }
      let values = try? map.parameters(in: trace) { asked in
        places[learned.firstIndex { $0.symbol == asked.symbol }!]
      }
      guard let value = values?[parameter.symbol] else { return nil }
      let program = Program(trace, outputs: [("value", value)]).differentiated("value")
      return Executor(CompiledProgram(program, precision: .double), pool: pool)
        .values(rows: 1, parameters: numbers).gradients
    }
  }

  /// The problem with the values of the learned parameters in their places, as exact numbers.
  ///
  /// - Parameters:
  ///   - parameters: those of a model that this bijector is a part of.
  ///   - path: where it stands there.
  /// - Returns: a problem without parameters; nil if the model has no such parameters.
  public func fitted(
    in parameters: ParameterSet, at path: String = "bijector"
  ) -> Problem? {
    values(in: parameters, at: path).map { values in
      problem.setting(values.compactMapValues { $0.exactly })
    }
  }
}
