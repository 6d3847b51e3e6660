extension Tensor {
  /// The root x of residual(x) = 0 for each feature of each row, for a residual that is strictly
  /// increasing in x and whose feature i depends on x's feature i alone.
  ///
  /// Newton steps are taken as long as they stay within the bracket, which every step shrinks, and are at most half
  /// as long as the step before; bisections otherwise. The bracket is first widened until it holds the root. A root that is found
  /// stays where it is while other rows of the tile go on. A last Newton step polishes it. The result is
  /// differentiable, any number of times, by the implicit function theorem: see ``Root``.
  ///
  /// - Parameters:
  ///   - lower: where to begin looking for a lower end, `[B, n]`.
  ///   - upper: where to begin looking for an upper end, `[B, n]`, greater than `lower`.
  ///   - captured: other tensors that the residual uses; it may use none but these and constants.
  ///   - tolerance: the last step's length, relative to max(1, |x|); two units in the last place are taken where that is
  ///     more.
  ///   - limit: the most steps.
  ///   - residual: r(x, captured), recorded a few times.
  /// - Returns: `[B, n]`; where no sign change was found, the end that was reached; NaN where the residual is NaN.
  public static func solved(
    between lower: Tensor, and upper: Tensor, captured: [Tensor] = [], tolerance: Double = 1e-12,
    limit: Int = 200, residual: (_ x: Tensor, _ captured: [Tensor]) -> Tensor
  ) -> Tensor {
    let ends = widened(lower, upper, captured: captured, residual: residual)
    return solved(
      within: ends, captured: captured, tolerance: tolerance, limit: limit, residual: residual)
  }

  /// The root between two ends that ``widened(_:_:captured:residual:)`` has found.
  package static func solved(
    within bracket: [Tensor], captured: [Tensor], tolerance: Double = 1e-12, limit: Int = 200,
    residual: (_ x: Tensor, _ captured: [Tensor]) -> Tensor
  ) -> Tensor {
    let start = 0.5 * (bracket[0] + bracket[1])
    let found = iterated(
      bracket + [start, bracket[1] - bracket[0]], captured: captured, limit: limit
    ) { states, captured in
      newtonRound(states, captured, tolerance, residual)
    }
    let root = polished(found[2], within: bracket, captured, residual)
    return Root.recorded(root, captured: captured, residual: residual, quotient: nil)
  }

  private static func polished(
    _ x: Tensor, within bracket: [Tensor], _ captured: [Tensor],
    _ residual: (Tensor, [Tensor]) -> Tensor
  ) -> Tensor {
    let value = residual(x, captured)
    let step = value / value.slope(in: x)
    // Where a root lies beyond what numbers can tell apart, the last step need not be one; where there is none, it
    // would lead out of the bracket.
    let moved = max(bracket[0], min(bracket[1], x - step))
    return select(value.isDefined, select(step.map(.isFinite), moved, x), value)
  }

  /// Ends between which the residual changes its sign, by doubling the distance; the last ones where it changes
  /// it nowhere.
  package static func widened(
    _ lower: Tensor, _ upper: Tensor, captured: [Tensor],
    residual: (_ x: Tensor, _ captured: [Tensor]) -> Tensor
  ) -> [Tensor] {
    iterated([lower, upper], captured: captured, limit: 64) { ends, captured in
      let width = ends[1] - ends[0]
      let isHigh = residual(ends[0], captured) .> 0
      let isLow = residual(ends[1], captured) .< 0
      let next = [
        select(isHigh, ends[0] - width, ends[0]), select(isLow, ends[1] + width, ends[1]),
      ]
      return (next, 1 - isHigh.combined(.maximum, isLow).flattened.maximum())
    }
  }

  /// From the ends of a bracket, a point within and the length of the step that led there.
  private static func newtonRound(
    _ states: [Tensor], _ captured: [Tensor], _ tolerance: Double,
    _ residual: (Tensor, [Tensor]) -> Tensor
  ) -> (next: [Tensor], isDone: Tensor) {
    let (low, high, x, length) = (states[0], states[1], states[2], states[3])
    let value = residual(x, captured)
    let slope = value.gradients(of: [x])[0] ?? value.zeros + 1
    let isAbove = value .> 0
    let nextHigh = select(isAbove, x, high)
    let nextLow = select(isAbove, low, x)
    let newton = x - value / slope
    let short = x.shortStep(tolerance)
    // A comparison with NaN is 0, so that an undefined step is a bisection, too. A step too short to be
    // told from none leads nowhere within the bracket, but is the last one.
    // On the flank of an exponential Newton's steps are all of one length.
    let isShorter = abs(newton - x) .<= 0.5 * length
    let isInside = (nextLow .< newton) * (newton .< nextHigh) * isShorter
    let isLast = (abs(newton - x) .<= short) * (nextLow .< nextHigh)
    let isTaken = isInside.combined(.maximum, isLast)
    let next = select(isTaken, newton, 0.5 * (nextLow + nextHigh))
    let isClose = abs(next - x) .<= short
    let isRoot = value.combined(.equal, 0)
    // From NaN on nothing changes any more.
    let isDone = max(max(isClose, isRoot), 1 - next.isDefined)
    let settled = select(isRoot, x, next)
    // An empty bracket keeps a root where it is while other rows go on: it depends on its row alone, and
    // rounding cannot take it away again, so that there are no more rounds than the slowest row needs.
    let ends = [nextLow, nextHigh].map { select(isDone, settled, $0) }
    return (ends + [settled, abs(settled - x)], 1 - (1 - isDone).flattened.maximum())
  }

  /// `[…] → [n]`
  var flattened: Tensor { reshaped([shape.count]) }

  /// The tolerance, relative to max(1, |x|), or two units in the last place where that is more.
  func shortStep(_ tolerance: Double) -> Tensor {
    max(trace.constant(tolerance), 2 * roundoff) * max(abs(self), trace.constant(1))
  }

  /// The unit in the last place of 1, in the number format that is used.
  package var roundoff: Tensor {
    // 0 and 1, but not as constants, which would be added in `Double`.
    let one = (clamped(0, 0) + 1).withoutGradient
    return Tensor.select((one + 0x1p-30) .<= one, trace.constant(0x1p-23), trace.constant(0x1p-52))
  }

  /// 1, but 0 where it is NaN.
  var isDefined: Tensor { combined(.equal, self) }
}
