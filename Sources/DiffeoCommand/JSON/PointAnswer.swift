import Densities
import Formats
import Symbolics

/// What `density` says of one point.
struct PointAnswer {
  let problem: String
  let digits: Int
  let answer: PointDensity

  var json: JSONValue {
    .object([
      .init("problem", .string(problem)),
      .init("x", .strings(answer.point.map(\.corpusText))),
      .init(
        "preimages",
        .array(answer.preimages.map { .strings(Self.coordinates($0, \.corpusText)) })),
      .init("exact", .optional(answer.exact) { .string($0.corpusText) }),
      .init("density", .optional(answer.density) { .number($0) }),
      .init("logDensity", .optional(answer.logDensity) { .number($0) }),
      .init("remark", .optional(remark) { .string($0) }),
    ])
  }

  /// All answers with a head, aligned.
  static func table(_ answers: [PointAnswer], isLogarithm: Bool) -> [String] {
    let problems = Set(answers.map(\.problem))
    var head = ["x", "preimages", "p2(x)", isLogarithm ? "log p2(x)" : "decimal", "remark"]
    if problems.count > 1 { head.insert("problem", at: 0) }
    let rows = answers.map { answer -> [String] in
      let row = answer.cells(isLogarithm: isLogarithm)
      return problems.count > 1 ? [answer.problem] + row : row
    }
    let isRemarked = answers.contains { $0.remark != nil }
    let shown = ([head] + rows).map { isRemarked ? $0 : Array($0.dropLast()) }
    return TextTable.lines(shown)
  }

  private func cells(isLogarithm: Bool) -> [String] {
    let preimages = answer.preimages.map { Self.tuple(Self.coordinates($0, \.text)) }
    let decimal =
      isLogarithm
      ? answer.logDecimal(significantDigits: digits)
        ?? (answer.exact?.isZero == true ? "-inf" : nil)
      : answer.decimal(significantDigits: digits)
    return [
      Self.tuple(answer.point.map(\.text)),
      preimages.isEmpty ? noPreimages : preimages.joined(separator: "; "),
      answer.exact?.text ?? "-", decimal ?? "-", remark ?? "",
    ]
  }

  /// What stands for an empty list: known to be empty, or not known.
  private var noPreimages: String {
    switch answer.outcome {
    case .incomplete, .undecided: "unknown"
    case .exact, .numeric, .unassigned: "none"
    }
  }

  private var remark: String? {
    var parts = answer.remarks.map(\.text)
    switch answer.outcome {
    case .incomplete(let reason): parts.append("not all preimages are known: \(reason)")
    case .undecided(let reason): parts.append("undecided: \(reason)")
    case .unassigned where parts.isEmpty: parts.append("critical value: not assigned")
    case .exact, .numeric, .unassigned: break
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private static func coordinates(
    _ preimage: PreimageAtPoint, _ written: (Expression) -> String
  ) -> [String] {
    switch preimage.value {
    case .exact(let point): point.map(written)
    case .numeric(let digits): digits
    }
  }

  private static func tuple(_ entries: [String]) -> String {
    entries.count == 1 ? entries[0] : "(" + entries.joined(separator: ", ") + ")"
  }
}
