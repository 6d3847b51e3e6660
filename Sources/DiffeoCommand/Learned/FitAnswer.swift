import Flows
import Formats
import FormulaFits
import FormulaFlows
import Learning
import Symbolics

/// What `fit` and `describe` say of a model.
struct FitAnswer {
  private let learned: LearnedDistribution
  private let path: String

  init(_ learned: LearnedDistribution, path: String) {
    self.learned = learned
    self.path = path
  }

  private var flow: String {
    let summary = learned.architecture.summary
    return learned.members == 1 ? summary : "mean of \(learned.members): \(summary)"
  }

  private var parameterCount: Int { learned.parameterCount }

  private var estimates: FormulaEstimates? { FormulaEstimates(learned) }

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

  var json: JSONValue { json(data: nil) }

  /// The answer with what was said of the table.
  func json(data: JSONValue?) -> JSONValue {
    let (form, provenance) = (learned.architecture, learned.provenance)
    func list(_ columns: Columns) -> JSONValue {
      .array(
        columns.names.indices.map { index in
          let scaling = columns.scalings[index]
          return .object([
            .init("name", .string(columns.names[index])),
            .init("values", .string(columns.kinds[index].text)),
            .init("words", .optional(columns.kinds[index].words) { .strings($0) }),
            .init("mayBeMissing", .boolean(columns.mayBeMissing[index])),
            .init("map", .string(scaling.map.text)),
            .init("mean", .number(scaling.mean)), .init("deviation", .number(scaling.deviation)),
          ])
        })
    }
    return .object([
      .init("model", .string(path)), .init("flow", .string(form.kind.rawValue)),
      .init("members", .integer(learned.members)), .init("layers", .integer(form.layers)),
      .init("hidden", .array(form.hidden.map { .integer($0) })),
      .init("bins", .integer(form.bins)), .init("parameters", .integer(parameterCount)),
      .init("densityOf", .string(learned.densityText)),
      .init("trainingRows", .integer(provenance.trainingRows)),
      .init("validationRows", .integer(provenance.validationRows)),
      .init("bestStep", .integer(provenance.steps)),
      .init("seed", .string(String(provenance.seed))),
      .init("validation", .optional(provenance.validation) { .number($0) }),
      .init(
        "search",
        .optional(provenance.search) { trials in
          .array(
            trials.map { trial in
              .object([
                .init("flow", .string(trial.architecture.summary)),
                .init("round", .integer(trial.round)), .init("steps", .integer(trial.steps)),
                .init("validation", .optional(trial.validation) { .number($0) }),
              ])
            })
        }),
      .init("formula", .optional(learned.architecture.formula) { .string($0.text) }),
      .init("estimates", .optional(estimates) { $0.json }),
      .init("target", .optional(provenance.target) { $0.json }),
      .init("modelsMissing", .boolean(provenance.modelsMissing == true)),
      .init("weights", .optional(provenance.weights) { .string($0) }),
      .init(
        "errors",
        .object(
          (provenance.errors ?? [:]).sorted { $0.key < $1.key }
            .map { .init($0.key, .string($0.value)) })),
      .init("columns", list(learned.columns)), .init("given", list(learned.givenColumns)),
      .init("data", .optional(data) { $0 }),
    ])
  }
}

extension LearnedDistribution {
  /// What log-densities under the model are the densities of.
  var densityText: String {
    let values =
      (provenance.errors ?? [:]).isEmpty ? "values" : "true values, without their errors"
    return columns.kinds.contains(.integer) ? values + "; masses of integers" : values
  }
}

extension ColumnKind {
  fileprivate var text: String {
    switch self {
    case .continuous: "numbers"
    case .integer: "integers"
    case .words: "words"
    }
  }

  fileprivate var words: [String]? {
    if case .words(let words) = self { words } else { nil }
  }
}

extension ColumnMap {
  /// The map as a formula.
  fileprivate var text: String {
    func minus(_ x: Double) -> String {
      x == 0 ? "x" : x < 0 ? "x + \((-x).short)" : "x - \(x.short)"
    }
    switch self {
    case .identity: return "x"
    case .log(let lower): return "log(\(minus(lower)))"
    case .reflectedLog(let upper): return "-log(\(upper.short) - x)"
    case .logit(let lower, let upper): return "log((\(minus(lower)))/(\(upper.short) - x))"
    case .asinh(let center, let width): return "asinh((\(minus(center)))/\(width.short))"
    }
  }
}

extension Double {
  fileprivate var short: String {
    self == rounded() && magnitude < 1e9 ? String(Int(self)) : String(Float(self))
  }
}
