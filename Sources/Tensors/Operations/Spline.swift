internal import CKernels

/// What a spline does at the ends of [-bound, bound] and beyond.
public enum SplineEnds: Hashable, Sendable, CaseIterable {
  /// The identity outside, and slopes 1 at the ends: K - 1 slopes are learned.
  case identity
  /// Straight lines outside that go on with the slopes at the ends: K + 1 slopes are learned.
  case linear
  /// f(x + 2 bound) = f(x) + 2 bound, the same slope at both ends: K slopes are learned. On
  /// [-bound, bound] it is a map of the circle.
  case circular
}

/// A monotone rational-quadratic spline on [-bound, bound] with K bins
/// (Durkan, Bekasov, Murray and Papamakarios 2019, after Gregory and Delbourgo 1982; on the circle
/// Rezende, Papamakarios, Racanière and others 2020).
///
/// A feature has P = 2K + S unconstrained parameters: K for the widths and K for the heights of the
/// bins, through a softmax, and S for the slopes at knots that ``SplineEnds`` does not fix, through
/// a softplus shifted so that parameters 0 give the identity.
public struct Spline: Hashable, Sendable {
  /// K, the number of bins.
  public let bins: Int
  /// The spline acts on [-bound, bound].
  public let bound: Double
  /// The least width and height of a bin, as a fraction of the whole.
  public let minimumBin: Double
  /// The least slope at a knot.
  public let minimumSlope: Double
  /// What it does beyond the bound.
  public let ends: SplineEnds

  /// A spline with `bins` bins on [-bound, bound].
  public init(
    bins: Int = 8, bound: Double = 5, ends: SplineEnds = .identity, minimumBin: Double = 1e-3,
    minimumSlope: Double = 1e-3
  ) {
    requireSome("bin", bins)
    requireBound(bound)
    require(
      minimumBin > 0 && minimumBin * Double(bins) < 1,
      "\(bins) bins of at least \(minimumBin) do not fit")
    require(minimumSlope > 0 && minimumSlope < 1, "a least slope of \(minimumSlope)")
    self.bins = bins
    self.bound = bound
    self.minimumBin = minimumBin
    self.minimumSlope = minimumSlope
    self.ends = ends
  }

  /// P, the number of parameters a feature has.
  public var parameterCount: Int { 2 * bins + slopeCount }

  /// S, the number of slopes that are learned.
  var slopeCount: Int {
    switch ends {
    case .identity: bins - 1
    case .linear: bins + 1
    case .circular: bins
    }
  }

  /// Which of the learned slopes knot number `knot` has; nil for the slope 1.
  func slope(atKnot knot: Int) -> Int? {
    switch ends {
    case .identity: knot == 0 || knot == bins ? nil : knot - 1
    case .linear: knot
    case .circular: knot % bins
    }
  }

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
  /// Splines of more bins than kernels keep at hand are recorded as basic operations.
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
    require(
      parameters.shape.dims == [count, spline.parameterCount],
      "spline: \(shape) needs parameters [\(count), \(spline.parameterCount)], "
        + "got \(parameters.shape)")
    let perRow =
      parameters.shape.isPerRow
      ? parameters : parameters.spread(like: self)
    let both =
      spline.bins <= DIFFEO_SPLINE_MAX_BINS
      ? trace.record(
        .fused(.spline(spline, direction)), [self, perRow], Shape([2, count], isPerRow: true))
      : spline.definition(direction, self, perRow)
    return (both.slice(0..<1).reshaped(count), both.slice(1..<2).reshaped(count))
  }
}

// MARK: - Definition

extension Spline {
  /// The spline in basic operations: `[B, D]`, `[B, D, P]` → `[B, 2, D]`.
  func definition(_ direction: SplineDirection, _ x: Tensor, _ parameters: Tensor) -> Tensor {
    let knots = Knots(self, parameters)
    let period = 2 * bound
    let turns = ends == .circular ? ((x + bound) / period).map(.floor) * period : nil
    let inside = (turns.map { x - $0 } ?? x).clamped(-bound, bound)
    let bin = knots.bin(
      holding: inside, on: direction == .forward ? knots.across : knots.up)
    let (value, logSlope) = direction == .forward ? bin.forward(inside) : bin.inverse(inside)
    switch ends {
    case .identity:
      let isInside = abs(x) .< bound
      return Tensor.stacked([
        Tensor.select(isInside, value, x), Tensor.select(isInside, logSlope, x.trace.constant(0)),
      ])
    case .linear:
      let end = Tensor.select(x .< 0, knots.firstSlopes, knots.lastSlopes)
      let beyond = x - inside
      return Tensor.stacked([
        value + (direction == .forward ? beyond * end : beyond / end), logSlope,
      ])
    case .circular: return Tensor.stacked([value + turns!, logSlope])
    }
  }
}

/// The bins of D splines: tensors `[D, K]`.
private struct Knots {
  let across, up: SplineBins
  let leftSlopes, rightSlopes: Tensor

  init(_ spline: Spline, _ parameters: Tensor) {
    let bins = spline.bins
    func axis(_ columns: Range<Int>) -> SplineBins {
      SplineBins(
        sharing: parameters.columns(columns), bound: spline.bound, least: spline.minimumBin)
    }
    across = axis(0..<bins)
    up = axis(bins..<2 * bins)
    let learned =
      softplus(parameters.columns(2 * bins..<spline.parameterCount) + spline.slopeShift)
      + spline.minimumSlope
    leftSlopes = Knots.slopes(learned, at: 0..<bins, spline)
    rightSlopes = Knots.slopes(learned, at: 1..<bins + 1, spline)
  }

  /// The slopes at some of the knots in each row.
  private static func slopes(_ learned: Tensor, at knots: Range<Int>, _ spline: Spline) -> Tensor {
    let (rows, count) = (learned.shape.dims[0], learned.shape.dims[1])
    let all = Tensor.concatenated([learned, learned.trace.constant(1)])
    let indices = (0..<rows).flatMap { row in
      knots.map { knot in spline.slope(atKnot: knot).map { row * count + $0 } ?? rows * count }
    }
    return all.gathered(indices, dims: [rows, knots.count])
  }

  /// The slopes at -bound
  var firstSlopes: Tensor { leftSlopes.column(0) }
  /// The slopes at bound
  var lastSlopes: Tensor { rightSlopes.column(rightSlopes.shape.last - 1) }

  /// The data of the bin that holds each value on one of the axes.
  func bin(holding x: Tensor, on axis: SplineBins) -> Bin {
    let isHere = axis.holding(x)
    func pick(_ table: Tensor) -> Tensor { (table * isHere).sum() }
    return Bin(
      left: pick(across.starts), width: pick(across.sizes), bottom: pick(up.starts),
      height: pick(up.sizes), leftSlope: pick(leftSlopes), rightSlope: pick(rightSlopes))
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
