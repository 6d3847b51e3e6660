import ArgumentParser
import Certificates
import Formats
import Symbolics

/// The phases between the source text and the verdict, each of which can be printed.
enum Phase: String, ExpressibleByArgument, CaseIterable {
  case tokens, tree, problem, verdict, certificate, inverse, jacobian

  /// Whether the phase is one of the text, before there are problems.
  var isOfTheSource: Bool { self == .tokens || self == .tree }

  /// Prints the tokens or the syntax trees of texts.
  func printSource(_ texts: [(text: String, file: String)]) throws {
    for (text, file) in texts {
      try Console.print(
        self == .tokens
          ? FlowParser.describeTokens(text, file: file)
          : try FlowParser.describeTree(text, file: file))
    }
  }

  /// The checked problem: parameters, domain, stages, codomain, what has to be defined.
  static func description(of problem: Problem) -> String {
    var lines = ["problem \(problem.name)"]
    for parameter in problem.parameters {
      let kind = parameter.isInteger ? " integer" : ""
      let constraint = parameter.constraint == .always ? "in R" : parameter.constraint.text
      lines.append(
        "  \(parameter.isLearned ? "learn" : "param")\(kind) \(parameter.symbol): \(constraint)")
    }
    lines.append("  domain \(problem.domain.text)")
    for stage in problem.stages {
      for (output, formula) in zip(stage.outputs, stage.formulas) {
        lines.append("  \(output) = \(formula.text)")
      }
      for obligation in stage.obligations {
        lines.append("    \(obligation.source) needs \(obligation.predicate?.text ?? "an integer")")
      }
      let origin = stage.isCodomainStated ? "stated" : "by default"
      lines.append("  codomain \(stage.codomain.text) (\(origin))")
    }
    lines.append("  questions \(problem.questions.count), claims \(problem.claims.count)")
    return lines.joined(separator: "\n") + "\n"
  }

  /// What a proof found.
  func description(of part: ProvenProblem) -> String {
    switch self {
    case .tokens, .tree: ""
    case .problem: Self.description(of: part.problem)
    case .verdict: Self.withoutCertificate(part.answer.json).page + "\n"
    case .certificate: (part.certificate?.json ?? .null).page + "\n"
    case .inverse: inverse(part)
    case .jacobian: jacobian(part)
    }
  }

  private static func withoutCertificate(_ json: JSONValue) -> JSONValue {
    guard case .object(let fields) = json else { return json }
    return .object(fields.filter { $0.name != "certificate" && $0.name != "ms" })
  }

  private func inverse(_ part: ProvenProblem) -> String {
    guard let inverse = part.verdict.inverse else { return "no closed form\n" }
    return zip(part.problem.inputs, inverse).map { "\($0) = \($1.text)\n" }.joined()
  }

  private func jacobian(_ part: ProvenProblem) -> String {
    let problem = part.problem
    let matrix = Matrix.jacobian(of: problem.composedFormulas, by: problem.inputs)
    var lines: [String] = []
    for (output, row) in zip(problem.outputs, matrix.rows) {
      for (input, entry) in zip(problem.inputs, row) where !entry.isZero {
        lines.append("d\(output)/d\(input) = \(entry.text)")
      }
    }
    if let determinant = part.verdict.determinant { lines.append("det Df = \(determinant.text)") }
    if let logDet = part.verdict.logAbsDet { lines.append("log|det Df| = \(logDet.text)") }
    return lines.joined(separator: "\n") + "\n"
  }
}
