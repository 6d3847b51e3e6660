import Exact

/// Sums, products, quotients and powers of numbers, vectors and matrices.
extension FormulaElaborator {
  func sum(_ terms: [FormulaSyntax.Term]) throws(AlreadyReported) -> Value {
    var values = try values(of: terms.map(\.operand))
    if values.contains(where: { !$0.hasShape(of: values[0]) }) { values = values.map(\.simplest) }
    for (term, value) in zip(terms, values) where !value.hasShape(of: values[0]) {
      throw failure(
        "cannot add \(values[0].kind) and \(value.kind)", at: term.operand.range)
    }
    let signed = zip(terms, values).map { $0.isNegative ? $1.map { -$0 } : $1 }
    let entries = signed[0].entries.indices.map { position in
      Expression.sum(signed.map { $0.entries[position] })
    }
    switch values[0] {
    case .scalar: return .scalar(entries[0])
    case .vector: return .vector(entries)
    case .matrix(let rows): return .matrix(Self.rows(entries, width: rows[0].count))
    }
  }

  private static func rows(_ entries: [Expression], width: Int) -> [[Expression]] {
    stride(from: 0, to: entries.count, by: width).map { Array(entries[$0..<($0 + width)]) }
  }

  func product(_ factors: [FormulaSyntax.Factor]) throws(AlreadyReported) -> Value {
    let values = try values(of: factors.map(\.operand))
    var result = values[0]
    var pending: [Expression] = []
    if case .scalar(let first) = result { pending = [first] }
    // Runs of numbers are multiplied at once; a vector or a matrix ends a run.
    for (factor, value) in zip(factors, values).dropFirst() {
      let range = factors[0].operand.range.joined(to: factor.operand.range)
      switch (factor.operation, value) {
      case (.multiply, .scalar(let number)):
        pending.append(number)
      case (.divide, .scalar(let number)):
        require(number, .nonzero, at: range)
        pending.append(.power(number, .minusOne))
      case (.modulo, .scalar(let number)):
        guard case .scalar = result else { throw failure("'%' needs numbers", at: range) }
        require(number, .positive, at: range)
        pending = [.call(.mod, [.product(pending), number])]
      case (.divide, _), (.modulo, _):
        throw failure("cannot divide by \(value.kind)", at: factor.operand.range)
      case (.multiply, _):
        result = try multiply(settled(result, pending), value, at: range)
        pending = []
        if case .scalar(let number) = result { pending = [number] }
      }
    }
    return settled(result, pending)
  }

  /// `value` times the numbers `pending`, which for a number hold the number itself.
  private func settled(_ value: Value, _ pending: [Expression]) -> Value {
    if case .scalar = value { return .scalar(.product(pending)) }
    return pending.isEmpty ? value : value.map { .product([$0] + pending) }
  }

  private func multiply(_ a: Value, _ b: Value, at range: SourceRange) throws(AlreadyReported)
    -> Value
  {
    switch (a, b) {
    case (.scalar(let number), _): return b.map { number * $0 }
    case (_, .scalar(let number)): return a.map { $0 * number }
    case (.matrix(let rows), .vector(let entries)) where rows[0].count == entries.count:
      let result = rows.map { Self.dot($0, entries) }
      // A row times a column is a number.
      return result.count == 1 ? .scalar(result[0]) : .vector(result)
    case (.matrix(let rows), .matrix(let others)) where rows[0].count == others.count:
      try checkProduct(of: rows, others, at: range)
      let columns = others[0].indices.map { column in others.map { $0[column] } }
      let result = rows.map { row in columns.map { Self.dot(row, $0) } }
      return .matrix(result)
    case _ where a.entries.count == 1 && b.entries.count == 1:
      return .scalar(a.entries[0] * b.entries[0])
    case (.vector, .vector):
      throw failure(
        "cannot multiply two vectors", hint: "write dot(u, v), or the coordinates one by one",
        at: range)
    default:
      throw failure("cannot multiply \(a.kind) by \(b.kind)", at: range)
    }
  }

  /// Every entry of one factor meets a row or column of the other.
  private func checkProduct(
    of rows: [[Expression]], _ others: [[Expression]], at range: SourceRange
  ) throws(AlreadyReported) {
    let left = rows.joined().reduce(0) { $0 + $1.size } * others[0].count
    let right = others.joined().reduce(0) { $0 + $1.size } * rows.count
    if left + right > 8 * LanguageLimits.expressionSize {
      throw failure("the product of the matrices grows too large", at: range)
    }
  }

  static func dot(_ a: [Expression], _ b: [Expression]) -> Expression {
    .sum(zip(a, b).map { $0 * $1 })
  }

