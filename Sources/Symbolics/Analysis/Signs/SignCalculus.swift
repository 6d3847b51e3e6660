import Exact

/// One investigation of signs and ranges under fixed assumptions: what was found is remembered, and
/// the effort is limited.
///
/// Every answer is about the points that the assumptions admit and at which the expression is
/// defined: signs are a superset of those that occur there, ranges an enclosure. An empty answer
/// says that there is no such point.
final class SignCalculus {
  let assumptions: Assumptions
  /// The facts as signs of differences, in the order in which they were stated, and what follows
  /// from those that say that something is 0.
  private(set) var facts: [SignFact]
  private var knownSigns: [Expression: (signs: SignSet, weakness: Int)] = [:]
  private var knownRanges: [Expression: Interval?] = [:]
  /// What is being looked at, so that facts that refer to one another do not go round in circles.
  private var signsInProgress: Set<Expression> = []
  private var rangesInProgress: Set<Expression> = []
  /// How many more expressions may be looked at; shared with subordinate investigations.
  let effort: Effort
  /// How many more times an expression may be replaced by another one to find its sign.
  let depth: Int

  /// Whether monotonicity is looked for, which costs far more than everything else.
  private(set) var usesDerivatives: Bool
  /// How many replacements by another expression led to the one that is looked at.
  private(set) var nesting: Int
  /// The deepest nesting at which the algebraic methods are used.
  static let nestingLimit = 4

  /// A count of work done, so that hostile input ends soon.
  final class Effort {
    private var left: Int
    init(_ left: Int) { self.left = left }
    /// Whether so many more steps may be taken, here and within the limits around.
    func spend(_ amount: Int = 1) -> Bool {
      left -= amount
      return EffortLimit.spend(amount) && left > 0
    }
  }

  init(
    _ assumptions: Assumptions, effort: Effort = Effort(4000), depth: Int = 6, nesting: Int = 0,
    usesDerivatives: Bool = false
  ) {
    self.usesDerivatives = usesDerivatives
    self.nesting = nesting
    self.assumptions = assumptions
    self.effort = effort
    self.depth = depth
    facts = assumptions.facts.flatMap(SignFact.facts(of:))
    // What an equation implies is found with the facts as stated.
    let implied = facts.filter { $0.signs == .zero }.flatMap { vanishing($0.difference, 3) }
    if !implied.isEmpty {
      facts += implied
      knownSigns = [:]
      knownRanges = [:]
    }
  }

  /// The investigation under one more fact, drawing on the same effort.
  func assuming(_ fact: Predicate) -> SignCalculus {
    subordinate(assumptions.adding(fact))
  }

  /// An investigation under other assumptions, drawing on the same effort.
  func subordinate(_ assumptions: Assumptions) -> SignCalculus {
    SignCalculus(
      assumptions, effort: effort, depth: depth - 1, nesting: nesting,
      usesDerivatives: usesDerivatives)
  }

  /// Larger expressions are not looked at.
  private static let sizeLimit = 20_000

  /// A superset of the signs of `u`.
  func signs(of u: Expression) -> SignSet {
    if let value = u.rationalValue { return SignSet(sign: value.sign) }
    if u.size > Self.sizeLimit { return .all }
    // What was found with less room for further steps may have been given up too soon.
    if let known = knownSigns[u], !known.signs.isUndetermined || known.weakness <= weakness {
      return known.signs
    }
    guard signsInProgress.count < 200, effort.spend(), signsInProgress.insert(u).inserted else {
      return .all
    }
    defer { signsInProgress.remove(u) }
    let result = findSigns(of: u)
    knownSigns[u] = (result, weakness)
    return result
  }

  /// How little room there is for further steps.
  private var weakness: Int { nesting + (usesDerivatives ? 0 : 2 * Self.nestingLimit) }

  /// The signs of an expression that stands for another one: one step further from the question,
  /// and without derivatives.
  func nestedSigns(of u: Expression) -> SignSet {
    let outer = usesDerivatives
    usesDerivatives = false
    defer { usesDerivatives = outer }
    return slopeSigns(of: u)
  }

  /// The signs of an expression met by differentiation: one step further from the question.
  func slopeSigns(of u: Expression) -> SignSet {
    nesting += 1
    defer { nesting -= 1 }
    return signs(of: u)
  }

  /// From the cheapest method to the most expensive one, until one sign remains: a fact about u itself
  /// comes first, as the ranges of its terms may use up the effort.
  private func findSigns(of u: Expression) -> SignSet {
    if u.isConstant { return ExactConstant.sign(of: u).map { SignSet(sign: $0) } ?? .all }
    var result = SignSet.all
    let methods: [(Expression) -> SignSet] = [
      { self.rangeFromFacts(of: $0)?.signs ?? [] },
      { self.range(of: $0)?.signs ?? [] },
      { self.structuralSigns(of: $0) },
      { self.signsFromFacts(of: $0) },
      { self.signsByParity(of: $0) },
      { self.polynomialSigns(of: $0) },
      { self.signsByCases(of: $0) },
      { self.signsOfFormulaWithSums($0) },
      { self.usesDerivatives ? self.signsByMonotonicity(of: $0) : .all },
    ]
    for method in methods where result.isUndetermined {
      result.formIntersection(method(u))
    }
    return result
  }

  /// An enclosure of the values of `u` with constant ends; nil when there are none.
  func range(of u: Expression) -> Interval? {
    if u.size > Self.sizeLimit { return .reals }
    if u.isConstant { return ExactConstant.isDefined(u) ? .point(u) : .reals }
    if let known = knownRanges[u] { return known }
    guard rangesInProgress.count < 200, effort.spend(), rangesInProgress.insert(u).inserted else {
      return .reals
    }
    defer { rangesInProgress.remove(u) }
    var result = structuralRange(of: u)
    if let interval = result, let signInterval = Interval(structuralSigns(of: u)) {
      result = interval.intersection(signInterval)
    }
    knownRanges[u] = .some(result)
    return result
  }
}
