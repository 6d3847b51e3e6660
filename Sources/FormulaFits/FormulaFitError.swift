import Symbolics

/// Why a text does not state one flow, or one target.
public enum FormulaFitError: Error, Hashable, CustomStringConvertible {
  /// None, or several problems: their names.
  case problems([String])
  /// A text that is too long to be kept with a model.
  case tooLong(bytes: Int, limit: Int)
  /// A problem that does not define `logdensity`.
  case noTarget

  /// A target with a parameter to learn: no data say what it is.
  case learnedTarget(String)

  /// A sentence that says what is wrong and what would be right.
  public var description: String {
    switch self {
    case .problems(let names):
      names.isEmpty
        ? "there is no problem; write a map, as in learn m, s > 0; z in R; x = m + s z in R"
        : "there are \(names.count) problems, but one is fitted: \(names.prefix(20).joined(separator: ", "))"
    case .tooLong(let bytes, let limit):
      "the text has \(bytes) bytes, but \(limit) are the most that are kept with a model"
    case .learnedTarget(let name):
      "\(name) is declared by learn, but a target has no data to learn it from; write a number in its place"
    case .noTarget:
      "there is no log-density; define one, as in z in R^2; logdensity = -z1^2/2 - (z2 - z1^2)^2"
    }
  }

  /// Files of models hold texts of formulas up to this size.
  private static let mostBytes = 1 << 16

  /// The only problem of a text.
  static func onlyProblem(_ text: String, file: String) throws -> Problem {
    guard text.utf8.count <= mostBytes else {
      throw FormulaFitError.tooLong(bytes: text.utf8.count, limit: mostBytes)
    }
    let problems = try FlowParser.parse(text, file: file)
    guard problems.count == 1 else { throw FormulaFitError.problems(problems.map(\.name)) }
    return problems[0]
  }
}
