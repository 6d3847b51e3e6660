/// The preimages f⁻¹({x}) of one exact point.
public enum Fibre: Sendable {
  /// All of them, and there are no others; possibly none.
  case finite([[Expression]])
  /// A coordinate stays free: a whole line or more has this image.
  case infinite
  /// Not enumerated, with the reason.
  case unknown(String)

  /// Every z in `domain` with formulas(z) = point, solved one equation in one unknown at a time.
  ///
  /// - Parameters:
  ///   - point: exact values of the outputs, in the order of `formulas`.
  ///   - formulas: f, one formula an output.
  ///   - domain: where the preimages lie.
  ///   - assumptions: what is known of the parameters.
  public static func preimages(
    of point: [Expression], under formulas: [Expression], from domain: Region,
    assuming assumptions: Assumptions
  ) -> Fibre {
    var search = FibreSearch(domain: domain, assumptions: assumptions)
    let equations = zip(formulas, point).map { ($0, $1) }
    guard search.explore(equations, [:]) else {
      return search.isInfinite ? .infinite : .unknown(search.reason)
    }
    return .finite(search.found)
  }
}

/// Depth-first enumeration of a fibre.
private struct FibreSearch {
  let domain: Region
  let assumptions: Assumptions
  var found: [[Expression]] = []
  var isInfinite = false
  var reason = "no equation could be solved for an unknown"
  private var budget = 200

  init(domain: Region, assumptions: Assumptions) {
    self.domain = domain
    self.assumptions = assumptions
  }

  /// Whether the branch was explored completely.
  mutating func explore(
    _ equations: [(left: Expression, right: Expression)], _ values: [Symbol: Expression]
  ) -> Bool {
    budget -= 1
    guard budget > 0 else {
      reason = "too many branches"
      return false
    }
    var open: [(left: Expression, right: Expression)] = []
    let unknowns = domain.coordinates.filter { values[$0] == nil }
    for (left, right) in equations {
      let left = left.substituting(values).simplified(under: assumptions)
      if left.containsAny(of: unknowns) {
        open.append((left, right))
        continue
      }
      switch assumptions.decide(.compare(left, .equal, right)) {
      case false: return true
      case true: continue
      case nil:
        reason = "\(left.text) = \(right.text) is not decided"
        return false
      }
    }
    if unknowns.isEmpty { return close(values) }
    return solveNext(open, unknowns, values)
  }

  private mutating func close(_ values: [Symbol: Expression]) -> Bool {
    let point = domain.coordinates.map { values[$0]! }
    switch assumptions.decide(domain.membership(of: point)) {
    case true:
      if !found.contains(point) { found.append(point) }
      return true
    case false: return true
    case nil:
      reason = "membership of a preimage in the domain is not decided"
      return false
    }
  }

  private mutating func solveNext(
    _ open: [(left: Expression, right: Expression)], _ unknowns: [Symbol],
    _ values: [Symbol: Expression]
  ) -> Bool {
    if open.isEmpty {
      // Nothing determines the rest, so that one solution brings a continuum.
      isInfinite = true
      return false
    }
    for (left, right) in open {
      let own = unknowns.filter { left.contains($0) }
      guard own.count == 1, let position = domain.coordinates.firstIndex(of: own[0]) else {
        continue
      }
      let interval = domain.intervals[position].substituting(values)
      guard
        let solutions = ScalarSolver.solutions(
          of: left, equals: right, for: own[0], in: interval, under: assumptions),
        assumptions.decide(solutions.exceptional) == false
      else { continue }
      return follow(solutions.branches, own[0], open, values)
    }
    return false
  }

  private mutating func follow(
    _ branches: [SolutionBranch], _ variable: Symbol,
    _ open: [(left: Expression, right: Expression)], _ values: [Symbol: Expression]
  ) -> Bool {
    for branch in branches {
      switch assumptions.decide(branch.condition) {
      case false: continue
      case nil:
        reason = "\(branch.condition.text) is not decided"
        return false
      case true:
        var next = values
        next[variable] = branch.solution.simplified(under: assumptions)
        guard explore(open, next) else { return false }
      }
    }
    return true
  }
}
