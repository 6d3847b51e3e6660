import Evaluation
import Exact
import Symbolics

/// f⁻¹(x) enclosed in balls of any wanted precision.
struct CertifiedInverse {
  let plan: InversePlan
  let precision: Int

  /// Enclosures of z for the exact constants x; nil when one was not found.
  func enclosures(outputs: [Symbol], point: [Expression]) -> [Symbol: Ball]? {
    var known: [Symbol: Ball] = [:]
    for (output, value) in zip(outputs, point) {
      known[output] = value.ball(precision: precision)
    }
    for stage in plan.stages {
      for step in stage.steps {
        guard let ball = enclosure(of: step, known), ball.isFinite else { return nil }
        known[step.variable] = ball
      }
    }
    return known
  }

  private func enclosure(of step: TriangularInverse.Step, _ known: [Symbol: Ball]) -> Ball? {
    switch step {
    case .closedForm(_, let formula): return formula.ball(over: known, precision: precision)
    case .monotone(let variable, let formula, let derivative, let domain, _, _, let output):
      guard let target = known[output] else { return nil }
      let search = CertifiedRoot(
        formula: formula, derivative: derivative, variable: variable, target: target,
        known: known, precision: precision)
      return search.enclosure(in: domain)
    }
  }
}

/// The root of formula(t) = target for a formula that is continuous and strictly monotone: a bracket
/// with certified signs at both ends, narrowed by interval Newton steps and bisection.
struct CertifiedRoot {
  let formula: Expression
  let derivative: Expression
  let variable: Symbol
  let target: Ball
  let known: [Symbol: Ball]
  let precision: Int

  private static let expansionLimit = 200
  private static let narrowingLimit = 2000

  func enclosure(in domain: Interval) -> Ball? {
    guard var (low, high) = bracket(in: domain), let lowSign = sign(at: low) else { return nil }
    if low == high { return Ball(low, precision: precision) }
    for _ in 0..<Self.narrowingLimit {
      if isNarrow(low, high) { break }
      if let (a, b) = newton(low, high), b - a < (high - low) / 2 {
        // Newton's interval holds the root; its ends need no signs of their own.
        guard a < b else { return Ball(a, precision: precision) }
        (low, high) = (a, b)
        continue
      }
      let middle = (low + high) / 2
      guard let sign = sign(at: middle) else { break }
      if sign == 0 { return Ball(middle, precision: precision) }
      if sign == lowSign { low = middle } else { high = middle }
    }
    return Ball(from: low, to: high, precision: precision)
  }

  private func isNarrow(_ low: Rational, _ high: Rational) -> Bool {
    let scale = max(low.magnitude, high.magnitude)
    guard let unit = Rational(2).power(-precision) else { return true }
    return high - low <= scale * unit
  }

  /// The sign of formula(t) - target; nil when it is not certain.
  private func sign(at t: Rational) -> Int? {
    difference(over: Ball(t, precision: precision + 64)).certifiedSign
  }

  private func difference(over t: Ball) -> Ball {
    var box = known
    box[variable] = t
    return formula.ball(over: box, precision: precision)
      .subtracting(target, precision: precision)
  }

  /// [low, high] ∩ (m - g(m)/g'([low, high])), which contains the root.
  private func newton(_ low: Rational, _ high: Rational) -> (Rational, Rational)? {
    let interval = Ball(from: low, to: high, precision: precision)
    let middle = (low + high) / 2
    var box = known
    box[variable] = interval
    let slope = derivative.ball(over: box, precision: precision)
    guard let sign = slope.certifiedSign, sign != 0 else { return nil }
    let centre = Ball(middle, precision: precision)
    let step = difference(over: centre).divided(by: slope, precision: precision)
    guard step.isFinite else { return nil }
    let image = centre.subtracting(step, precision: precision)
    guard let next = image.intersection(interval), let a = next.lowerBound,
      let b = next.upperBound
    else { return nil }
    return (a, b)
  }

  /// Two points of the interval with certain, opposite signs (or one point twice, the root).
  private func bracket(in domain: Interval) -> (Rational, Rational)? {
    let start = Self.start(
      between: end(domain.lower, \.upperBound), end(domain.upper, \.lowerBound))
    guard let start, let first = sign(at: start) else { return nil }
    if first == 0 { return (start, start) }
    // Outwards on both sides until the sign changes.
    for k in 1...Self.expansionLimit {
      for (side, endpoint) in [(-1, domain.lower), (1, domain.upper)] {
        guard let t = outward(from: start, side, endpoint, k), let sign = sign(at: t) else {
          continue
        }
        if sign == 0 { return (t, t) }
        if sign != first { return side < 0 ? (t, start) : (start, t) }
      }
    }
    return nil
  }

  /// A number that is certainly on the inner side of a finite end.
  private func end(_ end: Endpoint, _ bound: (Ball) -> Rational?) -> Rational? {
    end.value.flatMap { bound($0.ball(over: known, precision: precision)) }
  }

  private static func start(between lower: Rational?, _ upper: Rational?) -> Rational? {
    switch (lower, upper) {
    case (let lower?, let upper?): lower < upper ? (lower + upper) / 2 : nil
    case (let lower?, nil): lower + 1
    case (nil, let upper?): upper - 1
    case (nil, nil): .zero
    }
  }

  /// The k-th point on one side: doubling steps towards infinity, halving distances to a finite end.
  private func outward(from start: Rational, _ side: Int, _ endpoint: Endpoint, _ k: Int)
    -> Rational?
  {
    if endpoint.value == nil {
      return Rational(2).power(k - 1).map { start + Rational(side) * $0 }
    }
    let inner = end(endpoint, side < 0 ? { $0.upperBound } : { $0.lowerBound })
    guard let inner, let scale = Rational(2).power(-k) else { return nil }
    return inner + (start - inner) * scale
  }
}
