import Exact

/// The domain and the codomains.
extension ProblemElaborator {
  /// An interval of a set with the values taken out of it.
  typealias Factor = (interval: Interval, excluded: [Expression])

  /// One interval a coordinate.
  func intervals(of set: SetSyntax, _ elaborator: FormulaElaborator) throws(AlreadyReported)
    -> [Factor]
  {
    switch set.kind {
    case .reals: return [(.reals, [])]
    case .interval(let lower, let upper, let isLowerClosed, let isUpperClosed):
      let ends = Interval(
        try end(lower, isClosed: isLowerClosed, isLower: true, elaborator),
        try end(upper, isClosed: isUpperClosed, isLower: false, elaborator))
      try checkNotEmpty([ends], at: set.range)
      return [(ends, [])]
    case .product(let sets):
      var result: [Factor] = []
      for set in sets { result += try intervals(of: set, elaborator) }
      return result
    case .power(let set, let exponent):
      let factors = try intervals(of: set, elaborator)
      return (0..<exponent).flatMap { _ in factors }
    case .without(let set, let values):
      let factors = try intervals(of: set, elaborator)
      guard factors.count == 1 else {
        throw failure(
          "values can be taken out of intervals only", hint: "use a where condition",
          at: set.range)
      }
      return [(factors[0].interval, factors[0].excluded + (try elaborator.scalars(values)))]
    case .matrices:
      throw failure("expected a set of numbers or vectors, found one of matrices", at: set.range)
    }
  }

  private func end(
    _ syntax: FormulaSyntax, isClosed: Bool, isLower: Bool, _ elaborator: FormulaElaborator
  ) throws(AlreadyReported) -> Endpoint {
    guard let sign = syntax.infinitySign else {
      let value = try elaborator.scalar(syntax)
      return isClosed ? .closed(value) : .open(value)
    }
    if isClosed {
      throw failure(
        "an infinite end does not belong to the interval", hint: "write '(' or ')' there",
        at: syntax.range)
    }
    guard (sign < 0) == isLower else {
      throw failure("the interval is empty", at: syntax.range)
    }
    return isLower ? .minusInfinity : .plusInfinity
  }

  func checkNotEmpty(_ intervals: [Interval], at range: SourceRange) throws(AlreadyReported) {
    for interval in intervals {
      guard let lower = interval.lower.value?.rationalValue,
        let upper = interval.upper.value?.rationalValue
      else { continue }
      let isPoint = lower == upper && interval.lower.isClosed && interval.upper.isClosed
      if lower > upper || (lower == upper && !isPoint) {
        throw failure("the interval \(interval.text) is empty", at: range)
      }
    }
  }

  /// The set with its condition, in coordinates that the scope knows; what its ends need goes to
  /// `obligations`.
  func region(
    _ syntax: DomainSyntax, _ coordinates: [Symbol], obligations: inout [Obligation]
  ) throws(AlreadyReported) -> Region {
    let elaborator = formulas()
    let factors = try intervals(of: syntax.set, elaborator)
    var conditions: [Predicate] = []
    for (symbol, factor) in zip(coordinates, factors) {
      conditions += factor.excluded.map { .compare(Expression(symbol), .unequal, $0) }
    }
    obligations += elaborator.obligations
    if let condition = syntax.condition {
      conditions.append(try elaborator.membershipCondition(condition))
    }
    return Region(
      coordinates: coordinates, intervals: factors.map(\.interval), where: .all(conditions))
  }

  /// `z in R^3`: the domain, a further factor of it, or the codomain of a stage.
  func addMembership(of target: TargetSyntax, in syntax: DomainSyntax) throws(AlreadyReported) {
    if let position = definitions.firstIndex(where: { $0.name == target.names[0].text }) {
      guard !definitions[position].isStated else {
        throw failure("the set of '\(target.names[0].text)' is given twice", at: syntax.range)
      }
      return try state(syntax, for: position)
    }
    guard definitions.isEmpty else {
      throw failure(
        "'\(target.names[0].text)' is not defined", hint: "the domain stands before the map",
        at: target.range)
    }
    try declareDomain(target, syntax)
  }

