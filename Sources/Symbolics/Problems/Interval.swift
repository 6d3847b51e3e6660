/// One end of an interval: ±∞, or a finite value that belongs to the interval or not.
public enum Endpoint: Hashable, Sendable {
  /// -∞
  case minusInfinity
  /// +∞
  case plusInfinity
  /// A finite end that does not belong to the interval.
  case open(Expression)
  /// A finite end that belongs to the interval.
  case closed(Expression)

  /// The finite value, or nil at ±∞.
  public var value: Expression? {
    switch self {
    case .minusInfinity, .plusInfinity: nil
    case .open(let value), .closed(let value): value
    }
  }
  /// Whether the end itself belongs to the interval.
  public var isClosed: Bool { if case .closed = self { true } else { false } }
}

/// A real interval, possibly unbounded; end points may depend on parameters and other coordinates.
public struct Interval: Hashable, Sendable {
  /// The left end.
  public var lower: Endpoint
  /// The right end.
  public var upper: Endpoint

  /// The interval from `lower` to `upper`; each end says whether it belongs to it.
  public init(_ lower: Endpoint, _ upper: Endpoint) {
    self.lower = lower
    self.upper = upper
  }

  /// R = (-∞, ∞)
  public static let reals = Interval(.minusInfinity, .plusInfinity)
  /// (0, ∞)
  public static let positive = Interval(.open(.zero), .plusInfinity)
  /// [0, ∞)
  public static let nonnegative = Interval(.closed(.zero), .plusInfinity)

  /// Whether it is (-∞, ∞).
  public var isReals: Bool { self == .reals }

  /// The interval without its ends.
  public var interior: Interval {
    func opened(_ end: Endpoint) -> Endpoint { end.value.map { .open($0) } ?? end }
    return Interval(opened(lower), opened(upper))
  }

  /// x ∈ interval, as a predicate.
  public func membership(of x: Expression) -> Predicate {
    var parts: [Predicate] = []
    if let value = lower.value {
      parts.append(.compare(x, lower.isClosed ? .greaterOrEqual : .greater, value))
    }
    if let value = upper.value {
      parts.append(.compare(x, upper.isClosed ? .lessOrEqual : .less, value))
    }
    return .all(parts)
  }

  /// Both end points with symbols replaced.
  public func substituting(_ values: [Symbol: Expression]) -> Interval {
    func map(_ end: Endpoint) -> Endpoint {
      switch end {
      case .minusInfinity, .plusInfinity: end
      case .open(let value): .open(value.substituting(values))
      case .closed(let value): .closed(value.substituting(values))
      }
    }
    return Interval(map(lower), map(upper))
  }

  /// The free symbols of both end points.
  public var freeSymbols: [Symbol] {
    Set([lower, upper].compactMap(\.value).flatMap(\.freeSymbols)).sorted()
  }
}

/// A subset of R^n: a product of intervals, cut down by a predicate on the coordinates.
public struct Region: Hashable, Sendable {
  /// The coordinates' names, `z1 … zn` (or `z` when n = 1) for a domain.
  public var coordinates: [Symbol]
  /// One interval a coordinate.
  public var intervals: [Interval]
  /// The `where` clause; `.always` for a plain product.
  public var predicate: Predicate

  /// {coordinates ∈ I1 × … × In : predicate}
  public init(coordinates: [Symbol], intervals: [Interval], where predicate: Predicate = .always) {
    precondition(
      coordinates.count == intervals.count,
      "a region needs one interval a coordinate: \(coordinates.count) against \(intervals.count)")
    self.coordinates = coordinates
    self.intervals = intervals
    self.predicate = predicate
  }

  /// R^n in the given coordinates.
  public static func space(_ coordinates: [Symbol]) -> Region {
    Region(coordinates: coordinates, intervals: coordinates.map { _ in .reals })
  }

  /// n, the number of coordinates.
  public var dimension: Int { coordinates.count }
  /// Whether there is no `where` clause: a product of intervals.
  public var isProduct: Bool { predicate == .always }
  /// Whether it is all of R^n.
  public var isWholeSpace: Bool { isProduct && intervals.allSatisfy(\.isReals) }

  /// point ∈ region, as a predicate.
  public func membership(of point: [Expression]) -> Predicate {
    let values = Dictionary(uniqueKeysWithValues: zip(coordinates, point))
    return .all(
      zip(intervals, point).map { $0.substituting(values).membership(of: $1) }
        + [predicate.substituting(values)])
  }

  /// Parameters replaced by values; the coordinates themselves stay.
  public func substituting(_ values: [Symbol: Expression]) -> Region {
    Region(
      coordinates: coordinates, intervals: intervals.map { $0.substituting(values) },
      where: predicate.substituting(values))
  }
}

extension Region {
  /// The product of the intervals without their ends; `predicate` is left out.
  public var interior: Region {
    Region(coordinates: coordinates, intervals: intervals.map(\.interior))
  }
}
