import Exact

/// A point of a region, with the values of the parameters at which it was taken, all exact.
public struct Witness: Hashable, Sendable {
  /// One value a coordinate.
  public let point: [Expression]
  /// The values of the parameters; the witness speaks of these alone.
  public let parameters: [Symbol: Expression]

  /// The point with the given parameter values.
  public init(point: [Expression], parameters: [Symbol: Expression]) {
    self.point = point
    self.parameters = parameters
  }
}

/// Exact, readable points of a region: small numbers first, ends and middles of its intervals,
/// certainly inside it.
public struct WitnessSearch {
  private let coordinates: [Symbol]
  /// Parameters first, so that the ends of a coordinate's interval can be evaluated.
  private let symbols: [Symbol]
  private let assumptions: Assumptions
  private let pointLimit: Int

  /// - Parameters:
  ///   - region: Where the points are taken.
  ///   - assumptions: What the parameters satisfy, and facts that the points must satisfy as well.
  ///   - mentioned: Symbols beyond those of the region and the assumptions that need values.
  ///   - pointLimit: The number of points looked at in each pass.
  public init(
    in region: Region, under assumptions: Assumptions = Assumptions(),
    mentioning mentioned: [Symbol] = [], pointLimit: Int = 600
  ) {
    self.assumptions = assumptions.adding(region)
    self.pointLimit = pointLimit
    coordinates = region.coordinates
    let others = Set(self.assumptions.mentionedSymbols + mentioned).subtracting(coordinates)
    symbols = Self.byDependence(others.sorted(), self.assumptions) + coordinates
  }

  /// Up to `count` different points of the region, simplest first.
  public func points(_ count: Int) -> [Witness] {
    var found: [Witness] = []
    enumerate { values in
      if isAdmissible(values) { found.append(witness(values)) }
      return found.count < count
    }
    return found
  }

  /// A point of the region at which `predicate` certainly holds: among the simple ones, else one on
  /// the border of a comparison in it, found by solving for one symbol.
  public func first(where predicate: Predicate) -> Witness? {
    var found: Witness?
    var bases: [[Symbol: Expression]] = []
    enumerate { values in
      if isAdmissible(values) {
        if predicate.holds(at: values) == true {
          found = witness(values)
          return false
        }
        if bases.count < 12 { bases.append(values) }
      }
      return true
    }
    return found ?? firstOnBorder(of: predicate, near: bases)
  }

  private func firstOnBorder(of predicate: Predicate, near bases: [[Symbol: Expression]])
    -> Witness?
  {
    var found: Witness?
    enumerate(
      besides: predicate.differences + assumptions.facts.flatMap(\.differences), near: bases
    ) {
      guard isAdmissible($0), predicate.holds(at: $0) == true else { return true }
      found = witness($0)
      return false
    }
    return found
  }

  /// Up to `count` points of the region at which one of `borders` is 0, or to either side of it, found
  /// by solving for one symbol near the simplest points.
  public func points(besides borders: [Expression], _ count: Int) -> [Witness] {
    var bases: [[Symbol: Expression]] = []
    enumerate { values in
      if isAdmissible(values) { bases.append(values) }
      return bases.count < 4
    }
    var found: [Witness] = []
    enumerate(besides: borders, near: bases) { values in
      if isAdmissible(values) { found.append(witness(values)) }
      return found.count < count
    }
    return found
  }

  private func enumerate(
    besides borders: [Expression], near bases: [[Symbol: Expression]],
    _ visit: ([Symbol: Expression]) -> Bool
  ) {
    for border in borders {
      for base in bases {
        for symbol in symbols.reversed() where border.contains(symbol) {
          var others = base
          others[symbol] = nil
          let roots = border.substituting(others).rootCandidates(for: symbol)
          for root in roots.prefix(4) {
            for value in [root, root + 1, root - 1] {
              others[symbol] = value
              if !visit(others) { return }
            }
          }
        }
      }
    }
  }

  private func witness(_ values: [Symbol: Expression]) -> Witness {
    Witness(
      point: coordinates.map { values[$0]! },
      parameters: values.filter { !coordinates.contains($0.key) })
  }

  /// Whether the values certainly satisfy everything that is assumed.
  private func isAdmissible(_ values: [Symbol: Expression]) -> Bool {
    for symbol in symbols {
      guard let value = values[symbol] else { return false }
      if assumptions.integers.contains(symbol), value.rationalValue?.isInteger != true {
        return false
      }
      guard value.isRealConstant else { return false }
      let membership = assumptions.interval(of: symbol).membership(of: value)
      guard membership.holds(at: values) == true else { return false }
    }
    return assumptions.facts.allSatisfy { $0.holds(at: values) == true }
  }

