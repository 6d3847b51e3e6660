import Exact

/// Whether formulas are defined on a whole region.
public enum Definedness: Sendable {
  case holds
  /// The obligation certainly fails at the witness.
  case violated(Witness, Obligation)
  /// Neither proven nor refuted: this obligation is the first that is left.
  case unknown(Obligation)

  /// Whether every obligation holds at every point of `region`, for all parameter values.
  ///
  /// - Parameters:
  ///   - obligations: One for each partial operation of the formulas as written.
  ///   - region: The domain.
  ///   - parameters: The free constants of the problem.
  ///   - facts: Further conditions on the parameters.
  /// - Returns: The first violation, else the first obligation that is undecided.
  public static func check(
    _ obligations: [Obligation], over region: Region, parameters: [Parameter] = [],
    facts: Predicate = .always
  ) -> Definedness {
    let assumptions = Assumptions(parameters: parameters).adding(facts)
    var open: Obligation?
    for obligation in obligations {
      if assumptions.adding(region).decide(obligation) == true { continue }
      let given = assumptions.adding(obligation)
      if let violation = obligation.violation,
        let witness = WitnessSearch(
          in: region, under: given, mentioning: violation.freeSymbols
        ).first(where: violation)
      {
        return .violated(witness.dropping(obligation.indices.map(\.index)), obligation)
      }
      open = open ?? obligation
    }
    return open.map { .unknown($0) } ?? .holds
  }
}

extension Witness {
  /// The witness without the values of bound indices.
  fileprivate func dropping(_ indices: [Symbol]) -> Witness {
    Witness(point: point, parameters: parameters.filter { !indices.contains($0.key) })
  }
}

extension Assumptions {
  /// These and: the guard of the obligation holds, and its indices run over their values.
  func adding(_ obligation: Obligation) -> Assumptions {
    var result = self
    for range in obligation.indices { result = result.adding(range) }
    return result.adding(obligation.guardCondition)
  }

  /// These and: the index runs over its values.
  func adding(_ range: Obligation.IndexRange) -> Assumptions {
    adding(range.index, in: Interval(.closed(range.lower), .closed(range.upper)), isInteger: true)
  }
}

extension Assumptions {
  /// Whether every operation of `u` is surely defined at all admissible points.
  public func isDefined(_ u: Expression) -> Bool {
    u.definednessObligations(under: self).allSatisfy { decide($0) == true }
  }

  /// Whether the obligation is met at all admissible points (true), at none (false), or neither was
  /// proven (nil); met also means that its guard does not hold.
  public func decide(_ obligation: Obligation) -> Bool? {
    var known = self
    for range in obligation.indices { known = known.adding(range) }
    if known.decide(obligation.guardCondition) == false { return true }
    known = known.adding(obligation.guardCondition)
    guard let predicate = obligation.predicate else {
      return known.isInteger(obligation.subject) ? true : nil
    }
    return known.decide(predicate)
  }
}

extension Obligation {
  /// What holds where the obligation fails; nil where the predicate language has no word for it.
  fileprivate var violation: Predicate? {
    if let predicate { return predicate.negation }
    return .compare(.call(.floor, [subject]), .unequal, subject)
  }
}

extension Assumptions {
  /// Whether the value is an integer by its form: built from integers by +, ·, powers, floor.
  public func isInteger(_ u: Expression) -> Bool {
    switch u.form {
    case .rational(let value): value.isInteger
    case .symbol(let symbol): integers.contains(symbol)
    case .sum(let operands), .product(let operands): operands.allSatisfy(isInteger)
    case .power(let base, let exponent):
      isInteger(base) && (exponent.integerValue ?? -1) >= 0
    case .call(.floor, _), .call(.sign, _): true
    case .call(.abs, let operands), .call(.max, let operands), .call(.min, let operands):
      operands.allSatisfy(isInteger)
    case .finiteSum(let sum):
      adding(sum.index, in: .reals, isInteger: true).isInteger(sum.body)
    case .pi, .call, .piecewise: false
    }
  }
}
