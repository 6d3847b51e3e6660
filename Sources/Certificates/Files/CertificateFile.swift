public import Formats
public import Symbolics

/// A certificate that stands by itself: the map, what is claimed of it, and the evidence.
///
/// As JSON it is one object with `format`, `version`, `name`, `map`, `claim` and `evidence`. The map is
/// the list of its statements in the language of `.flow` files; formulas of claim and evidence are in the
/// syntax of the corpus. It holds nothing that ``CertificateChecker`` does not look at.
public struct CertificateFile: Sendable {
  /// The map with its parameters and sets; no base distribution, questions or claims.
  public let problem: Problem
  /// What the evidence is to prove.
  public let claim: MapClaim
  /// The evidence.
  public let certificate: Certificate

  /// The word in `format` by which a certificate is known.
  public static let format = "diffeo certificate"
  /// The version that is written, and the only one that is read.
  public static let version = 1

  /// `certificate`, for `claim` about the map of `problem`.
  public init(_ problem: Problem, claim: MapClaim, certificate: Certificate) {
    self.problem = problem.mapAlone
    self.claim = claim
    self.certificate = certificate
  }

  /// The certificate of a verdict on `problem`; nil when there is none.
  public init?(_ problem: Problem, verdict: Verdict) {
    guard let certificate = verdict.certificate else { return nil }
    self.init(problem, claim: MapClaim(verdict), certificate: certificate)
  }

  /// Whether the evidence proves the claim, step by step.
  public func check() -> CheckReport {
    CertificateChecker.report(on: certificate, proving: claim, for: problem)
  }

  /// Whether this is about the map of `other`: the same formulas, sets, parameters and names.
  public func isAbout(_ other: Problem) -> Bool {
    problem.mapStatements == other.mapStatements
  }

  /// The certificate as JSON.
  public var json: JSONValue {
    .object([
      .init("format", .string(Self.format)), .init("version", .integer(Self.version)),
      .init("name", .string(problem.name)), .init("map", .strings(problem.mapStatements)),
      .init("claim", claim.json), .init("evidence", certificate.json),
    ])
  }

  /// The certificate that stands at `place`.
  ///
  /// - Throws: a `FormatError` that says where it is not one, and why.
  public init(reading place: JSONPlace) throws(FormatError) {
    try place.requireFields(among: ["format", "version", "name", "map", "claim", "evidence"])
    guard try place.field("format").text() == Self.format else {
      throw try place.field("format").failure(expected: "'\(Self.format)'")
    }
    guard try place.field("version").integer() == Self.version else {
      throw try place.field("version").failure(
        expected: "version \(Self.version)", hint: "another version of diffeo wrote it")
    }
    problem = try Problem(
      reading: place.field("map"), name: try place.field("name").text())
    let reader = FormulaReader(problem)
    claim = try MapClaim(reading: place.field("claim"), reader)
    certificate = try Certificate(reading: place.field("evidence"), reader)
  }
}

extension Problem {
  /// Parameters, domain and stages as statements of a `.flow` file, one each.
  public var mapStatements: [String] {
    mapAlone.flowText.split(separator: "\n").dropFirst().map(String.init)
  }

  /// The problem without what does not belong to the map.
  fileprivate var mapAlone: Problem {
    Problem(name: name, parameters: parameters, domain: domain, stages: stages)
  }

  /// The map that a list of statements defines.
  fileprivate init(reading place: JSONPlace, name: String) throws(FormatError) {
    var lines: [String] = []
    for entry in try place.entries() { lines.append(try entry.text()) }
    let problems: [Problem]
    do {
      problems = try FlowParser.parse(lines.joined(separator: "\n"), file: name)
    } catch {
      throw place.failure(error)
    }
    guard problems.count == 1 else {
      throw place.failure("found \(problems.count) problems", expected: "one map")
    }
    self = problems[0].mapAlone
    self.name = name
  }
}
