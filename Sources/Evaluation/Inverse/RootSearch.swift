/// The state of the search for one root of g(t) = target with g strictly monotone.
struct RootSearch {
  /// Where g is to be evaluated next.
  private(set) var point: Double
  private(set) var isDone = false
  /// The root once done; NaN if there is none.
  private(set) var result = Double.nan

  private let target: Double
  private let domain: IntervalEnds.Row
  /// The sign of g'; 0 while unknown.
  private var direction: Double
  /// The root lies strictly between; a side is seen once g was evaluated there.
  private var low: Double
  private var high: Double
  private var isLowSeen = false
  private var isHighSeen = false
  private var previousStep = Double.infinity
  private var evaluations = 0
  /// A point with its value, for comparison with the next while the direction is unknown.
  private var reference: (point: Double, value: Double)?
  /// How many ulps the next probe beyond a converged point goes.
  private var probe = 1.0

  /// After this many evaluations only halving is trusted: 64 more of them end every search.
  static let newtonLimit = 60
  static let evaluationLimit = newtonLimit + 70

  init(
    target: Double, in domain: IntervalEnds.Row, image: IntervalEnds.Row, isIncreasing: Bool?
  ) {
    self.target = target
    self.domain = domain
    direction = isIncreasing.map { $0 ? 1 : -1 } ?? 0
    (low, high) = (domain.lower, domain.upper)
    point = Self.start(low, high)
    if !image.contains(target) || !target.isFinite || !(low <= high) { isDone = true }
    if !isDone, low == high { finish(low) }
  }

  /// A point well inside the interval, of moderate size if possible.
  private static func start(_ low: Double, _ high: Double) -> Double {
    let candidate =
      switch (low.isFinite, high.isFinite) {
      case (true, true): low + (high - low) / 2
      case (true, false): low + 1
      case (false, true): high - 1
      case (false, false): 0.0
      }
    return candidate > low && candidate < high ? candidate : midpoint(low, high)
  }

  private mutating func finish(_ value: Double) {
    result = value
    isDone = true
  }

  /// Takes in g and g' at ``point`` and chooses the next point, or ends the search.
  mutating func advance(value: Double, slope: Double) {
    evaluations += 1
    let residual = value - target
    if residual == 0 { return finish(point) }
    if direction == 0 {
      findDirection(value: value, slope: slope)
      // A flat spot tells neither side; look elsewhere.
      if direction == 0, !residual.isNaN, evaluations < Self.evaluationLimit {
        point = Self.midpoint(point, evaluations % 2 == 1 ? high : low)
        return
      }
    }
    if residual.isNaN {
      avoidPoint()
    } else if direction == 0 {
      isDone = true
      return
    } else if (residual > 0) == (direction > 0) {
      (high, isHighSeen) = (point, true)
    } else {
      (low, isLowSeen) = (point, true)
    }
    choose(newton: point - residual / slope)
  }

  /// The sign of the derivative, or where that vanishes the order of two values.
  private mutating func findDirection(value: Double, slope: Double) {
    if slope != 0, !slope.isNaN {
      direction = slope > 0 ? 1 : -1
    } else if let (other, itsValue) = reference {
      let rise = (value - itsValue) * (point > other ? 1 : -1)
      direction = rise > 0 ? 1 : rise < 0 ? -1 : 0
    } else {
      reference = (point, value)
    }
  }

  /// Where g cannot be evaluated (a difference of overflowing terms), the bracket shrinks to the side
  /// with points seen or, before any, towards zero; that side stays unseen.
  private mutating func avoidPoint() {
    if isLowSeen || (!isHighSeen && point > 0) { high = point } else { low = point }
  }

  private mutating func choose(newton: Double) {
    if evaluations >= Self.evaluationLimit || Self.areAdjacent(low, high) { return end() }
    let step = (newton - point).magnitude
    if step <= point.ulp || step.isZero {
      if isLowSeen && isHighSeen { return finish(newton >= low && newton <= high ? newton : point) }
      // Converged from one side: the root counts when the sign changes just beyond it.
      let outward = isLowSeen ? point + probe * point.ulp : point - probe * point.ulp
      probe *= 4
      point = outward > low && outward < high ? outward : Self.midpoint(low, high)
      return
    }
    let isUseful =
      newton > low && newton < high && evaluations < Self.newtonLimit && step < 0.75 * previousStep
    previousStep = isUseful ? step : .infinity
    point = isUseful ? newton : Self.midpoint(low, high)
  }

  /// The bracket is as small as can be: its seen end, or a closed end of the interval that the image
  /// includes, is the root.
  private mutating func end() {
    if isLowSeen && isHighSeen {
      finish(point == low ? low : high)
    } else if isHighSeen && domain.hasLower {
      finish(domain.lower)
    } else if isLowSeen && domain.hasUpper {
      finish(domain.upper)
    } else {
      isDone = true
    }
  }

  // MARK: The order of Doubles

  /// The position of x among all Doubles.
  private static func key(_ x: Double) -> Int64 {
    let bits = Int64(bitPattern: x.bitPattern)
    return bits < 0 ? Int64.min &- bits : bits
  }

  /// The Double halfway between in the order of Doubles: halves exponents first, then digits.
  private static func midpoint(_ low: Double, _ high: Double) -> Double {
    let (a, b) = (key(low), key(high))
    let middle = (a >> 1) + (b >> 1) + (a & b & 1)
    return Double(bitPattern: UInt64(bitPattern: middle < 0 ? Int64.min &- middle : middle))
  }

  private static func areAdjacent(_ low: Double, _ high: Double) -> Bool {
    low == high || low.nextUp == high
  }
}
