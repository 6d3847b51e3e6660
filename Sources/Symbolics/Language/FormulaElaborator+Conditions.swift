import Exact

/// Conditions, piecewise formulas and sums over an index.
extension FormulaElaborator {
  /// The statement that `syntax` makes.
  func predicate(_ syntax: FormulaSyntax) throws(AlreadyReported) -> Predicate {
    switch syntax.kind {
    case .truth(let value): return value ? .always : .never
    case .not(let inner): return try predicate(inner).negation
    case .and(let parts): return .all(try predicates(parts))
    case .or(let parts): return .any(try predicates(parts))
    case .comparison(let operands, let relations):
      let numbers = try scalars(operands)
      return .all(
        relations.indices.map { .compare(numbers[$0], relations[$0], numbers[$0 + 1]) })
    case .number, .name, .sum, .product, .negative, .power, .call, .tuple, .matrix, .finiteSum,
      .piecewise:
      throw failure(
        "expected a condition, found a formula", hint: "conditions compare: z1 > 0",
        at: syntax.range)
    }
  }

  private func predicates(_ list: [FormulaSyntax]) throws(AlreadyReported) -> [Predicate] {
    var result: [Predicate] = []
    for syntax in list { result.append(try predicate(syntax)) }
    return result
  }

  /// The condition of a set: true of the points where it is defined and holds.
  func membershipCondition(_ syntax: FormulaSyntax) throws(AlreadyReported) -> Predicate {
    let outer = obligations
    obligations = []
    defer { obligations = outer }
    let condition = try predicate(syntax)
    var parts: [Predicate] = []
    for obligation in obligations {
      guard obligation.indices.isEmpty, let needed = obligation.predicate else {
        throw failure(
          "a condition cannot depend on where '\(obligation.source)' is defined", at: syntax.range)
      }
      parts.append(.any([obligation.guardCondition.negation, needed]))
    }
    return .all(parts + [condition])
  }

  /// The first branch whose condition holds; conditions guard what their branches need, and one of
  /// them must hold.
  func piecewise(_ branches: [FormulaSyntax.BranchSyntax], at range: SourceRange)
    throws(AlreadyReported) -> Expression
  {
    let outer = guards
    defer { guards = outer }
    var result: [Branch] = []
    var isTotal = false
    for branch in branches {
      if isTotal {
        throw failure("this branch is never reached", at: branch.value.range)
      }
      let condition = try branch.condition.map(predicate) ?? .always
      let before = guards
      guards.append(condition)
      result.append(Branch(try scalar(branch.value), if: condition))
      guards = before + [condition.negation]
      isTotal = condition.folded == .always
    }
    if !isTotal { require(.zero, .nonzero, at: range) }
    return .piecewise(result)
  }

  func finiteSum(
    _ index: String, _ lower: FormulaSyntax, _ upper: FormulaSyntax, _ body: FormulaSyntax,
    at range: SourceRange
  ) throws(AlreadyReported) -> Expression {
    if scope.contains(index) || FunctionTable.constants.contains(index) {
      throw failure(
        "the index '\(index)' of the sum is already a name of the problem", at: range)
    }
    if indices.count >= LanguageLimits.sumNesting {
      throw failure(
        "more than \(LanguageLimits.sumNesting) sums inside one another", at: range)
    }
    let (first, last) = (try bound(lower), try bound(upper))
    require(last - first + 1, .nonnegative, at: range)
    let symbol = Symbol(index)
    scope.add(index, .scalar(Expression(symbol)))
    scope.addInteger(symbol, atLeast: scope.lowerBound(of: first))
    indices.append(Obligation.IndexRange(symbol, from: first, to: last))
    defer {
      scope.remove(index)
      scope.removeInteger(symbol)
      indices.removeLast()
    }
    let term = try scalar(body)
    let copies = indices.reduce(1) { count, _ in count * Expression.expandedTerms }
    if term.size > LanguageLimits.expressionSize / copies {
      throw failure("the sum grows too large when it is written out", at: range)
    }
    return .finiteSum(term, over: symbol, from: first, to: last)
  }

  private func bound(_ syntax: FormulaSyntax) throws(AlreadyReported) -> Expression {
    let bound = try scalar(syntax)
    if let value = bound.rationalValue, !value.isInteger {
      throw failure("the bounds of a sum are whole numbers", at: syntax.range)
    }
    require(bound, .integer, at: syntax.range)
    return bound
  }
}
