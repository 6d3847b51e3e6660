import Certificates

/// The kinds of evidence in a certificate; a new one does not compile before it is named here.
enum EvidenceKind: String, CaseIterable {
  case inverse, triangular, affine, radial, univalent, solver, coercive, regular, factored,
    collision
  case determinantSigns, invarianceOfDomain, missingPoint, image, condition, stages, illPosed

  /// The kinds in a certificate, those inside of others included.
  static func all(in certificate: Certificate) -> Set<EvidenceKind> {
    switch certificate {
    case .inverse: [.inverse]
    case .triangular: [.triangular]
    case .affine: [.affine]
    case .radial: [.radial]
    case .univalent: [.univalent]
    case .solver: [.solver]
    case .coercive: [.coercive]
    case .regular: [.regular]
    case .factored(let evidence):
      evidence.parts.reduce([.factored]) { $0.union(all(in: $1)) }
    case .collision: [.collision]
    case .determinantSigns: [.determinantSigns]
    case .invarianceOfDomain: [.invarianceOfDomain]
    case .missingPoint: [.missingPoint]
    case .image: [.image]
    case .condition(_, let ifTrue, let ifFalse):
      all(in: ifTrue).union(all(in: ifFalse)).union([.condition])
    case .stages(let parts): parts.reduce([.stages]) { $0.union(all(in: $1)) }
    case .both(let parts): parts.reduce([]) { $0.union(all(in: $1)) }
    case .illPosed: [.illPosed]
    }
  }
}
