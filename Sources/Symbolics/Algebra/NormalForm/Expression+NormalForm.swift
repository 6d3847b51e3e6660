import Exact

extension Expression {
  /// The formula as one fraction of polynomials in kernels: symbols, exponentials, roots and calls
  /// that the rules of ``RewriteRule/table`` cannot express by one another.
  ///
  /// It equals `self` wherever `self` is defined and the assumptions hold. Piecewise formulas become
  /// piecewise normal forms. What exceeds the limits is returned as it is.
  public func normalForm(under assumptions: Assumptions = Assumptions()) -> Expression {
    guard let cases = try? cases(under: assumptions) else { return self }
    if cases.count == 1, cases[0].condition == .always {
      return fractionForm(under: assumptions)
    }
    return .piecewise(
      cases.map { Branch($0.formula.fractionForm(under: $0.assumptions), if: $0.condition) })
  }

  /// The normal form of a formula whose piecewise parts, if any, count as symbols.
  func fractionForm(under assumptions: Assumptions) -> Expression {
    guard isNormalisable else { return self }
    let field = KernelField(for: [self], under: assumptions.assumingDefined(self))
    do throws(ExactError) {
      return try field.expression(of: field.read(self))
    } catch {
      return self
    }
  }

  /// Whether the two are proven equal wherever both are defined and the assumptions hold; false
  /// says only that this was not shown.
  public func isIdentical(to other: Expression, under assumptions: Assumptions = Assumptions())
    -> Bool
  {
    identityProof(to: other, under: assumptions) != nil
  }

  /// The rules by which the two are proven equal wherever both are defined and the assumptions
  /// hold, in order of first use; nil when it was not shown.
  public func identityProof(
    to other: Expression, under assumptions: Assumptions = Assumptions()
  ) -> [RewriteRule]? {
    let difference = self - other
    if difference.isZero { return [] }
    if let rules = difference.vanishingProof(under: assumptions) { return rules }
    if difference.hasExtreme,
      let rules = difference.vanishingProof(under: assumptions, splittingExtremes: true)
    {
      return rules
    }
    guard let cases = assumptions.disjunctionCases else { return nil }
    var used: [RewriteRule] = []
    for known in cases {
      guard let rules = identityProof(to: other, under: known) else { return nil }
      used += rules.filter { !used.contains($0) }
    }
    return used
  }

  private func vanishingProof(
    under assumptions: Assumptions, splittingExtremes: Bool = false
  ) -> [RewriteRule]? {
    do throws(ExactError) {
      let cases = try cases(under: assumptions, splittingExtremes: splittingExtremes)
      var used: [RewriteRule.Name] = cases.count > 1 ? [.piecewiseCases] : []
      for part in cases {
        let field = KernelField(
          for: [part.formula], under: part.assumptions.assumingDefined(part.formula))
        let element = try field.read(part.formula)
        guard try field.isZero(element) else { return nil }
        used += field.trace.filter { !used.contains($0) }
      }
      return used.map { RewriteRule($0) }
    } catch {
      return nil
    }
  }

  /// Whether the formula is small enough for its normal form to be sought.
  public var isNormalisable: Bool { size <= Self.normalisedSize }

  /// Whether |u|, sign u, max or min occurs, in a formula small enough to be split into cases.
  private var hasExtreme: Bool {
    isNormalisable
      && contains { part in
        if case .call = part.form { part.distinctions != nil } else { false }
      }
  }
}

extension Assumptions {
  /// Formulas beyond this size are not searched for conditions of being defined.
  private static let searchedSize = 2_000

  /// These and: every operation in `formula` is defined.
  ///
  /// What follows speaks of points where the formula is defined, and may use that it is.
  func assumingDefined(_ formula: Expression) -> Assumptions {
    guard formula.size <= Self.searchedSize else { return self }
    var result = self
    for obligation in formula.definednessObligations(under: self).prefix(40)
    where obligation.guardCondition == .always && obligation.indices.isEmpty {
      if let predicate = obligation.predicate { result = result.adding(predicate) }
    }
    return result
  }
}
