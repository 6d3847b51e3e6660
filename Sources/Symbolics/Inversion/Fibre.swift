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

  /// Whether the branch was explored completely: values of the unknowns, which may have later ones in them, and
  /// conditions on those.
  mutating func explore(
    _ equations: [(left: Expression, right: Expression)], _ values: [Symbol: Expression],
    where pending: [Predicate] = []
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
    if unknowns.isEmpty { return close(values, pending) }
    return solveNext(open, unknowns, values, pending)
  }

  private mutating func close(_ values: [Symbol: Expression], _ pending: [Predicate]) -> Bool {
    let point = domain.coordinates.map { values[$0]! }
    switch assumptions.decide(.all(pending + [domain.membership(of: point)])) {
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
    _ values: [Symbol: Expression], _ pending: [Predicate]
  ) -> Bool {
    if open.isEmpty {
      // Nothing determines the rest, so that one solution brings a continuum.
      isInfinite = pending.isEmpty
      return false
    }
    for (left, right) in open {
      let own = unknowns.filter { left.contains($0) }
      guard own.count == 1, let branches = branches(left, right, own[0], values) else { continue }
      return follow(branches, own[0], open, values, pending)
    }
    // Nothing has one unknown left: one in terms of others, as long as these are not in its interval.
    for (number, (left, right)) in open.enumerated() {
      for unknown in unknowns where left.contains(unknown) {
        guard let branches = branches(left, right, unknown, values), branches.count <= 2 else {
          continue
        }
        var rest = open
        rest.remove(at: number)
        return follow(branches, unknown, rest, values, pending)
      }
    }
    return false
  }

  /// All solutions for one unknown, whatever the other ones are.
  private func branches(
    _ left: Expression, _ right: Expression, _ unknown: Symbol, _ values: [Symbol: Expression]
  ) -> [SolutionBranch]? {
    guard let position = domain.coordinates.firstIndex(of: unknown) else { return nil }
    let interval = domain.intervals[position].substituting(values)
    guard !interval.freeSymbols.contains(where: domain.coordinates.contains),
      let solutions = ScalarSolver.solutions(
        of: left, equals: right, for: unknown, in: interval, under: assumptions),
      assumptions.decide(solutions.exceptional) == false
    else { return nil }
    return solutions.branches
  }

  private mutating func follow(
    _ branches: [SolutionBranch], _ variable: Symbol,
    _ open: [(left: Expression, right: Expression)], _ values: [Symbol: Expression],
    _ pending: [Predicate]
  ) -> Bool {
    for branch in branches {
      let solution = branch.solution.simplified(under: assumptions)
      let conditions = (pending + [branch.condition]).map {
        $0.substituting([variable: solution])
      }
      var next = values.mapValues { $0.substituting(variable, by: solution) }
      next[variable] = solution
      var later: [Predicate] = []
      var isExcluded = false
      for condition in conditions {
        switch assumptions.decide(condition) {
        case true: continue
        case false: isExcluded = true
        case nil:
          guard condition.freeSymbols.contains(where: domain.coordinates.contains) else {
            reason = "\(condition.text) is not decided"
            return false
          }
          later.append(condition)
        }
      }
      if isExcluded { continue }
      guard explore(open, next, where: later) else { return false }
    }
    return true
  }
}
