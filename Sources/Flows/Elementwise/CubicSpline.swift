public import Tensors

/// y = a monotone spline of cubic pieces with a continuous slope on [-bound, bound], and straight lines
/// with the slopes at the ends outside (Durkan, Bekasov, Murray and Papamakarios 2019, *Cubic-spline
/// flows*); parameters K for widths and K for heights of bins, through a softmax, and 2 for end slopes.
///
/// Slopes at inner knots are those of Steffen (1990): never more than twice the slope of a neighbouring
/// bin's secant, so that slopes between are at least half of it. The inverse is numerical, with implicit
/// gradients. With learned heavy tails it is ``heavyTailed``.
public struct CubicSplineTransform: ElementwiseTransform {
  /// The form of the spline.
  public let form: SplineForm

  /// A spline of cubic pieces.
  ///
  /// - Parameter form: bins, bound and least sizes.
  public init(_ form: SplineForm = SplineForm()) { self.form = form }

  /// 2K + 2
  public var parameterCount: Int { 2 * form.bins + 2 }
  /// `[D, P]`
  public var layout: ParameterLayout { .byFeature }

  /// The cubic piece of x's bin
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let pieces = CubicPieces(form, parameters)
    let inside = x.clamped(-form.bound, form.bound)
    let piece = pieces.piece(pieces.across.holding(inside))
    let t = ((inside - piece.start) / piece.width).clamped(0, 1)
    let value = piece.bottom + piece.width * piece.rise(at: t)
    return ElementwiseImage(
      value + (x - inside) * pieces.endSlope(below: x .< 0), log(piece.slope(at: t)))
  }

  /// The root of a cubic equation in y's bin
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let pieces = CubicPieces(form, parameters)
    let inside = y.clamped(-form.bound, form.bound)
    let piece = pieces.piece(pieces.up.holding(inside))
    let rise = (inside - piece.bottom) / piece.width
    let t = piece.root(of: rise).clamped(0, 1)
    let value = piece.start + piece.width * t
    return ElementwiseImage(
      value + (y - inside) / pieces.endSlope(below: y .< 0), -log(piece.slope(at: t)))
  }
}

/// The pieces of cubic splines: tensors `[D, K]`.
private struct CubicPieces {
  let across, up: SplineBins
  /// The slopes at both ends of each bin.
  let lefts, rights: Tensor

  init(_ form: SplineForm, _ parameters: Tensor) {
    (across, up) = form.axes(parameters)
    let (bins, count) = (form.bins, parameters.shape.dims[0])
    let secants = up.sizes / across.sizes
    let ends = sigmoid(parameters.columns(2 * bins..<2 * bins + 2)) * (1 - form.minimumBin)
    func end(_ number: Int, _ bin: Int) -> Tensor {
      (2 * (ends.column(number) + 0.5 * form.minimumBin) * secants.column(bin))
        .reshaped(count, 1)
    }
    let inner = bins > 1 ? [CubicPieces.innerSlopes(across.sizes, secants)] : []
    lefts = CubicPieces.joined([end(0, 0)] + inner, count)
    rights = CubicPieces.joined(inner + [end(1, bins - 1)], count)
  }

  /// min(2 sₖ₋₁, 2 sₖ, p), p the slope at the knot of the parabola through three knots: `[D, K - 1]`.
  private static func innerSlopes(_ widths: Tensor, _ secants: Tensor) -> Tensor {
    let bins = widths.shape.last
    let (w0, w1) = (widths.columns(0..<bins - 1), widths.columns(1..<bins))
    let (s0, s1) = (secants.columns(0..<bins - 1), secants.columns(1..<bins))
    let parabola = (s0 * w1 + s1 * w0) / (w0 + w1)
    return min(2 * min(s0, s1), parabola)
  }

  /// Tables `[D, …]` side by side.
  private static func joined(_ tables: [Tensor], _ count: Int) -> Tensor {
    let columns = tables.flatMap { table in (0..<table.shape.last).map { table.column($0) } }
    return Tensor.stacked(columns).transposed
  }

  /// The slopes of the straight lines outside.
  func endSlope(below: Tensor) -> Tensor {
    Tensor.select(below, lefts.column(0), rights.column(rights.shape.last - 1))
  }

  /// The pieces that are 1 in `isHere`: tensors `[D]`.
  func piece(_ isHere: Tensor) -> CubicPiece {
    func pick(_ table: Tensor) -> Tensor { (table * isHere).sum() }
    let (width, height) = (pick(across.sizes), pick(up.sizes))
    return CubicPiece(
      start: pick(across.starts), width: width, bottom: pick(up.starts), left: pick(lefts),
      secant: height / width, right: pick(rights))
  }
}

/// A cubic piece with the given slopes at its ends and of its secant.
private struct CubicPiece {
  let start, width, bottom, left, secant, right: Tensor

  /// (y - bottom)/width at t in [0, 1]
  func rise(at t: Tensor) -> Tensor { CubicPiece.rise(left, secant, right, at: t) }

  /// t is in [0, 1]: where rounding took it beyond, the slope could be negative.
  ///
  /// dy/dx = d₀ (1 - t)² + 2 (3s - d₀ - d₁) t (1 - t) + d₁ t²
  func slope(at t: Tensor) -> Tensor {
    left * square(1 - t) + 2 * (3 * secant - left - right) * t * (1 - t) + right * square(t)
  }

  /// The t with the given rise.
  func root(of rise: Tensor) -> Tensor {
    let captured = [left, secant, right, rise]
    let root = Tensor.solved(
      between: rise.zeros, and: rise.zeros + 1, captured: captured,
      tolerance: 0
    ) { t, captured in
      // A straight line outside keeps the residual increasing: rounding may take the root there.
      let inside = t.clamped(0, 1)
      return CubicPiece.rise(captured[0], captured[1], captured[2], at: inside)
        + (t - inside) * captured[1] - captured[3]
    }
    return Tensor.polished(root.clamped(0, 1), captured: captured) { t, captured in
      CubicPiece.rise(captured[0], captured[1], captured[2], at: t) - captured[3]
    }
  }

  private static func rise(_ left: Tensor, _ secant: Tensor, _ right: Tensor, at t: Tensor)
    -> Tensor
  {
    t * (left + t * (3 * secant - 2 * left - right + t * (left + right - 2 * secant)))
  }
}
