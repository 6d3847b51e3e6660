public import Symbolics

extension Certificate {
  /// The cases that its conditions on parameters tell apart, each with the condition and the
  /// certificate for it.
  public var cases: [(condition: Predicate, certificate: Certificate)] {
    guard case .condition(let condition, let ifTrue, let ifFalse) = self else {
      return [(.always, self)]
    }
    return ifTrue.cases.map { (.all([condition, $0.condition]), $0.certificate) }
      + ifFalse.cases.map { (.all([condition.negation, $0.condition]), $0.certificate) }
  }

  /// What it is evidence of, without a check; nil where that depends on parameters.
  public var kind: Verdict.Kind? {
    switch self {
    case .inverse, .triangular, .radial, .univalent, .solver, .coercive, .regular: .bijective
    case .factored(let evidence): Self.kind(ofStack: evidence.parts)
    case .stages(let parts): Self.kind(ofStack: parts)
    case .affine(let evidence):
      evidence.kernel?.isEmpty == true
        ? .bijective : evidence.determinant.isZero ? .notInjective : nil
    case .condition: nil
    case .collision, .determinantSigns, .invarianceOfDomain: .notInjective
    case .missingPoint: .injectiveNotSurjective
    case .illPosed: .illPosed
    case .image: nil
    case .both(let parts):
      [.notInjective, .injectiveNotSurjective, .bijective].first { kind in
        parts.contains { $0.kind == kind }
      }
    }
  }

  private static func kind(ofStack parts: [Certificate]) -> Verdict.Kind? {
    parts.contains { $0.kind == nil } ? nil : .bijective
  }
}
