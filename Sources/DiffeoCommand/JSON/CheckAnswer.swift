import Certificates
import Formats
import Symbolics

/// What `check` says of one certificate.
struct CheckAnswer {
  private let file: CertificateFile
  private let steps: [String]
  /// The step that does not hold; nil when the certificate is accepted.
  private let rejection: String?
  /// Whether some steps are the word of a solver.
  private let usesSolver: Bool

  /// Checks the certificate, if it is about one of `problems`, where these are given.
  init(_ file: CertificateFile, against problems: [Problem]?) {
    self.file = file
    let progress = Progress("checking \(file.problem.name) …")
    defer { progress.finish() }
    if let problems, let foreign = Self.mismatch(file, problems) {
      (steps, rejection, usesSolver) = ([], foreign, false)
      return
    }
    let report = file.check()
    steps = report.steps
    rejection = if case .rejected(let step) = report.outcome { step } else { nil }
    usesSolver = report.outcome == .solver
  }

  var isAccepted: Bool { rejection == nil }

  /// Why the certificate is not about a problem of the file: names are as they were written, or numbered
  /// as answers for programs have them.
  private static func mismatch(_ file: CertificateFile, _ problems: [Problem]) -> String? {
    let name = file.problem.name
    guard let problem = problems.first(where: { $0.name == name }) else {
      return "the file has no problem '\(name)'"
    }
    let isSame = file.isAbout(problem) || file.isAbout(problem.numbered())
    return isSame ? nil : "the map is the one of problem '\(name)'"
  }

  var json: JSONValue {
    .object([
      .init("name", .string(file.problem.name)),
      .init("verdict", .string(file.claim.kind.rawValue)),
      .init("accepted", .boolean(isAccepted)), .init("solver", .boolean(usesSolver)),
      .init("verified", .strings(steps)),
      .init("failed", .optional(rejection) { .string($0) }),
    ])
  }

  /// The map, the claim, each step that was verified, and the outcome.
  var lines: [String] {
    let claim = [file.claim.words] + (file.claim.formulas(for: file.problem))
    return [file.problem.name] + file.problem.mapStatements.map { "  " + $0 }
      + claim.enumerated().map { ($0 == 0 ? "  claim: " : "         ") + $1 }
      + steps.map { "    ok  " + $0 } + (rejection.map { ["    NO  " + $0] } ?? [])
      + [
        isAccepted
          ? "  ACCEPTED" + (usesSolver ? ", as far as the SMT solver is right" : "") : "  REJECTED"
      ]
  }
}

extension MapClaim {
  /// The verdict in words.
  fileprivate var words: String {
    guard let condition, let kindIfTrue, let kindIfFalse else { return kind.words }
    return "\(kindIfTrue.words) where \(condition.text), else \(kindIfFalse.words)"
  }

  /// The inverse and the image, a line each.
  fileprivate func formulas(for problem: Problem) -> [String] {
    let inverse = zip(problem.inputs, inverse ?? []).map { "\($0) = \($1.text)" }
    return inverse + (image.map { ["image: \($0.text)"] } ?? [])
  }
}

extension Verdict.Kind {
  fileprivate var words: String {
    switch self {
    case .bijective: "bijective"
    case .injectiveNotSurjective: "injective, not onto the codomain"
    case .notInjective: "not injective"
    case .conditional: "conditional"
    case .undecided: "injective"
    case .illPosed: "ill-posed"
    }
  }
}
