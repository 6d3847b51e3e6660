import FormulaFlows
import Proofs
import Symbolics
import Tensors

@testable import Flows

/// A problem from its text.
func problem(_ text: String) throws -> Problem {
  try FlowParser.parse(text, file: "problem")[0]
}

/// A proven problem as a bijector.
func bijector(_ text: String, _ firstValues: [Symbol: Double] = [:]) throws -> FormulaBijector {
  let problem = try problem(text)
  return try FormulaBijector(
    problem, verdict: Prover.verdict(for: problem), firstValues: firstValues)
}

extension Flow {
  /// The flow of a bijector from a standard normal base, as a model.
  static func standard(
    _ bijector: any Bijector, _ precision: Precision = .double
  ) -> Model {
    Model(
      Flow(base: StandardNormal(bijector.features), bijector: bijector), key: RandomKey(seed: 1),
      precision: precision)
  }
}
