import Formats
import FormulaFits
import Learning

extension FitAnswer {
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
