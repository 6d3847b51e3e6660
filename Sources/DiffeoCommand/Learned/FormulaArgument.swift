import Formats
import FormulaFits
import FormulaFlows
import Learning
import Symbolics

/// A formula whose parameters are fitted, as `--flow map.flow` gives it.
struct FormulaArgument {
  let formula: ProvenFormula
  let path: String

  /// The problem in a file, proven.
  init(_ path: String) throws {
    self.path = path
    let text = try TextFile.read(path: path)
    let progress = Progress("proving \(path) …")
    defer { progress.finish() }
    do {
      formula = try ProvenFormula(text, file: path)
    } catch let error as FormulaFlowError {
      throw CommandFailure(.badData, "\(path): error: \(error)")
    } catch let error as FormulaFitError {
      throw CommandFailure(.badData, "\(path): error: \(error)")
    }
  }

  /// Whether the text of a file is that of a problem: it is no JSON object.
  static func isProblem(_ path: String) throws(FormatError) -> Bool {
    guard !path.hasSuffix(".json") else { return false }
    guard !path.hasSuffix(".flow") else { return true }
    return try TextFile.read(path: path).first { !$0.isWhitespace } != "{"
  }

  /// The table with the columns that the formula's outputs are, in their order: those of the same names, or else all, one
  /// after the other.
  func columns(of data: SurveyedTable) throws -> SurveyedTable {
    let outputs = formula.problem.outputs.map(\.name)
    let isByName = outputs.allSatisfy(data.table.columnNames.contains)
    let names = isByName ? outputs : data.roles.modelled
    guard names.count == outputs.count else {
      throw CommandFailure.badData(
        "\(path) has \(outputs.count) outputs, \(outputs.joined(separator: ", ")), but there are \(names.count) "
          + "columns to model: \(names.prefix(20).joined(separator: ", "))",
        hint: "name as many by --columns, in the order of the outputs")
    }
    var roles = data.roles
    roles.modelled = names
    roles.integers = []
    let pairs = zip(outputs, names).map { "\($0) = '\($1)'" }.joined(separator: ", ")
    var survey = data.survey
    survey.roles = roles
    survey.formula = "outputs are columns by \(isByName ? "their names" : "their order"): \(pairs)"
    return SurveyedTable(table: data.table, roles: roles, survey: survey)
  }
}

extension FitOptions {
  /// The formula to fit; nil where `--flow` names another flow, or none.
  func formula() throws -> FormulaArgument? {
    guard let flow, Self.isPath(flow), try FormulaArgument.isProblem(flow) else { return nil }
    let given: [(name: String, isGiven: Bool)] = [
      ("--search", search), ("--members", members > 1), ("--layers", layers != nil),
      ("--hidden", hidden != nil), ("--bins", bins != nil),
    ]
    if let option = given.first(where: \.isGiven) {
      throw CommandFailure.usage("\(option.name) does not go with a formula, which is one flow")
    }
    return try FormulaArgument(flow)
  }
}

extension ColumnOptions {
  /// - Throws: where options are given that a formula, which speaks of the data as they are, has no use for.
  func checkForFormula() throws {
    let given: [(name: String, isGiven: Bool)] = [
      ("--given", given != nil), ("--error", !errors.isEmpty),
      ("--missing model", missing == .model), ("--positive", positive != nil),
      ("--bounds", !bounds.isEmpty),
    ]
    guard let option = given.first(where: \.isGiven) else { return }
    throw CommandFailure.usage(
      "\(option.name) does not go with a formula",
      hint: "the formula says where columns lie, as in x = exp(m + s z) in (0, inf)")
  }
}