  private func declareDomain(_ target: TargetSyntax, _ syntax: DomainSyntax)
    throws(AlreadyReported)
  {
    do throws(AlreadyReported) {
      let symbols = try coordinates(of: target, count: syntax.set.dimension, at: syntax.set.range)
      try addVariable(target, symbols)
      let region = try region(syntax, symbols, obligations: &domainObligations)
      places.domain =
        places.domain
        ?? SourcePlace(
          target.range.joined(to: syntax.set.range), in: source)
      let before = domain ?? Region(coordinates: [], intervals: [])
      domain = Region(
        coordinates: before.coordinates + symbols, intervals: before.intervals + region.intervals,
        where: .all([before.predicate, region.predicate]))
      inputNames += target.isTuple ? [] : [target.names[0].text]
      guard before.dimension + symbols.count <= LanguageLimits.dimension else {
        throw failure(
          "the domain has more than \(LanguageLimits.dimension) coordinates", at: target.range)
      }
      if before.dimension > 0 { addCommonStem() }
    } catch {
      for name in target.names { scope.markUnusable(name.text) }
      throw error
    }
  }

  /// z1 in …, z2 in … also make z = (z1, z2).
  private func addCommonStem() {
    guard let symbols = domain?.coordinates, let stem = symbols.first?.stem,
      symbols == symbols.indices.map({ Symbol(stem, $0 + 1) })
    else { return }
    scope.add(stem, .vector(symbols.map { Expression($0) }))
  }

  /// The coordinates that a name with `count` of them stands for.
  func coordinates(of target: TargetSyntax, count: Int, at range: SourceRange)
    throws(AlreadyReported) -> [Symbol]
  {
    guard count <= LanguageLimits.dimension else {
      throw failure("more than \(LanguageLimits.dimension) coordinates", at: range)
    }
    if target.isTuple {
      guard target.names.count == count else {
        throw failure(
          "\(target.names.count) names for a dimension of \(count)", at: target.range)
      }
      return target.names.map { Symbol($0.text) }
    }
    let name = target.names[0].text
    if count == 1 { return [Symbol(name)] }
    guard Symbol(name).digits.isEmpty else {
      throw failure(
        "'\(name)' is one coordinate, not \(count)", hint: "write \(Symbol(name).stem) in …",
        at: target.range)
    }
    return (1...count).map { Symbol(name, $0) }
  }

  /// Makes a variable known, unless one of its names is taken.
  func addVariable(_ target: TargetSyntax, _ symbols: [Symbol]) throws(AlreadyReported) {
    for name in target.names { try check(name) }
    if !target.isTuple {
      for symbol in symbols where symbol.name != target.names[0].text {
        try check(target.names[0], as: symbol.name)
      }
      scope.addVariable(target.names[0].text, symbols)
    } else {
      for symbol in symbols { scope.add(symbol.name, .scalar(Expression(symbol))) }
      if Set(symbols).count < symbols.count {
        throw failure("a coordinate is named twice", at: target.range)
      }
      let stem = symbols[0].stem
      if symbols == symbols.indices.map({ Symbol(stem, $0 + 1) }), !scope.contains(stem) {
        let entries = symbols.map { Expression($0) }
        scope.add(stem, entries.count == 1 ? .scalar(entries[0]) : .vector(entries))
      }
    }
  }

  /// `f : X -> Y` declares the domain when the map is written.
  func declareSignature(naming argument: TargetSyntax?) throws(AlreadyReported) {
    guard let signature, domain == nil else { return }
    let z = NameSyntax(text: "z", range: signature.domain.range)
    try declareDomain(
      argument ?? TargetSyntax(names: [z], isTuple: false, range: z.range), signature.domain)
  }

  /// Whether `f(z)` or `f(z1, z2)` names the variables of the domain.
  func checkArgument(_ argument: TargetSyntax) throws(AlreadyReported) {
    guard let domain else { return }
    let names = argument.names.map(\.text)
    if names == inputNames || names == domain.coordinates.map(\.name) { return }
    throw failure(
      "the argument of the map is not the variable of the domain",
      hint: "write f(\(inputNames.joined(separator: ", "))) = …", at: argument.range)
  }
}

extension FormulaSyntax {
  /// 1 for inf, -1 for -inf, nil for anything else.
  fileprivate var infinitySign: Int? {
    switch kind {
    case .name("inf"): 1
    case .negative(let inner): inner.infinitySign.map { -$0 }
    default: nil
    }
  }
}
