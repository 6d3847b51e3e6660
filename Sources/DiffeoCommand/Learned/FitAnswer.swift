import Flows
import Formats
import FormulaFits
import FormulaFlows
import Learning
import Symbolics

/// What `fit` and `describe` say of a model.
struct FitAnswer {
  let learned: LearnedDistribution
  let path: String

  init(_ learned: LearnedDistribution, path: String) {
    self.learned = learned
    self.path = path
  }

  private var flow: String {
    let summary = learned.architecture.summary
    return learned.members == 1 ? summary : "mean of \(learned.members): \(summary)"
  }

  var parameterCount: Int { learned.parameterCount }

  var estimates: FormulaEstimates? { FormulaEstimates(learned) }

  /// The map of a formula in one line, as it was written.
  private var problem: String? {
    guard let flow = learned.architecture.formula?.flow.bijector as? FormulaBijector else {
      return nil
    }
    let stage = flow.problem.stages[flow.problem.stages.count - 1]
    let outputs = stage.outputs.map(\.name).joined(separator: ", ")
    let formulas = stage.source.joined(separator: ", ")
    return stage.outputs.count == 1
      ? "\(outputs) = \(formulas)" : "(\(outputs)) = (\(formulas))"
  }

  var lines: [String] {
    let provenance = learned.provenance
    var rows = [["model", path], ["flow", flow], ["parameters", String(parameterCount)]]
    if let problem { rows.append(["formula", problem]) }
    if let target = provenance.target {
      rows += target.rows + [["steps", "\(provenance.steps), seed \(provenance.seed)"]]
    } else {
      rows.append(
        ["rows", "\(provenance.trainingRows) to learn, \(provenance.validationRows) to choose"])
      rows.append(["density of", learned.densityText])
      rows.append(["best step", "\(provenance.steps), seed \(provenance.seed)"])
    }
    if let validation = provenance.validation {
      rows.append(["mean log-density of the rows kept apart", "\(validation.digits(4)) nats"])
    }
    if provenance.modelsMissing == true { rows.append(["missing values", "modelled"]) }
    if let weights = provenance.weights { rows.append(["weights", weights]) }
    for (column, deviation) in (provenance.errors ?? [:]).sorted(by: { $0.key < $1.key }) {
      rows.append(["errors of \(column)", deviation])
    }
    var columns = [["column", "use", "values", "map", "mean", "deviation"]]
    for (set, use) in [(learned.columns, "modelled"), (learned.givenColumns, "given")] {
      for (index, name) in set.names.enumerated() {
        columns.append([name, use] + Self.cells(set, index))
      }
    }
    var lines = TextTable.lines(rows) + [""] + TextTable.lines(columns)
    if let remark = provenance.target?.remark { lines += ["", "note: \(remark)"] }
    if let estimates { lines += [""] + estimates.lines }
    if let search = provenance.search { lines += [""] + Self.table(search, learned.architecture) }
    return lines
  }

  /// What was tried, each flow with the last round that it was in; the best first.
  private static func table(_ search: [SearchTrial], _ chosen: Architecture) -> [String] {
    var last: [Architecture: SearchTrial] = [:]
    for trial in search { last[trial.architecture] = trial }
    let ranked = search.filter { last[$0.architecture] == $0 }.sorted { a, b in
      (b.round, b.validation ?? -.infinity) < (a.round, a.validation ?? -.infinity)
    }
    let rows = ranked.map { trial in
      [
        trial.architecture.summary, String(trial.round), String(trial.steps),
        trial.validation.map { $0.digits(4) } ?? "not finite",
      ] + (trial.architecture == chosen ? ["chosen"] : [])
    }
    return TextTable.lines([["flow tried", "round", "steps", "nats"]] + rows)
  }

  /// What a column holds and how it is scaled.
  private static func cells(_ columns: Columns, _ index: Int) -> [String] {
    let (scaling, kind) = (columns.scalings[index], columns.kinds[index])
    let values = kind.text + (columns.mayBeMissing[index] ? ", may be missing" : "")
    if case .words(let words) = kind {
      return [values, words.prefix(5).joined(separator: ", ") + (words.count > 5 ? ", …" : "")]
    }
    return [values, scaling.map.text, scaling.mean.digits(5), scaling.deviation.digits(5)]
  }
}
