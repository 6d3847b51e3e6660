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

  /// The same with the faces of the box.
  func isWithin(_ sides: [Interval]) -> Tensor {
    (-distance(from: sides.map(\.lower)) .<= 0) * (distance(from: sides.map(\.upper)) .<= 0)
  }

  /// The numbers, with those that rounding has taken to an end of an open interval or beyond moved to the number
  /// next to it within.
  func moved(into interval: Interval) -> Tensor {
    moved(into: Array(repeating: interval, count: shape.count))
  }

  /// The same with an interval for each feature.
  func moved(into sides: [Interval]) -> Tensor {
    if sides.allSatisfy({ $0 == .line }) { return self }
    func constant(_ end: (Interval) -> Double) -> Tensor {
      trace.constant(sides.map(end), [sides.count])
    }
    // In `Float` these bounds are rounded to the ends, or beyond.
    let close = min(
      max(self, constant { $0.lower.isFinite ? $0.lower.nextUp : $0.lower }),
      constant { $0.upper.isFinite ? $0.upper.nextDown : $0.upper })
    let isLow = close.distance(from: sides.map(\.lower)) .<= 0
    let isHigh = -close.distance(from: sides.map(\.upper)) .<= 0
    let raised = Tensor.select(isLow, constant { $0.lower.nextUpInFloat }, close)
    return Tensor.select(isHigh, constant { -(-$0.upper).nextUpInFloat }, raised)
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
