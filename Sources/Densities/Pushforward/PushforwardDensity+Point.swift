import Certificates
import Exact
public import Symbolics

extension PushforwardDensity {
  /// p2 at the point x, exactly where that is possible.
  ///
  /// - Parameters:
  ///   - point: exact coordinates, one an output; parameters may stay in them.
  ///   - digits: the digits of the number when the preimage has no closed form.
  public func density(at point: [Expression], digits: Int = 17) throws(DensityError)
    -> PointDensity
  {
    guard point.count == problem.outputs.count else {
      throw .pointDimension(found: point.count, expected: problem.outputs.count)
    }
    return EffortLimit.within(Self.effort) { unlimitedDensity(at: point, digits: digits) }
  }

  private func unlimitedDensity(at point: [Expression], digits: Int) -> PointDensity {
    var remarks: [DensityRemark] = requirement == .always ? [] : [.requires(requirement)]
    func settled(_ outcome: PointDensity.Outcome, _ more: DensityRemark...) -> PointDensity {
      PointDensity(point: point, preimages: [], outcome: outcome, remarks: remarks + more)
    }
    switch assumptions.decide(problem.codomain.membership(of: point)) {
    case false: return settled(.exact(.zero), .outsideCodomain)
    case nil: return settled(.undecided("whether the point lies in the codomain"))
    case true: break
    }
    let values = Dictionary(uniqueKeysWithValues: zip(problem.outputs, point))
    if case .implicit = preimages {
      if let image = verdict.image, assumptions.decide(image.substituting(values)) == false {
        return settled(.exact(.zero), .noPreimage)
      }
      return implicitDensity(at: point, digits: digits, remarks: remarks)
    }
    switch fibre(over: point, values) {
    case .points(let found, let branch):
      return sum(over: found, branch, at: point, values, &remarks)
    case .empty:
      // Where the formulas do not apply, an empty fibre does not make the density 0.
      if !isInjective, case .branches(_, let exceptional) = preimages,
        assumptions.decide(exceptional.substituting(values)) != false
      {
        return settled(.unassigned, .exceptional(exceptional))
      }
      return settled(.exact(.zero), .noPreimage)
    case .infinite: return settled(.unassigned, .infiniteFibre)
    case .incomplete(let reason):
      return enclosedDensity(at: point, digits: digits, remarks: remarks)
        ?? settled(.incomplete(reason))
    case .undecided(let reason): return settled(.undecided(reason))
    }
  }

  var isInjective: Bool { InjectivityClaim(verdict).isInjective }

  /// The preimages of one exact point.
  private enum FibreAtPoint {
    /// All of them, and the formula that gave them if there is one.
    case points([[Expression]], PreimageBranch?)
    case empty
    case infinite
    case incomplete(String)
    case undecided(String)
  }

  private func fibre(over point: [Expression], _ values: [Symbol: Expression]) -> FibreAtPoint {
    if isInjective, case .branches(let branches, _) = preimages {
      switch assumptions.decide(branches[0].condition.substituting(values)) {
      case true:
        return .points(
          [branches[0].point.map { simplified($0.substituting(values)) }], branches[0])
      case false: return .empty
      case nil: return .undecided("whether the point is a value of f")
      }
    }
    switch Fibre.preimages(of: point, under: map, from: problem.domain, assuming: assumptions) {
    case .infinite: return .infinite
    case .unknown(let reason): return .incomplete(reason)
    case .finite(let found):
      guard let distinct = distinct(found.map { $0.map(simplified) }) else {
        return .undecided("whether two preimages are the same")
      }
      return distinct.isEmpty ? .empty : .points(distinct, nil)
    }
  }

  /// The points without repetitions; nil when two are neither shown equal nor different.
  private func distinct(_ points: [[Expression]]) -> [[Expression]]? {
    var kept: [[Expression]] = []
    for point in points {
      var isNew = true
      for other in kept {
        let equality = Predicate.all(
          zip(point, other).map { Predicate.compare($0, .equal, $1).folded })
        switch assumptions.decide(equality) {
        case true: isNew = false
        case false: continue
        case nil: return nil
        }
      }
      if isNew { kept.append(point) }
    }
    return kept
  }

  func simplified(_ expression: Expression) -> Expression {
    expression.condensed(under: assumptions)
  }

  /// The sum of the shares of all preimages.
  private func sum(
    over fibre: [[Expression]], _ branch: PreimageBranch?, at point: [Expression],
    _ values: [Symbol: Expression], _ remarks: inout [DensityRemark]
  ) -> PointDensity {
    var found: [PreimageAtPoint] = []
    for z in fibre {
      switch share(of: z, branch, values) {
      case .known(let preimage, let more):
        found.append(preimage)
        // A remark on the support explains a 0 only where there is one preimage.
        remarks += more.filter { fibre.count == 1 || !$0.isAboutSupport }
      case .unassigned(let preimage, let remark):
        return PointDensity(
          point: point, preimages: found + [preimage], outcome: .unassigned,
          remarks: remarks + [remark])
      case .undecided(let reason):
        return PointDensity(
          point: point, preimages: found, outcome: .undecided(reason), remarks: remarks)
      }
    }
    let total = simplified(.sum(found.map { $0.share ?? .zero }))
    return PointDensity(
      point: point, preimages: found, outcome: .exact(total), remarks: remarks)
  }
}

extension DensityRemark {
  var isAboutSupport: Bool { if case .outsideSupport = self { true } else { false } }
}