  func power(_ base: FormulaSyntax, _ exponent: FormulaSyntax, at range: SourceRange)
    throws(AlreadyReported) -> Value
  {
    if case .name("T") = exponent.kind, scope.value(of: "T") == nil {
      return try transposed(value(of: base), at: range)
    }
    if case .name("e") = base.kind {
      return .scalar(.exp(try scalar(exponent)))
    }
    let value = try value(of: base)
    guard case .scalar(let u) = value.simplest else {
      throw failure("cannot take a power of \(value.kind)", at: base.range)
    }
    let v = try scalar(exponent)
    requirePower(of: u, v, at: range)
    if let number = v.rationalValue {
      try checkExponent(number, at: exponent.range)
      if !u.isPlainlyNonnegative { warnOfRoot(number, of: base, at: range) }
    }
    return .scalar(.power(u, v))
  }

  func transposed(_ value: Value, at range: SourceRange) throws(AlreadyReported) -> Value {
    switch value {
    case .scalar: throw failure("cannot transpose a number", at: range)
    case .vector(let entries): return .matrix([entries])
    case .matrix(let rows):
      return .matrix(rows[0].indices.map { column in rows.map { $0[column] } })
    }
  }

  /// As ``Expression/powerRequirement(_:)`` says for a number v. An exponent such as K that is known to be
  /// an integer needs u ≠ 0 when it may be negative, and nothing otherwise; any other one needs u ≥ 0, and
  /// u ≠ 0 where v ≤ 0.
  private func requirePower(of u: Expression, _ v: Expression, at range: SourceRange) {
    if v.rationalValue != nil {
      if let requirement = Expression.powerRequirement(v) { require(u, requirement, at: range) }
    } else if scope.isIntegerValued(v) {
      if scope.lowerBound(of: v).map({ $0.sign >= 0 }) != true { require(u, .nonzero, at: range) }
    } else {
      require(u, .nonnegative, at: range)
      let outer = guards
      guards.append(.compare(v, .lessOrEqual, .zero))
      require(u, .nonzero, at: range)
      guards = outer
    }
  }

  func checkExponent(_ exponent: Rational, at range: SourceRange) throws(AlreadyReported) {
    let limit = Rational(LanguageLimits.exponent)
    if exponent.numerator.magnitude > limit || exponent.denominator > limit {
      throw failure(
        "exponents may not have parts above \(LanguageLimits.exponent)", at: range)
    }
  }

  private func warnOfRoot(_ exponent: Rational, of base: FormulaSyntax, at range: SourceRange) {
    guard let degree = exponent.denominator.asInt, degree > 1, degree % 2 == 1 else { return }
    let inner = source.quoted(base.range)
    let root = degree == 3 ? "cbrt(…)" : "root(…, \(degree))"
    log.warn(
      "a power with exponent \(exponent) is defined only where '\(inner)' is not negative",
      hint: "the real root of every number is written \(root)", at: range)
  }

  func checkSize(_ expression: Expression, at range: SourceRange) throws(AlreadyReported) {
    if expression.size > LanguageLimits.expressionSize {
      throw failure("the formula grows too large when it is written out", at: range)
    }
    if expression.largestExponent > Rational(LanguageLimits.exponent) {
      throw failure(
        "the formula has an exponent with a part above \(LanguageLimits.exponent)", at: range)
    }
    if expression.degreeBound > LanguageLimits.exponent {
      throw failure("the formula has a degree above \(LanguageLimits.exponent)", at: range)
    }
  }
}

extension Expression {
  /// The largest numerator or denominator of a rational exponent inside.
  fileprivate var largestExponent: Rational {
    var largest = form.children.map(\.largestExponent).max() ?? .zero
    if case .power(_, let exponent) = form, let value = exponent.rationalValue {
      largest = max(largest, value.numerator.magnitude, value.denominator)
    }
    return largest
  }

  /// A bound on the degree of the polynomials that expanding the formula can give, saturating.
  fileprivate var degreeBound: Int {
    let ceiling = 1 << 20
    switch form {
    case .rational, .pi: return 0
    case .symbol: return 1
    case .sum(let terms): return terms.map(\.degreeBound).max() ?? 0
    case .product(let factors):
      return min(ceiling, factors.reduce(0) { $0 + $1.degreeBound })
    case .power(let base, let exponent):
      guard let value = exponent.rationalValue else {
        return max(base.degreeBound, exponent.degreeBound)
      }
      let scale = value.numerator.magnitude.asInt ?? ceiling
      return min(ceiling, base.degreeBound * min(ceiling, scale))
    case .call(_, let arguments): return max(1, arguments.map(\.degreeBound).max() ?? 0)
    case .piecewise, .finiteSum: return form.children.map(\.degreeBound).max() ?? 0
    }
  }
}
