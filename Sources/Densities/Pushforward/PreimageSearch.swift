import Symbolics

/// Solves f(z) = x for symbolic x, one equation in one unknown at a time, keeping all branches with
/// the conditions on x under which they are solutions.
struct PreimageSearch {
  struct Equation {
    var left: Expression
    let right: Expression
  }

  /// One formula for a preimage, and where it is one.
  struct Solution {
    let point: [Expression]
    var condition: Predicate
  }

  let domain: Region
  let assumptions: Assumptions
  private(set) var found: [Solution] = []
  /// On x: where an equation could not be solved because what multiplies its unknown vanishes.
  private(set) var exceptional: [Predicate] = []
  /// Why the search stopped.
  private(set) var reason = "no equation could be solved for an unknown"
  private var budget = 100

  init(domain: Region, assumptions: Assumptions) {
    self.domain = domain
    self.assumptions = assumptions
  }

  /// Whether all solutions were found.
  mutating func explore(_ equations: [Equation]) -> Bool { explore(equations, [:], .always) }

  private mutating func explore(
    _ equations: [Equation], _ values: [Symbol: Expression], _ condition: Predicate
  ) -> Bool {
    budget -= 1
    guard budget > 0 else {
      reason = "there are too many branches"
      return false
    }
    let known = assumptions.adding(condition)
    let unknowns = domain.coordinates.filter { values[$0] == nil }
    var open: [Equation] = []
    for equation in equations {
      let left = equation.left.substituting(values).simplified(under: known)
      if left.containsAny(of: unknowns) {
        open.append(Equation(left: left, right: equation.right))
        continue
      }
      switch known.decide(.compare(left, .equal, equation.right)) {
      case false: return true
      case true: continue
      case nil:
        reason = "\(left.text) = \(equation.right.text) restricts x without determining an unknown"
        return false
      }
    }
    if unknowns.isEmpty { return close(values, condition) }
    return solveNext(open, unknowns, values, condition)
  }

  private mutating func close(_ values: [Symbol: Expression], _ condition: Predicate) -> Bool {
    let point = domain.coordinates.map { values[$0]! }
    let membership = Predicate.all([condition, domain.predicate.substituting(values)])
    if membership != .never { found.append(Solution(point: point, condition: membership)) }
    return true
  }

  private mutating func solveNext(
    _ open: [Equation], _ unknowns: [Symbol], _ values: [Symbol: Expression],
    _ condition: Predicate
  ) -> Bool {
    let known = assumptions.adding(condition)
    for (number, equation) in open.enumerated() {
      let own = unknowns.filter { equation.left.contains($0) }
      guard own.count == 1, let position = domain.coordinates.firstIndex(of: own[0]) else {
        continue
      }
      let interval = domain.intervals[position].substituting(values)
      // An interval whose ends depend on other unknowns is not one to solve in yet.
      guard interval.freeSymbols.allSatisfy({ !unknowns.contains($0) }),
        let solutions = ScalarSolver.solutions(
          of: equation.left, equals: equation.right, for: own[0], in: interval, under: known)
      else { continue }
      if known.decide(solutions.exceptional) != false {
        exceptional.append(.all([condition, solutions.exceptional]))
      }
      var rest = open
      rest.remove(at: number)
      for branch in solutions.branches where known.decide(branch.condition) != false {
        var next = values
        next[own[0]] = branch.solution.simplified(under: known)
        guard explore(rest, next, .all([condition, branch.condition])) else { return false }
      }
      return true
    }
    return false
  }
}
