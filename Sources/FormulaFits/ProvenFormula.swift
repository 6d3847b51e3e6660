import Exact
import Flows
import FormulaFlows
public import Learning
import Proofs
public import Symbolics

/// A problem with `learn` parameters as a flow that a table can be fitted with: read, proven and checked.
public struct ProvenFormula: Sendable {
  /// The map, its domain and its base distribution.
  public let problem: Problem
  /// The flow, with the text that it is made from.
  public let stated: StatedFlow

  /// Reads the only problem of a text, and proves it.
  ///
  /// - Parameters:
  ///   - text: the text of a `.flow` file.
  ///   - file: its name, for messages.
  /// - Throws: `ParseFailure` for what is no problem, `FormulaFlowError` for one that is not proven bijective or has
  ///   parameters without a value, ``FormulaFitError`` for more than one problem and for texts that are too long.
  public init(_ text: String, file: String) throws {
    try self.init(FormulaFitError.onlyProblem(text, file: file), text: text)
  }

  private init(_ problem: Problem, text: String) throws(FormulaFlowError) {
    self.problem = problem
    let bijector = try FormulaBijector(problem, verdict: Prover.verdict(for: problem))
    let base = try FormulaBase.distribution(of: problem)
    stated = StatedFlow(text: text, flow: Flow(base: base, bijector: bijector))
  }
}

extension FlowReader {
  /// Proves the formulas in files of models again. Nothing in them is executed, and what a proof may cost is limited.
  public static let proving = FlowReader { (text: String) throws(Failure) -> Flow in
    do {
      return try ProvenFormula(text, file: "formula").stated.flow
    } catch {
      throw Failure("the formula is no flow: \(error)")
    }
  }
}
