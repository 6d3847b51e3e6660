public import Symbolics

/// Where the base puts mass outside of the map's domain.
public struct MassOutsideDomain: Error, Equatable, CustomStringConvertible {
  /// The domain of the map.
  public let domain: Region
  /// A point around which there is mass, and none of the domain; nil when none was found, but the
  /// domain is not shown to hold all of the mass either.
  public let witness: Witness?

  /// What is wrong and what to do, as one line.
  public var description: String {
    guard let witness else {
      return "the base is not shown to have all of its mass in the domain \(domain.text)"
    }
    let point = witness.point.map(\.text).joined(separator: ", ")
    let values = witness.parameters.sorted { $0.key < $1.key }
      .map { ", with \($0.key) = \($0.value.text)" }.joined()
    return "the base has mass outside of the domain \(domain.text): around "
      + (witness.point.count == 1 ? point : "(\(point))") + values
      + "; give a base on the domain"
  }
}

extension BaseDensity {
  /// The base of a problem, checked: its parameters are admissible, its mass lies in the domain.
  ///
  /// - Parameters:
  ///   - problem: the map with its base.
  ///   - assumptions: what is known of the parameters.
  public init(of problem: Problem, under assumptions: Assumptions) throws(DensityError) {
    guard let distribution = problem.base else { throw .noBase }
    do {
      try self.init(distribution, coordinates: problem.inputs, assumptions: assumptions)
    } catch {
      throw .distribution(error)
    }
    do {
      try requireMass(in: problem.domain, under: assumptions)
    } catch {
      throw .mass(error)
    }
  }

  /// Checks that the base has all of its mass in the domain.
  ///
  /// p1 is positive in the interior of its support, so a point there that lies outside of the closed
  /// domain has mass all around it; a null set that the domain leaves out has none.
  ///
  /// - Parameters:
  ///   - domain: the domain of the map, in the same coordinates.
  ///   - assumptions: what is known of the parameters.
  func requireMass(in domain: Region, under assumptions: Assumptions)
    throws(MassOutsideDomain)
  {
    let interior = support.interior
    let membership = domain.membership(of: coordinates.map { Expression($0) })
    for part in membership.closure(in: coordinates).conjuncts
    where assumptions.adding(interior).decide(part) != true {
      let search = WitnessSearch(
        in: interior, under: assumptions, mentioning: part.freeSymbols)
      throw MassOutsideDomain(domain: domain, witness: search.first(where: part.exterior))
    }
  }
}

extension Predicate {
  /// The set with its border, as far as a border `a = b` is known to be a null set: a and b are
  /// analytic, and not equal everywhere.
  fileprivate func closure(in coordinates: [Symbol]) -> Predicate {
    switch self {
    case .always, .never: return self
    case .and(let parts): return .all(parts.map { $0.closure(in: coordinates) })
    case .or(let parts): return .any(parts.map { $0.closure(in: coordinates) })
    case .not(let inner): return inner.negation.closure(in: coordinates)
    case .compare(let a, let relation, let b):
      let isAnalytic = Assumptions().isAnalytic(a - b, in: coordinates)
      guard isAnalytic, (a - b).containsAny(of: coordinates) else { return self }
      switch relation {
      case .less: return .compare(a, .lessOrEqual, b)
      case .greater: return .compare(a, .greaterOrEqual, b)
      case .unequal: return .always
      case .equal, .lessOrEqual, .greaterOrEqual: return self
      }
    }
  }

  /// Points that are outside of the set together with all points near them.
  fileprivate var exterior: Predicate {
    switch self {
    case .always: .never
    case .never: .always
    case .and(let parts): .any(parts.map(\.exterior))
    case .or(let parts): .all(parts.map(\.exterior))
    case .not: .never
    case .compare(let a, let relation, let b):
      switch relation {
      case .less, .lessOrEqual: .compare(a, .greater, b)
      case .greater, .greaterOrEqual: .compare(a, .less, b)
      case .equal: .compare(a, .unequal, b)
      case .unequal: .never
      }
    }
  }
}
