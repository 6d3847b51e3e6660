import Certificates
import Formats
import Solutions
import Symbolics

/// What `prove`, `solve` and corpus runs say of one problem.
struct VerdictAnswer {
  /// The field that names the problem: `name`, or `id` for a record of a corpus.
  enum NameField: String { case name, id }

  let name: String
  let nameField: NameField
  let verdict: Verdict
  /// The certificate by itself, if there is one.
  let certificate: CertificateFile?
  /// The wall-clock time that the verdict took.
  let milliseconds: Double
  /// What was found of the problem's claims, if it has any.
  let claims: [ClaimAnswer]

  init(
    _ name: String, as nameField: NameField = .name, verdict: Verdict,
    certificate: CertificateFile?, milliseconds: Double, claims: [ClaimAnswer] = []
  ) {
    self.certificate = certificate
    self.claims = claims
    self.name = name
    self.nameField = nameField
    self.verdict = verdict
    self.milliseconds = milliseconds
  }

  var json: JSONValue {
    var fields: [JSONValue.Field] = [
      .init(nameField.rawValue, .string(name)),
      .init("verdict", .string(verdict.kind.rawValue)),
      .init("injective", .string(verdict.injective.rawValue)),
      .init("surjective", .string(verdict.surjective.rawValue)),
      .init("condition", predicate(verdict.condition)),
      .init("verdictIfTrue", .optional(verdict.kindIfTrue) { .string($0.rawValue) }),
      .init("verdictIfFalse", .optional(verdict.kindIfFalse) { .string($0.rawValue) }),
      .init("counterexample", counterexample),
    ]
    if let signs = verdict.certificate?.determinantSigns, counterexample == .null {
      fields.append(.init("detSigns", .array([point(signs.positive), point(signs.negative)])))
    }
    if let evidence = verdict.certificate?.undefined {
      fields.append(.init("witness", point(evidence.witness)))
      if !evidence.parameters.isEmpty {
        fields.append(.init("parameters", .values(evidence.parameters)))
      }
      fields.append(.init("suggestion", .optional(evidence.suggestion) { .string($0) }))
    }
    fields += [
      .init("inverse", .optional(verdict.inverse, point)),
      .init("image", predicate(verdict.image)),
      .init("regularity", regularity),
      .init("singularSet", singularSet),
      .init("logAbsDet", .optional(verdict.logAbsDet) { .string($0.corpusText) }),
      .init("strategy", .string(verdict.strategy)),
      .init("certificate", .optional(certificate) { $0.json }),
      .init("checked", checked),
      .init(
        "tried",
        .array(
          verdict.tried.map {
            .object([
              .init("strategy", .string($0.strategy)), .init("reason", .string($0.reason)),
            ])
          })),
      .init("ms", .number((milliseconds * 1000).rounded() / 1000)),
    ]
    if !claims.isEmpty { fields.append(.init("claims", .array(claims.map(\.json)))) }
    return .object(fields)
  }

  private var counterexample: JSONValue {
    guard verdict.kind == .notInjective, let pair = verdict.certificate?.collision else {
      return .null
    }
    return .array([point(pair.first), point(pair.second)])
  }

  private var regularity: JSONValue {
    switch verdict.regularity {
    case .diffeomorphism: .string("diffeomorphism")
    case .bijectionNotSmooth: .string("bijection_not_smooth")
    case nil: .null
    }
  }

  private var singularSet: JSONValue {
    guard case .bijectionNotSmooth(let set)? = verdict.regularity else { return .null }
    return predicate(set.points)
  }

  private var checked: JSONValue {
    switch verdict.checked {
    case .accepted: .boolean(true)
    case .solver: .string("solver")
    case .rejected, nil: .boolean(false)
    }
  }

  private func predicate(_ predicate: Predicate?) -> JSONValue {
    .optional(predicate) { .string($0.corpusText) }
  }

  private func point(_ point: [Expression]) -> JSONValue { .strings(point.map(\.corpusText)) }
}

extension Certificate {
  /// The collision inside, if there is one.
  var collision: CollisionEvidence? {
    switch self {
    case .collision(let evidence): evidence
    case .both(let parts): parts.lazy.compactMap(\.collision).first
    default: nil
    }
  }

  /// The point at which the map is not defined, or leaves a set, if that is what it shows.
  fileprivate var undefined: IllPosedEvidence? {
    if case .illPosed(let evidence) = self { evidence } else { nil }
  }

  /// The determinant of both signs inside, if there is one.
  var determinantSigns: DeterminantSignEvidence? {
    switch self {
    case .determinantSigns(let evidence): evidence
    case .both(let parts): parts.lazy.compactMap(\.determinantSigns).first
    default: nil
    }
  }
}

extension JSONValue {
  /// The values of parameters, by their names.
  fileprivate static func values(_ values: [Symbol: Expression]) -> JSONValue {
    .object(values.keys.sorted().map { .init($0.name, .string(values[$0]!.corpusText)) })
  }
}

extension ClaimAnswer {
  fileprivate var json: JSONValue {
    var fields: [JSONValue.Field] = [
      .init("claim", .string(claim.source)),
      .init("judgement", .string(judgement.rawValue)),
      .init("reason", .string(reason.text)),
      .init("witness", .optional(witness) { .strings($0.point.map(\.corpusText)) }),
    ]
    if let values = witness?.parameters, !values.isEmpty {
      fields.append(.init("parameters", .values(values)))
    }
    return .object(fields)
  }
}
