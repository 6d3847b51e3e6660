/// A monotone rational-quadratic spline on [-bound, bound] with K bins, the identity outside
/// (Durkan, Bekasov, Murray and Papamakarios 2019, after Gregory and Delbourgo 1982).
///
/// A feature has P = 3K - 1 unconstrained parameters: K for the widths and K for the heights of the
/// bins, through a softmax, and K - 1 for the slopes at the inner knots, through a softplus shifted
/// so that parameters 0 give the identity. The slope at the two ends is 1.
public struct Spline: Hashable, Sendable {
  /// K, the number of bins.
  public let bins: Int
  /// The spline acts on [-bound, bound].
  public let bound: Double
  /// The least width and height of a bin, as a fraction of the whole.
  public let minimumBin: Double
  /// The least slope at a knot.
  public let minimumSlope: Double

  /// A spline with `bins` bins on [-bound, bound].
  public init(
    bins: Int = 8, bound: Double = 5, minimumBin: Double = 1e-3, minimumSlope: Double = 1e-3
  ) {
    precondition(bins >= 1 && bound > 0, "\(bins) bins on [-\(bound), \(bound)]")
    precondition(
      minimumBin > 0 && minimumBin * Double(bins) < 1,
      "\(bins) bins of at least \(minimumBin) do not fit")
    precondition(minimumSlope > 0 && minimumSlope < 1, "a least slope of \(minimumSlope)")
    self.bins = bins
    self.bound = bound
    self.minimumBin = minimumBin
    self.minimumSlope = minimumSlope
  }

  /// P, the number of parameters a feature has.
  public var parameterCount: Int { 3 * bins - 1 }

  /// The shift that makes softplus(shift) + minimumSlope = 1.
  var slopeShift: Double {
    UnaryFunction.logarithm.value(UnaryFunction.expm1.value(1 - minimumSlope))
  }
}

/// Which way a spline is evaluated.
public enum SplineDirection: Hashable, Sendable, CaseIterable {
  /// x ↦ y with log dy/dx
  case forward
  /// y ↦ x with log dx/dy
  case inverse
}

extension Tensor {
  /// The values of splines and the logarithms of their slopes, feature by feature.
  ///
  /// - Parameters:
  ///   - spline: the form of the splines.
  ///   - direction: forward, or its inverse.
  ///   - parameters: unconstrained parameters, `[B, D, P]` or `[D, P]`.
  /// - Returns: two tensors `[B, D]`.
  public func splined(
    _ spline: Spline, _ direction: SplineDirection, parameters: Tensor
  ) -> (value: Tensor, logSlope: Tensor) {
    let count = shape.count
    precondition(
      parameters.shape.dims == [count, spline.parameterCount],
      "spline: \(shape) needs parameters [\(count), \(spline.parameterCount)], "
        + "got \(parameters.shape)")
    let perRow =
      parameters.shape.isPerRow
      ? parameters : parameters.spread(like: self)
    let both = trace.record(
      .fused(.spline(spline, direction)), [self, perRow], Shape([2, count], isPerRow: true))
    return (both.slice(0..<1).reshaped(count), both.slice(1..<2).reshaped(count))
  }
}

// MARK: - Definition

extension Spline {
  /// The spline in basic operations: `[B, D]`, `[B, D, P]` → `[B, 2, D]`.
  func definition(_ direction: SplineDirection, _ x: Tensor, _ parameters: Tensor) -> Tensor {
    let knots = Knots(self, parameters)
    let inside = x.clamped(-bound, bound)
    let (value, logSlope) =
      switch direction {
      case .forward: knots.bin(holding: inside, among: knots.lefts).forward(inside)
      case .inverse: knots.bin(holding: inside, among: knots.bottoms).inverse(inside)
      }
    let isInside = abs(x) .< bound
    return Tensor.stacked([
      Tensor.select(isInside, value, x), Tensor.select(isInside, logSlope, x.trace.constant(0)),
    ])
  }
}

/// The bins of D splines: tensors `[D, K]`.
private struct Knots {
  let lefts, widths, bottoms, heights, leftSlopes, rightSlopes: Tensor

