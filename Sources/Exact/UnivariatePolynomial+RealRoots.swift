extension UnivariatePolynomial {
  /// Where one real root lies.
  public struct RootEnclosure: Sendable, Hashable {
    /// The root lies strictly above, or is this number when `upper` is the same.
    public let lower: Rational
    /// The root lies strictly below, or is this number when `lower` is the same.
    public let upper: Rational

    /// Whether the root is known exactly.
    public var isExact: Bool { lower == upper }
  }

  /// The number of different real roots in an interval, by Sturm's theorem.
  ///
  /// - Precondition: not the zero polynomial.
  /// - Throws: `tooLarge` beyond `degreeLimit` and `coefficientLimit`.
  public func realRootCount(in interval: RealInterval = .line) throws(ExactError) -> Int {
    precondition(!isZero, "every number is a root of the zero polynomial")
    if interval.isEmpty { return 0 }
    return try SturmSequence(of: self).rootCount(in: interval)
  }

  /// Enclosures of all different real roots in increasing order, each with one root, no two with a
  /// common inner point.
  ///
  /// - Parameter width: the largest width of an enclosure. Precondition: positive.
  /// - Throws: `tooLarge` beyond `degreeLimit` and `coefficientLimit`, and where the accuracy
  ///   asked for, or telling the roots apart, takes too many steps.
  public func realRoots(width: Rational) throws(ExactError) -> [RootEnclosure] {
    precondition(!isZero, "every number is a root of the zero polynomial")
    precondition(width.sign > 0, "a width of \(width)")
    if width.bitLength > UnivariatePolynomial.coefficientLimit {
      throw .tooLarge(limit: .coefficients)
    }
    let sequence = try SturmSequence(of: self)
    let bound = sequence.polynomial.rootBound
    let bits = width.bitLength + bound.bitLength
    if (degree + 1) * bits > UnivariatePolynomial.refinementLimit { throw .tooLarge(limit: .work) }
    var roots: [RootEnclosure] = []
    // The upper half of an interval is pushed first, so that roots come out in order.
    var pending = [(lower: -bound, upper: bound)]
    var steps = 0
    while let (lower, upper) = pending.popLast() {
      steps += 1
      if steps > UnivariatePolynomial.stepLimit { throw .tooLarge(limit: .work) }
      if lower == upper {
        roots.append(RootEnclosure(lower: lower, upper: upper))
        continue
      }
      switch sequence.rootCount(in: RealInterval(.open(lower), .open(upper))) {
      case 0: continue
      case 1: roots.append(sequence.polynomial.refined(lower, upper, width: width))
      default:
        let middle = (lower + upper) / 2
        if (degree + 1) * middle.bitLength > UnivariatePolynomial.refinementLimit {
          throw .tooLarge(limit: .work)
        }
        pending.append((middle, upper))
        if sequence.polynomial.sign(at: middle) == 0 { pending.append((middle, middle)) }
        pending.append((lower, middle))
      }
    }
    return roots
  }

  /// The largest product of the number of coefficients with the bits of accuracy asked for.
  private static let refinementLimit = 40_000
  /// The most intervals that `realRoots` looks at.
  private static let stepLimit = 2_000

  /// Bisection of an open interval with one root of a squarefree polynomial.
  private func refined(_ lower: Rational, _ upper: Rational, width: Rational) -> RootEnclosure {
    var (lower, upper) = (lower, upper)
    // When the lower end is itself a root, the derivative tells the sign just above it.
    let atLower = sign(at: lower)
    let below = atLower != 0 ? atLower : derivative.sign(at: lower)
    while upper - lower > width {
      let middle = (lower + upper) / 2
      let sign = sign(at: middle)
      if sign == 0 { return RootEnclosure(lower: middle, upper: middle) }
      if sign == below { lower = middle } else { upper = middle }
    }
    return RootEnclosure(lower: lower, upper: upper)
  }

  /// Whether p(x) > 0 at every x of the interval; true for an empty one.
  public func isPositive(on interval: RealInterval = .line) throws(ExactError) -> Bool {
    if interval.isEmpty { return true }
    if isZero { return false }
    if try realRootCount(in: interval) > 0 { return false }
    if case .closed(let x) = interval.lower { return sign(at: x) > 0 }
    return interval.interiorPoints(1).allSatisfy { sign(at: $0) > 0 }
  }

  /// Whether p(x) ≥ 0 at every x of the interval; true for an empty one.
  public func isNonnegative(on interval: RealInterval = .line) throws(ExactError) -> Bool {
    if interval.isEmpty || isZero { return true }
    if case .closed(let x) = interval.lower, interval.upper == .closed(x) {
      return sign(at: x) >= 0
    }
    let inside = RealInterval(
      interval.lower.number.map { .open($0) } ?? .unbounded,
      interval.upper.number.map { .open($0) } ?? .unbounded)
    // Without a change of sign inside, the sign at one point that is no root is that everywhere,
    // and by continuity at the ends. Among degree + 1 points one is no root.
    if try oddPart().realRootCount(in: inside) > 0 { return false }
    return inside.interiorPoints(degree + 1).allSatisfy { sign(at: $0) >= 0 }
  }

  /// Cauchy's bound: every real root x has |x| < 1 + max |cₖ/c_d|. A power of 2.
  private var rootBound: Rational {
    let leading = coefficients[degree]
    let largest = coefficients.reduce(Rational.zero) { max($0, ($1 / leading).magnitude) }
    return Rational(powerOfTwo: (largest + 1).floor().bitLength)
  }
}

/// Sturm's sequence of the squarefree part: p, p′, and negated remainders.
struct SturmSequence {
  /// The squarefree part.
  let polynomial: UnivariatePolynomial
  private let sequence: [UnivariatePolynomial]

  init(of polynomial: UnivariatePolynomial) throws(ExactError) {
    self.polynomial = try polynomial.squarefreePart().primitivePart
    var sequence = [self.polynomial, self.polynomial.derivative]
    while let last = sequence.last, !last.isZero {
      let remainder = sequence[sequence.count - 2].remainder(dividingBy: last)
      // A positive factor keeps the signs; this one keeps the coefficients short.
      sequence.append(UnivariatePolynomial(remainder.primitivePart.coefficients.map { -$0 }))
    }
    self.sequence = sequence.dropLast()
  }

  /// The number of roots in a non-empty interval.
  func rootCount(in interval: RealInterval) -> Int {
    // The difference counts the roots in (lower, upper].
    var count = variations(at: interval.lower, towards: \.signAtMinusInfinity)
    count -= variations(at: interval.upper, towards: \.signAtPlusInfinity)
    if case .closed(let x) = interval.lower, polynomial.sign(at: x) == 0 { count += 1 }
    if case .open(let x) = interval.upper, polynomial.sign(at: x) == 0 { count -= 1 }
    return count
  }

  private func variations(
    at end: RealInterval.End, towards sign: KeyPath<UnivariatePolynomial, Int>
  ) -> Int {
    let signs = sequence.map { polynomial in
      end.number.map { polynomial.sign(at: $0) } ?? polynomial[keyPath: sign]
    }.filter { $0 != 0 }
    return zip(signs, signs.dropFirst()).count { $0 != $1 }
  }
}
