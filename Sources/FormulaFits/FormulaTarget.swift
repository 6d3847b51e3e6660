import FormulaFlows
public import Learning
import Symbolics

extension Target {
  /// The target that a text states, as in `z in R^2; logdensity = -z1^2/2 - (z2 - z1^2)^2`.
  ///
  /// - Parameters:
  ///   - text: the text of a `.flow` file with one problem.
  ///   - file: its name, for messages.
  /// - Throws: `ParseFailure` for what is no problem, `FormulaFlowError` for parameters without values and domains that
  ///   are no products of intervals, ``FormulaFitError`` for other problems.
  public init(formula text: String, file: String) throws {
    let problem = try FormulaFitError.onlyProblem(text, file: file)
    guard problem.outputs.map(\.name) == [FormulaDensity.name] else {
      throw FormulaFitError.noTarget
    }
    if let parameter = problem.parameters.first(where: \.isLearned) {
      throw FormulaFitError.learnedTarget(parameter.symbol.name)
    }
    guard let density = try FormulaDensity(problem) else { throw FormulaFitError.noTarget }
    self.init(
      names: density.coordinates.map(\.name), domain: density.domain, text: text,
      logDensity: density.logDensity)
  }
}
