/// What is known of the symbols in play: the facts that sign calculus, simplification and proofs
/// may use.
public struct Assumptions: Hashable, Sendable {
  /// Where a symbol lies; R for one that is not listed.
  public private(set) var intervals: [Symbol: Interval] = [:]
  /// The symbols whose values are integers.
  public private(set) var integers: Set<Symbol> = []
  /// Further facts that hold.
  public private(set) var facts: [Predicate] = []

  /// Nothing known: every symbol is any real number.
  public init() {}

  /// The constraints of parameters, and a point of `region` in its coordinates.
  public init(parameters: [Parameter], region: Region? = nil) {
    for parameter in parameters {
      intervals[parameter.symbol] = parameter.interval
      if parameter.isInteger { integers.insert(parameter.symbol) }
      for value in parameter.excluded {
        facts.append(.compare(Expression(parameter.symbol), .unequal, value))
      }
    }
    if let region { self = adding(region) }
  }

  /// These and: the coordinates of `region` are a point of it.
  public func adding(_ region: Region) -> Assumptions {
    var result = self
    for (symbol, interval) in zip(region.coordinates, region.intervals) {
      result.intervals[symbol] = interval
    }
    return result.adding(region.predicate)
  }

  /// These and: `symbol` lies in `interval` (replacing what was known of its interval).
  public func adding(_ symbol: Symbol, in interval: Interval, isInteger: Bool = false)
    -> Assumptions
  {
    var result = self
    result.intervals[symbol] = interval
    if isInteger { result.integers.insert(symbol) }
    return result
  }

  /// These and: `fact` holds.
  public func adding(_ fact: Predicate) -> Assumptions {
    var result = self
    for part in fact.conjuncts where part != .always && !result.facts.contains(part) {
      result.facts.append(part)
    }
    return result
  }

  /// These without the facts that mention `symbol`; its interval stays.
  public func withoutFacts(about symbol: Symbol) -> Assumptions {
    var result = self
    result.facts.removeAll { $0.freeSymbols.contains(symbol) }
    return result
  }

  /// These without any of the further facts: intervals and integrality only.
  var withoutFacts: Assumptions {
    var result = self
    result.facts = []
    return result
  }

  /// What is known inside of a finite sum: these and the values of the index; nothing if they speak of
  /// another symbol of that name.
  func inside(_ sum: FiniteSum) -> Assumptions {
    if mentionedSymbols.contains(sum.index) { return Assumptions() }
    return adding(
      sum.index, in: Interval(.closed(sum.lower), .closed(sum.upper)), isInteger: true)
  }

  /// Where `symbol` lies.
  public func interval(of symbol: Symbol) -> Interval { intervals[symbol] ?? .reals }
}
