import Formats
import FormulaFits
import Learning
import Symbolics

extension TargetEvidence {
  /// How near the model comes, with standard errors.
  var rows: [[String]] {
    [
      ["lower bound (ELBO)", "\(bound.digits(4)) ± \(boundError.digits(4)) nats"],
      ["log of the integral", "\(logNormalizer.digits(4)) ± \(logNormalizerError.digits(4))"],
      ["effective sample size", "\((100 * effectiveShare).digits(1)) % of \(draws) draws"],
    ]
  }

  /// What is to be said where a few draws decide the integral.
  var remark: String? {
    guard effectiveShare < 0.1 else { return nil }
    return
      "few of the draws have most of the weight, so that the integral and its error are not to be relied on; "
      + "take more steps, or another --flow"
  }

  /// All of it.
  var json: JSONValue {
    .object([
      .init("remark", .optional(remark) { .string($0) }),
      .init("text", .string(text)), .init("draws", .integer(draws)), .init("elbo", .number(bound)),
      .init("elboError", .number(boundError)),
      .init("effectiveShare", .number(effectiveShare)),
      .init("logNormalizer", .number(logNormalizer)),
      .init("logNormalizerError", .number(logNormalizerError)),
    ])
  }
}

extension FormulaEstimates {
  /// The table of the parameters, and what is to be said of it.
  var lines: [String] {
    let rows = estimates.map { estimate in
      [
        estimate.symbol.name, estimate.value.significant,
        estimate.standardError.map(\.significant) ?? "-",
      ]
    }
    let table = TextTable.lines(
      [["parameter", "estimate", isRobust ? "robust s.e." : "s.e."]] + rows)
    return table + ["log-likelihood of the rows to learn  \(logLikelihood.digits(4)) nats"]
      + remarks.map { "note: \($0)" }
  }

  /// All of it.
  var json: JSONValue {
    .object([
      .init("logLikelihood", .number(logLikelihood)),
      .init(
        "parameters",
        .array(
          estimates.map { estimate in
            .object([
              .init("name", .string(estimate.symbol.name)),
              .init("estimate", .number(estimate.value)),
              .init("standardError", .optional(estimate.standardError) { .number($0) }),
            ])
          })),
      .init(
        "covariance",
        .optional(covariance) { .array($0.map { row in .array(row.map { .number($0) }) }) }),
      .init("standardErrors", .string(isRobust ? "robust" : "information")),
      .init("remarks", .strings(remarks)),
    ])
  }
}

extension Double {
  /// With about seven significant digits, in units as they are.
  var significant: String {
    let short = Float(self)
    guard !isNaN else { return "nan" }
    return short.isFinite && (short != 0 || self == 0) ? "\(short)" : "\(self)"
  }
}
