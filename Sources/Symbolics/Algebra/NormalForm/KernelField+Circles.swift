import Exact

extension KernelField {
  /// The largest multiple of an angle that is written out by the addition theorems.
  static let multipleLimit = 12

  /// (cos u, sin u), term by term by the addition theorems.
  func circlePoint(at u: RationalFunction) throws(ExactError) -> CirclePoint {
    let u = try reduced(u)
    var result = CirclePoint(cosine: one, sine: zero)
    let pi = try read(.pi)
    for (coefficient, part) in try termwise(u) {
      let point =
        part == pi
        ? try specialPoint(coefficient)
        : try multiple(of: part, coefficient)
      result = try sum(result, point)
    }
    return result
  }

  /// (cos u, sin u) of a formula: by the addition theorems to decide equality, else in one piece.
  func readCircle(_ argument: Expression) throws(ExactError) -> CirclePoint {
    let u = try read(argument)
    if style == .proof { return try circlePoint(at: u) }
    let terms = try termwise(u)
    let pi = try read(.pi)
    if terms.allSatisfy({ $0.part == pi }) { return try circlePoint(at: u) }
    let isReversed = u.numerator.scale.sign < 0
    let point = try multiple(of: isReversed ? -u : u, 1)
    return isReversed ? CirclePoint(cosine: point.cosine, sine: -point.sine) : point
  }

  /// (cos(a + b), sin(a + b))
  private func sum(_ a: CirclePoint, _ b: CirclePoint) throws(ExactError) -> CirclePoint {
    if a.cosine == one { return b }
    if b.cosine == one { return a }
    use(.angleSum)
    return CirclePoint(
      cosine: try reduced(a.cosine * b.cosine - a.sine * b.sine),
      sine: try reduced(a.sine * b.cosine + a.cosine * b.sine))
  }

  private func multiple(of point: CirclePoint, _ count: Int) throws(ExactError) -> CirclePoint {
    guard count.magnitude <= Self.multipleLimit else { throw .tooLarge(limit: .degree) }
    var result = CirclePoint(cosine: one, sine: zero)
    let step = count < 0 ? CirclePoint(cosine: point.cosine, sine: -point.sine) : point
    for _ in 0..<count.magnitude { result = try sum(result, step) }
    return result
  }

  /// The point at c·part, from the generators for the line through `part`.
  private func multiple(of part: RationalFunction, _ c: Rational)
    throws(ExactError) -> CirclePoint
  {
    guard let numerator = c.numerator.asInt, let divisor = c.denominator.asInt else {
      throw .tooLarge(limit: .degree)
    }
    if divisor == 1, let known = try circlePointOfInverse(part) {
      use(.circleOfInverse)
      return try multiple(of: known, numerator)
    }
    var index = try firstIndex(of: part, in: circles.map(\.argument))
    if index == nil {
      index = circles.count
      circles.append(try addCircle(part, divisor))
    }
    try refineCircle(index!, toAllow: divisor)
    let known = circles[index!]
    let point = CirclePoint(cosine: element(known.cosine), sine: element(known.sine))
    return try multiple(of: point, scaled(numerator, by: known.divisor / divisor))
  }

  private func addCircle(_ argument: RationalFunction, _ divisor: Int)
    throws(ExactError) -> CircleKernel
  {
    let divided = try argument * constant(Rational(1, over: divisor))
    let cosine = try add(.cosine(divided))
    let sine = try add(.sine(divided))
    kernels[sine].relation = (2, try one - element(cosine).power(2))
    use(.pythagoras)
    return CircleKernel(argument: argument, divisor: divisor, cosine: cosine, sine: sine)
  }

  private func refineCircle(_ index: Int, toAllow divisor: Int) throws(ExactError) {
    let known = circles[index]
    let finer = try leastCommonMultiple(known.divisor, divisor)
    if finer == known.divisor { return }
    circles[index] = try addCircle(known.argument, finer)
    let point = CirclePoint(
      cosine: element(circles[index].cosine), sine: element(circles[index].sine))
    let old = try multiple(of: point, finer / known.divisor)
    kernels[known.cosine].relation = (1, old.cosine)
    kernels[known.sine].relation = (1, old.sine)
  }

  /// The point at c·π: exact for multiples of π/4 and π/6.
  private func specialPoint(_ c: Rational) throws(ExactError) -> CirclePoint {
    let quarterTurns = (c * 2).floor()
    let rest = c - quarterTurns / 2
    var point: CirclePoint
    let half = Rational(1, over: 2)
    let root2 = try root(of: constant(2), degree: 2)
    let root3 = try root(of: constant(3), degree: 2)
    switch rest {
    case .zero: point = CirclePoint(cosine: one, sine: zero)
    case Rational(1, over: 6):
      point = CirclePoint(cosine: try root3 * constant(half), sine: constant(half))
    case Rational(1, over: 4):
      let diagonal = try root2 * constant(half)
      point = CirclePoint(cosine: diagonal, sine: diagonal)
    case Rational(1, over: 3):
      point = CirclePoint(cosine: constant(half), sine: try root3 * constant(half))
    default: return try multiple(of: read(.pi), c)
    }
    use(.specialAngle)
    let turns = (quarterTurns - (quarterTurns / 4).floor() * 4).asInt ?? 0
    for _ in 0..<turns { point = CirclePoint(cosine: -point.sine, sine: point.cosine) }
    return point
  }

  /// (cos θ, sin θ) for θ = atan w, asin w or atan2(y, x), if the element is such a generator.
  private func circlePointOfInverse(_ part: RationalFunction)
    throws(ExactError) -> CirclePoint?
  {
    guard let generator = generator(of: part) else { return nil }
    switch kernels[generator].meaning {
    case .call(.atan, let w):
      let length = try root(of: one + w * w, degree: 2)
      return CirclePoint(cosine: try one / length, sine: try w / length)
    case .call(.asin, let w):
      return CirclePoint(cosine: try root(of: one - w * w, degree: 2), sine: w)
    case .angle(let y, let x):
      let length = try root(of: x * x + y * y, degree: 2)
      if length.isZero { throw .divisionByZero }
      return CirclePoint(cosine: try x / length, sine: try y / length)
    default: return nil
    }
  }
}
