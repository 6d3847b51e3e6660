import Exact

/// Solves g(t) = y for t, symbolically, by peeling g layer by layer; each layer is an operation
/// whose real solution set is known completely.
///
/// The branches and their conditions are *candidates* for the prover, which verifies compositions;
/// they are complete under the stated conditions because every layer's rule is.
public struct ScalarSolver {
  let unknown: Symbol
  /// Knows `unknown` to lie in its interval, and everything about the other symbols.
  let assumptions: Assumptions
  var exceptional: [Predicate] = []
  private var budget = 200

  /// More branches than this are given up.
  static let branchLimit = 16

  /// Every t in `domain` with formula(t) = value, or nil if no rule applies.
  ///
  /// - Parameters:
  ///   - formula: g, a formula in `unknown` and other symbols.
  ///   - value: y; must not contain `unknown`.
  ///   - unknown: t.
  ///   - domain: the interval of the unknown, whose ends may depend on other symbols.
  ///   - assumptions: what is known of the other symbols; facts about the unknown restrict it, too.
  public static func solutions(
    of formula: Expression, equals value: Expression, for unknown: Symbol, in domain: Interval,
    under assumptions: Assumptions
  ) -> SolutionSet? {
    var solver = ScalarSolver(
      unknown: unknown, assumptions: assumptions.adding(unknown, in: domain))
    guard let trails = solver.isolate(Trail(left: formula, right: value)) else { return nil }
    let restrictions = assumptions.facts.filter { $0.freeSymbols.contains(unknown) }
    let branches = trails.map { trail in
      let inPlace = restrictions.map { $0.substituting([unknown: trail.right]) }
      return SolutionBranch(
        solution: trail.right,
        condition: .all(
          trail.conditions + [domain.membership(of: trail.right)] + inPlace
        ).folded,
        steps: trail.steps)
    }
    return SolutionSet(
      branches: branches.filter { $0.condition != .never },
      exceptional: .any(solver.exceptional))
  }

  private init(unknown: Symbol, assumptions: Assumptions) {
    self.unknown = unknown
    self.assumptions = assumptions
  }

  /// A solver for one case of the equation, with a share of the effort.
  init(unknown: Symbol, narrowed assumptions: Assumptions, budget: Int) {
    self.init(unknown: unknown, assumptions: assumptions)
    self.budget = budget
  }

  /// Steps that may still be taken.
  var budgetLeft: Int { budget }

  /// Takes over what a case's solver found out and spent.
  mutating func absorb(_ inner: ScalarSolver) {
    exceptional += inner.exceptional
    budget -= budget / 2 - inner.budget
  }

  /// An equation left = right on the way, with the steps and conditions that led there.
  struct Trail {
    var left: Expression
    var right: Expression
    var conditions: [Predicate] = []
    var steps: [IsolationStep] = []

    /// The equation after a step.
    func step(
      _ left: Expression, _ right: Expression, _ rule: IsolationStep.Rule,
      when conditions: [Predicate] = []
    ) -> Trail {
      Trail(
        left: left, right: right, conditions: self.conditions + conditions,
        steps: steps + [IsolationStep(left: left, right: right, rule: rule)])
    }
  }

  /// Follows every branch from `trail` to t = …; nil when one of them gets stuck.
  mutating func isolate(_ trail: Trail) -> [Trail]? {
    budget -= 1
    guard budget > 0, EffortLimit.spend(5), trail.right.size < 20_000 else { return nil }
    if trail.left.symbolValue == unknown { return [trail] }
    guard trail.left.contains(unknown), let next = peel(trail) else { return nil }
    var finished: [Trail] = []
    for branch in next {
      guard let solved = isolate(branch) else { return nil }
      finished += solved
    }
    return finished.count <= Self.branchLimit ? finished : nil
  }

  /// The equations after removing the outermost layer of `trail.left`.
  private mutating func peel(_ trail: Trail) -> [Trail]? {
    switch trail.left.form {
    case .rational, .pi, .symbol: nil
    case .sum(let terms): peelSum(terms, trail)
    case .product(let factors): peelProduct(factors, trail)
    case .power(let base, let exponent): peelPower(base, exponent, trail)
    case .call(let function, let arguments):
      arguments.count == 1 ? peelCall(function, arguments[0], trail) : peelCases(trail)
    case .piecewise(let branches): peelPiecewise(branches, trail)
    case .finiteSum: nil
    }
  }

  // MARK: Sums and products

  private mutating func peelSum(_ terms: [Expression], _ trail: Trail) -> [Trail]? {
    let free = terms.filter { !$0.contains(unknown) }
    let bound = terms.filter { $0.contains(unknown) }
    if !free.isEmpty {
      let moved = Expression.sum(free)
      return [trail.step(.sum(bound), trail.right - moved, .subtract(moved))]
    }
    return regroup(trail)
  }

  private mutating func peelProduct(_ factors: [Expression], _ trail: Trail) -> [Trail]? {
    let free = factors.filter { !$0.contains(unknown) }
    let bound = factors.filter { $0.contains(unknown) }
    if free.isEmpty { return regroup(trail) }
    let divisor = Expression.product(free)
    let nonzero = Predicate.compare(divisor, .unequal, .zero)
    var conditions: [Predicate] = []
    if assumptions.signs(of: divisor).contains(.zero), assumptions.decide(nonzero) != true {
      if isNonzeroConstant(trail.right) {
        conditions.append(nonzero)
      } else {
        exceptional.append(.compare(divisor, .equal, .zero))
      }
    }
    let rest = Expression.product(bound)
    return [
      trail.step(
        rest, trail.right / divisor, .divide(by: divisor, because: nonzero), when: conditions)
    ]
  }

  /// A number that is not 0: no multiple of 0.
  func isNonzeroConstant(_ right: Expression) -> Bool {
    right.isConstant && assumptions.decide(.compare(right, .unequal, .zero)) == true
  }

  /// Several occurrences of the unknown and no layer to peel: rewrite so that there are fewer.
  private mutating func regroup(_ trail: Trail) -> [Trail]? {
    if let cases = peelCases(trail) { return cases }
    if let next = logarithmOfProduct(trail) { return next }
    if let next = overRoot(trail) { return next }
    if let next = lambert(trail) { return next }
    if let next = polynomialInKernel(trail) { return next }
    return radical(trail)
  }
}