  init(_ spline: Spline, _ parameters: Tensor) {
    let bins = spline.bins
    func sizes(_ columns: Range<Int>) -> Tensor {
      let shares = parameters.columns(columns).softmax()
      let free = 1 - spline.minimumBin * Double(bins)
      return (shares * free + spline.minimumBin) * (2 * spline.bound)
    }
    func starts(_ sizes: Tensor) -> Tensor { sizes.cumulativeSum() - sizes - spline.bound }
    widths = sizes(0..<bins)
    heights = sizes(bins..<2 * bins)
    lefts = starts(widths)
    bottoms = starts(heights)
    let inner =
      softplus(parameters.columns(2 * bins..<3 * bins - 1) + spline.slopeShift)
      + spline.minimumSlope
    leftSlopes = Knots.joined(nil, inner, like: widths)
    rightSlopes = Knots.joined(inner, nil, like: widths)
  }

  /// The inner slopes with 1 before or after them in each row.
  private static func joined(_ first: Tensor?, _ second: Tensor?, like widths: Tensor) -> Tensor {
    let (rows, bins) = (widths.shape.dims[0], widths.shape.dims[1])
    let inner = (first ?? second)!
    let all = Tensor.concatenated([inner, inner.trace.constant(1)])
    let one = rows * (bins - 1)
    let indices = (0..<rows).flatMap { row -> [Int] in
      let own = (0..<bins - 1).map { row * (bins - 1) + $0 }
      return first == nil ? [one] + own : own + [one]
    }
    return all.gathered(indices, dims: [rows, bins])
  }

  /// The data of the bin that holds each value; the first and last bin reach to infinity.
  func bin(holding x: Tensor, among edges: Tensor) -> Bin {
    let bins = edges.shape.last
    let reached = edges .<= x.repeated(bins)
    // 1 for the last edge at or below x; the first edge always counts as reached.
    let count = x.shape.count
    let indices = (0..<count).flatMap { row in
      (0..<bins).map { $0 == 0 ? count * bins : row * bins + $0 }
    }
    let one = x.trace.constant(1)
    let from = Tensor.concatenated([reached, one]).gathered(indices, dims: [count, bins])
    let next = (0..<count).flatMap { row in
      (0..<bins).map { $0 == bins - 1 ? count * bins : row * bins + $0 + 1 }
    }
    let zero = x.trace.constant(0)
    let to = Tensor.concatenated([reached, zero]).gathered(next, dims: [count, bins])
    let isHere = (from - to).withoutGradient
    func pick(_ table: Tensor) -> Tensor { (table * isHere).sum() }
    return Bin(
      left: pick(lefts), width: pick(widths), bottom: pick(bottoms), height: pick(heights),
      leftSlope: pick(leftSlopes), rightSlope: pick(rightSlopes))
  }
}

/// One bin for each of D splines: tensors `[D]`.
private struct Bin {
  let left, width, bottom, height, leftSlope, rightSlope: Tensor

  private var meanSlope: Tensor { height / width }
  private var excess: Tensor { leftSlope + rightSlope - 2 * meanSlope }

  func forward(_ x: Tensor) -> (Tensor, Tensor) {
    let t = (x - left) / width
    let between = t * (1 - t)
    let denominator = meanSlope + excess * between
    let value = bottom + height * (meanSlope * square(t) + leftSlope * between) / denominator
    return (value, logSlope(at: t))
  }

  /// The root of a quadratic equation in t, in the form that does not cancel.
  func inverse(_ y: Tensor) -> (Tensor, Tensor) {
    let rise = y - bottom
    let a = height * (meanSlope - leftSlope) + rise * excess
    let b = height * leftSlope - rise * excess
    let c = -meanSlope * rise
    let root = sqrt(max(square(b) - 4 * a * c, b.trace.constant(0)))
    let t = 2 * c / (-b - root)
    return (left + t * width, -logSlope(at: t))
  }

  private func logSlope(at t: Tensor) -> Tensor {
    let between = t * (1 - t)
    let denominator = meanSlope + excess * between
    let numerator =
      rightSlope * square(t) + 2 * meanSlope * between + leftSlope * square(1 - t)
    return 2 * log(meanSlope) + log(numerator) - 2 * log(denominator)
  }
}
