import CFlint

extension Ball {
  /// A function of Arb at a point: result, point, working precision.
  typealias PointFunction = (
    UnsafeMutablePointer<arb_struct>, UnsafePointer<arb_struct>, Int
  ) -> Void

  /// f([a, b]) = [f(a), f(b)] for f increasing on an interval that is its whole domain: then f is
  /// defined on [a, b] exactly when it is at both ends.
  func increasing(precision: Int, _ function: PointFunction) -> Ball {
    Ball.check(precision)
    guard let ends else { return .indeterminate }
    return monotone(from: ends.lower, to: ends.upper, precision: precision, function)
  }

  /// f([a, b]) = [f(b), f(a)] for decreasing f; as `increasing` otherwise.
  func decreasing(precision: Int, _ function: PointFunction) -> Ball {
    Ball.check(precision)
    guard let ends else { return .indeterminate }
    return monotone(from: ends.upper, to: ends.lower, precision: precision, function)
  }

  private func monotone(
    from smallest: UnsafePointer<arf_struct>, to largest: UnsafePointer<arf_struct>,
    precision: Int, _ function: PointFunction
  ) -> Ball {
    Ball { low, high in
      withTemporaryArb { value in
        Ball.evaluate(function, at: smallest, precision: precision, into: value)
        arb_get_lbound_arf(low, value, precision)
        if !isExact { Ball.evaluate(function, at: largest, precision: precision, into: value) }
        arb_get_ubound_arf(high, value, precision)
      }
    }
  }

  /// An enclosure of f at an exact point.
  static func evaluate(
    _ function: PointFunction, at point: UnsafePointer<arf_struct>, precision: Int,
    into value: UnsafeMutablePointer<arb_struct>
  ) {
    withTemporaryArb { argument in
      arb_set_arf(argument, point)
      refine(function, at: argument, precision: precision, attempts: 4, into: value)
    }
  }

  /// An enclosure of f, with `precision` correct bits where the attempts at higher and higher
  /// working precision give them: near zeros of f the first one may lose most of them.
  static func refine(
    _ function: PointFunction, at argument: UnsafePointer<arb_struct>, precision: Int,
    attempts: Int, into value: UnsafeMutablePointer<arb_struct>
  ) {
    var bits = precision + guardBits
    for _ in 0..<attempts {
      function(value, argument, bits)
      if arb_is_finite(value) == 0 || arb_rel_accuracy_bits(value) >= precision { return }
      bits *= 2
    }
  }

  /// The intersection with a range that the exact result is known to lie in.
  func clamped(from lower: Int, to upper: Int) -> Ball {
    guard isFinite else { return .indeterminate }
    let range = Ball(from: Rational(lower), to: Rational(upper), precision: Int.bitWidth)
    return intersection(range) ?? .indeterminate
  }
}