  /// The effort of finding the values that one symbol may take.
  private static let partCost = 1

  /// What an enumeration may still look at.
  private struct Budget {
    /// Points with a value for each symbol.
    var points: Int
    /// Beginnings of points, most of which lead to none where lists of values are short.
    var parts: Int

    init(points: Int) {
      self.points = points
      parts = 64 * points
    }

    var isSpent: Bool { points <= 0 || parts <= 0 }
  }

  /// Calls `visit` with value tuples in the order of the sum of their ranks, until it says no.
  private func enumerate(_ visit: ([Symbol: Expression]) -> Bool) {
    var left = Budget(points: pointLimit)
    var rankSum = 0
    while !left.isSpent, rankSum <= symbols.count * (Self.valueLimit - 1) {
      let before = left.points
      guard extend([:], from: 0, rankSum: rankSum, left: &left, visit) else { return }
      // Twice no tuple in a row: the lists of values are exhausted.
      if before == left.points, rankSum > Self.valueLimit { return }
      rankSum += 1
    }
  }

  private func extend(
    _ values: [Symbol: Expression], from index: Int, rankSum: Int, left: inout Budget,
    _ visit: ([Symbol: Expression]) -> Bool
  ) -> Bool {
    if index == symbols.count {
      guard rankSum == 0 else { return true }
      left.points -= 1
      return visit(values) && !left.isSpent && !EffortLimit.isSpent
    }
    left.parts -= 1
    guard !left.isSpent, EffortLimit.spend(Self.partCost) else { return false }
    let symbol = symbols[index]
    let candidates = candidates(for: symbol, given: values)
    let isLast = index == symbols.count - 1
    for (rank, value) in candidates.enumerated() where rank <= rankSum {
      if isLast, rank != rankSum { continue }
      var next = values
      next[symbol] = value
      let goesOn = extend(
        next, from: index + 1, rankSum: rankSum - rank, left: &left, visit)
      if !goesOn { return false }
    }
    return true
  }

  /// At most so many values a symbol.
  private static let valueLimit = 20
  private static let numbers: [Expression] = [
    0, 1, -1, 2, .rational(1, 2), -2, .rational(-1, 2), 3, -3, .rational(1, 3), 5, -5, 10, -10,
    .rational(1, 10), .rational(-1, 10), 100, -100,
  ]

  /// Readable values inside the symbol's interval.
  private func candidates(for symbol: Symbol, given values: [Symbol: Expression]) -> [Expression] {
    let interval = assumptions.interval(of: symbol).substituting(values)
    let isInteger = assumptions.integers.contains(symbol)
    var pool = Self.numbers
    let (low, high) = (interval.lower.value, interval.upper.value)
    if let low, let high { pool += [.rational(1, 2) * (low + high), low, high] }
    if let low { pool += [low, low + 1, low + 2, low + .rational(1, 2), low + .rational(1, 100)] }
    if let high { pool += [high, high - 1, high - .rational(1, 2), high - .rational(1, 100)] }
    var kept: [Expression] = []
    for value in pool where !kept.contains(value) && kept.count < Self.valueLimit {
      if isInteger, value.rationalValue?.isInteger != true { continue }
      if interval.membership(of: value).holds(at: [:]) == true { kept.append(value) }
    }
    return kept
  }

  /// Symbols such that the ends of each one's interval speak of earlier ones only, where possible.
  private static func byDependence(_ symbols: [Symbol], _ assumptions: Assumptions) -> [Symbol] {
    var ordered: [Symbol] = []
    var rest = symbols
    while !rest.isEmpty {
      let next =
        rest.first { symbol in
          assumptions.interval(of: symbol).freeSymbols.allSatisfy { !rest.contains($0) }
        } ?? rest[0]
      ordered.append(next)
      rest.removeAll { $0 == next }
    }
    return ordered
  }
}

extension Predicate {
  /// a - b for every comparison of a with b inside.
  var differences: [Expression] {
    switch self {
    case .always, .never: []
    case .compare(let a, _, let b): [a - b]
    case .and(let parts), .or(let parts): parts.flatMap(\.differences)
    case .not(let inner): inner.differences
    }
  }
}
