import Exact

extension SignCalculus {
  /// The signs of `u` as they follow from those of its operands.
  func structuralSigns(of u: Expression) -> SignSet {
    switch u.form {
    case .rational(let value): return SignSet(sign: value.sign)
    case .pi: return .positive
    case .symbol: return range(of: u)?.signs ?? []
    case .sum(let terms): return signsOfSum(terms)
    case .product(let factors):
      return factors.reduce(.positive) { $0.isEmpty ? [] : $0 * signs(of: $1) }
    case .power(let base, let exponent): return signsOfPower(base, exponent)
    case .call(let function, let arguments): return signsOfCall(function, arguments)
    case .piecewise(let branches):
      return overBranches(branches) { $0.signs(of: $1) }.reduce([]) { $0.union($1) }
    case .finiteSum(let sum): return signsOfFiniteSum(sum)
    }
  }

  private func signsOfSum(_ terms: [Expression]) -> SignSet {
    var result = SignSet.zero
    for term in terms {
      result = result + signs(of: term)
      if result == .all || result.isEmpty { break }
    }
    return result
  }

  private func signsOfPower(_ base: Expression, _ exponent: Expression) -> SignSet {
    let signs = self.signs(of: base)
    if let r = exponent.rationalValue { return signs.power(r) }
    // 0^0 is 1.
    if signs == .zero, self.signs(of: exponent) != .positive { return .nonnegative }
    // Where the base is negative the exponent must be an integer, of unknown parity.
    if !signs.contains(.negative) { return signs }
    switch assumptions.parity(of: exponent) {
    case .even?: return signs.union(.positive).subtracting(.negative)
    case .odd?: return signs
    case nil: return signs.union(.positive)
    }
  }

  private func signsOfCall(_ function: Function, _ arguments: [Expression]) -> SignSet {
    let u = arguments[0]
    if let monotone = function.monotone {
      guard let zero = monotone.zero else {
        return signs(of: u).isEmpty ? [] : monotone.image.signs
      }
      let signs = self.signs(of: u - zero)
      return (monotone.isIncreasing ? signs : -signs).intersection(monotone.image.signs)
    }
    switch function {
    case .abs: return signs(of: u).power(2)
    case .sign: return signs(of: u)
    case .cosh: return .positive
    case .floor:
      let signs = self.signs(of: u)
      if signs.isNonnegative || signs.isEmpty {
        return self.signs(of: u - 1).isNonnegative ? .positive : .nonnegative
      }
      return signs.contains(.negative) && !signs.contains(.zero) && !signs.contains(.positive)
        ? .negative : .all
    case .max, .min: return signsOfExtreme(arguments, isMaximum: function == .max)
    case .atan2: return signsOfAngle(u, arguments[1])
    case .mod: return .nonnegative
    case .cos: return signsOfCosine(u)
    default: return range(of: .call(function, arguments))?.signs ?? []
    }
  }

  /// By the range of u, else cos u > 0 where |u| < pi/2 for ends that depend on other symbols.
  private func signsOfCosine(_ u: Expression) -> SignSet {
    let signs = range(of: .call(.cos, [u]))?.signs ?? []
    guard signs.isUndetermined, !u.isConstant else { return signs }
    let quarterTurn = Expression.rational(1, 2) * .pi
    guard self.signs(of: quarterTurn - u).isPositive, self.signs(of: quarterTurn + u).isPositive
    else { return signs }
    return signs.intersection(.positive)
  }

  /// The largest value has the largest sign.
  private func signsOfExtreme(_ arguments: [Expression], isMaximum: Bool) -> SignSet {
    let sets = arguments.map { signs(of: $0) }
    if sets.contains([]) { return [] }
    var result: SignSet = sets[0]
    for other in sets.dropFirst() {
      var next: SignSet = []
      for a in [-1, 0, 1] where result.contains(SignSet(sign: a)) {
        for b in [-1, 0, 1] where other.contains(SignSet(sign: b)) {
          next.insert(SignSet(sign: isMaximum ? Swift.max(a, b) : Swift.min(a, b)))
        }
      }
      result = next
    }
    return result
  }

  /// atan2(y, x) has the sign of y, and where y = 0 that of π for x < 0 and 0 for x > 0.
  private func signsOfAngle(_ y: Expression, _ x: Expression) -> SignSet {
    var result = signs(of: y)
    if result.contains(.zero) {
      let other = signs(of: x)
      if other.contains(.negative) { result.insert(.positive) }
      if !other.contains(.positive) { result.remove(.zero) }
    }
    return result
  }

  /// What `query` finds of each branch, under the branch's condition and the failure of those
  /// before it.
  func overBranches<Answer>(
    _ branches: [Branch], _ query: (SignCalculus, Expression) -> Answer
  ) -> [Answer] {
    guard depth > 0 else { return branches.map { query(self, $0.value) } }
    var calculus = self
    var answers: [Answer] = []
    for branch in branches {
      if calculus.depth <= 0 {
        answers.append(query(calculus, branch.value))
        continue
      }
      // A branch that is never reached adds nothing.
      if calculus.decide(branch.condition) == false { continue }
      answers.append(query(calculus.assuming(branch.condition), branch.value))
      calculus = calculus.assuming(branch.condition.negation)
    }
    return answers
  }

  /// A sum of numbers of one sign has it; an empty sum is 0.
  private func signsOfFiniteSum(_ sum: FiniteSum) -> SignSet {
    guard depth > 0 else { return .all }
    let (calculus, body, _) = underIndex(sum)
    var result = calculus.signs(of: body)
    if result.isSuperset(of: .nonzero) { result = .all }
    let count = signs(of: sum.upper - sum.lower + 1)
    if count.contains(.zero) { result.insert(.zero) }
    return count == .zero ? .zero : result
  }

  /// The body of the sum and an investigation in which the index runs over its values; the index is
  /// renamed when the assumptions speak of a symbol of that name.
  func underIndex(_ sum: FiniteSum) -> (calculus: SignCalculus, body: Expression, index: Symbol) {
    var index = sum.index
    var body = sum.body
    let mentioned = assumptions.mentionedSymbols
    if mentioned.contains(index) {
      let avoided = mentioned.map { Expression($0) } + [body, sum.lower, sum.upper]
      index = Expression.freshSymbol(like: index, avoiding: avoided)
      body = body.substituting(sum.index, by: Expression(index))
    }
    let inner = assumptions.adding(
      index, in: Interval(.closed(sum.lower), .closed(sum.upper)), isInteger: true)
    return (subordinate(inner), body, index)
  }
}

extension Assumptions {
  /// Every symbol that an interval, a fact or an integrality statement speaks of, in natural order.
  var mentionedSymbols: [Symbol] {
    var found = integers.union(intervals.keys)
    for interval in intervals.values { found.formUnion(interval.freeSymbols) }
    for fact in facts { found.formUnion(fact.freeSymbols) }
    return found.sorted()
  }
}
