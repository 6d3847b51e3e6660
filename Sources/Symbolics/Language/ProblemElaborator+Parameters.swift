import Exact

/// `param` and `learn`.
extension ProblemElaborator {
  func addParameter(_ syntax: ParameterSyntax, isLearned: Bool) throws(AlreadyReported) {
    do throws(AlreadyReported) {
      try check(syntax.name)
      try declare(syntax, isLearned: isLearned)
    } catch {
      scope.markUnusable(syntax.name.text)
      throw error
    }
  }

  private func declare(_ syntax: ParameterSyntax, isLearned: Bool) throws(AlreadyReported) {
    let name = syntax.name.text
    var set = syntax.set ?? SetSyntax(.reals, at: syntax.name.range)
    let excludedSyntax: [FormulaSyntax]
    if case .without(let inner, let values) = set.kind {
      (set, excludedSyntax) = (inner, values)
    } else {
      excludedSyntax = []
    }
    let elaborator = formulas()
    var excluded = try elaborator.scalars(excludedSyntax)
    if case .matrices(let entry, let rows, let columns) = set.kind {
      return try declareMatrix(
        syntax, rows: rows, columns: columns, entries: entry, isLearned: isLearned)
    }
    var intervals = try self.intervals(of: set, elaborator).map(\.interval)
    if intervals.count == 1 {
      for (relation, value) in syntax.bounds {
        let value = try elaborator.scalar(value)
        if relation == .unequal {
          excluded.append(value)
        } else {
          try narrow(&intervals[0], relation, value, at: syntax.name.range)
        }
      }
    } else if !syntax.bounds.isEmpty {
      throw failure("bounds are for single numbers", at: syntax.name.range)
    }
    try checkNotEmpty(intervals, at: set.range)
    let isVector = if case .power = set.kind { true } else { intervals.count > 1 }
    let symbols =
      isVector ? (1...intervals.count).map { Symbol(name, $0) } : [Symbol(name)]
    for (symbol, interval) in zip(symbols, intervals) {
      if symbol.name != name { try check(syntax.name, as: symbol.name) }
      try append(
        Parameter(
          symbol, in: interval, isInteger: syntax.isInteger, excluding: excluded,
          isLearned: isLearned), at: syntax.name.range)
    }
    if isVector {
      scope.add(name, .vector(symbols.map { Expression($0) }))
    }
  }

  private func append(_ parameter: Parameter, at range: SourceRange) throws(AlreadyReported) {
    guard parameters.count < LanguageLimits.parameters else {
      throw failure("more than \(LanguageLimits.parameters) parameters", at: range)
    }
    parameters.append(parameter)
    places.parameters[parameter.symbol] = SourcePlace(range, in: source)
    scope.add(parameter.symbol.name, .scalar(Expression(parameter.symbol)))
    if parameter.isInteger {
      scope.addInteger(parameter.symbol, atLeast: parameter.interval.lower.value?.rationalValue)
    }
  }

  /// A in R^(2x2) has the entries a11 a12 a21 a22.
  private func declareMatrix(
    _ syntax: ParameterSyntax, rows: Int, columns: Int, entries: SetSyntax, isLearned: Bool
  ) throws(AlreadyReported) {
    guard syntax.bounds.isEmpty, !syntax.isInteger else {
      throw failure("bounds are for single numbers", at: syntax.name.range)
    }
    let intervals = try self.intervals(of: entries, formulas()).map(\.interval)
    guard intervals.count == 1 else {
      throw failure("the entries of a matrix are numbers", at: entries.range)
    }
    let stem = syntax.name.text.lowercased()
    let separator = max(rows, columns) > 9 ? "_" : ""
    var matrix: [[Expression]] = []
    for row in 1...rows {
      var entries: [Expression] = []
      for column in 1...columns {
        let symbol = Symbol("\(stem)\(row)\(separator)\(column)")
        try check(syntax.name, as: symbol.name)
        try append(
          Parameter(symbol, in: intervals[0], isLearned: isLearned), at: syntax.name.range)
        entries.append(Expression(symbol))
        // A12 and A[1, 2] are other spellings of a12.
        scope.add("\(syntax.name.text)\(row)\(separator)\(column)", .scalar(Expression(symbol)))
      }
      matrix.append(entries)
    }
    scope.add(syntax.name.text, .matrix(matrix))
  }

  private func narrow(
    _ interval: inout Interval, _ relation: Relation, _ value: Expression, at range: SourceRange
  ) throws(AlreadyReported) {
    switch relation {
    case .greater where interval.lower == .minusInfinity: interval.lower = .open(value)
    case .greaterOrEqual where interval.lower == .minusInfinity: interval.lower = .closed(value)
    case .less where interval.upper == .plusInfinity: interval.upper = .open(value)
    case .lessOrEqual where interval.upper == .plusInfinity: interval.upper = .closed(value)
    default:
      throw failure("the bounds of a parameter are given twice or not clear", at: range)
    }
  }
}
