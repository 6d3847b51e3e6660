import Tensors

// Right next to an end, in both number formats: a program in `Float` rounds ends, and the rest is added apart.

extension Tensor {
  /// x - a for an end a of each feature; ∞ and -∞ for ends at infinity.
  func distance(from ends: [Double]) -> Tensor {
    let (near, rest) = (ends.map(\.nearest), ends.map(\.rest))
    return (self - trace.constant(near, [near.count])) - trace.constant(rest, [rest.count])
  }

  /// x - a for an end a of all features.
  func distance(from end: Double) -> Tensor { (self - end.nearest) - end.rest }

  /// a + x for an end a of all features.
  func added(to end: Double) -> Tensor { end.nearest + (self + end.rest) }

  /// 1 where a feature lies in its side of an open box, else 0.
  func isInside(_ sides: [Interval]) -> Tensor {
    (distance(from: sides.map(\.lower)) .> 0) * (distance(from: sides.map(\.upper)) .< 0)
  }

  /// The numbers, with those that rounding has taken to an end of an open interval or beyond moved to the number
  /// next to it within.
  func moved(into interval: Interval) -> Tensor {
    let (lower, upper) = (interval.lower, interval.upper)
    // In `Float` these bounds are rounded to the ends, or beyond.
    let close = clamped(
      lower.isFinite ? lower.nextUp : lower, upper.isFinite ? upper.nextDown : upper)
    let isLow = close.distance(from: lower) .<= 0
    let isHigh = -close.distance(from: upper) .<= 0
    let raised = Tensor.select(isLow, trace.constant(lower.nextUpInFloat), close)
    return Tensor.select(isHigh, trace.constant(-(-upper).nextUpInFloat), raised)
  }
}

extension Double {
  /// The number of `Float` that is nearest; the number itself beyond all of them.
  fileprivate var nearest: Double {
    let rounded = Float(self)
    return rounded.isFinite ? Double(rounded) : self
  }

  /// What ``nearest`` leaves out; 0 at infinity.
  fileprivate var rest: Double { isFinite ? self - nearest : 0 }

  /// The least number of `Float` that is greater.
  fileprivate var nextUpInFloat: Double {
    let rounded = Float(self)
    return Double(Double(rounded) > self ? rounded : rounded.nextUp)
  }
}
