public import Tensors

/// y = a piecewise linear function in x on [-bound, bound] and x outside (Müller, McWilliams, Rousselle,
/// Gross and Novák 2019); parameters K for widths and K for heights of bins, each through a softmax.
///
/// The density jumps at knots. With learned heavy tails it is ``heavyTailed``.
public struct LinearSplineTransform: ElementwiseTransform {
  /// The form of the spline.
  public let form: SplineForm

  /// A piecewise linear spline.
  ///
  /// - Parameter form: bins, bound and least sizes.
  public init(_ form: SplineForm = SplineForm()) { self.form = form }

  /// 2K
  public var parameterCount: Int { 2 * form.bins }
  /// `[D, P]`
  public var layout: ParameterLayout { .byFeature }

  /// The line of x's bin
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let (across, up) = form.axes(parameters)
    return line(x, from: across, to: up)
  }

  /// The line of y's bin
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let (across, up) = form.axes(parameters)
    return line(y, from: up, to: across)
  }

  private func line(_ x: Tensor, from: SplineBins, to: SplineBins) -> ElementwiseImage {
    let inside = x.clamped(-form.bound, form.bound)
    let isHere = from.holding(inside)
    func pick(_ table: Tensor) -> Tensor { (table * isHere).sum() }
    let (size, image) = (pick(from.sizes), pick(to.sizes))
    let value = pick(to.starts) + image * ((inside - pick(from.starts)) / size)
    let isInside = abs(x) .< form.bound
    return ElementwiseImage(
      Tensor.select(isInside, value, x),
      Tensor.select(isInside, log(image) - log(size), x.trace.constant(0)))
  }
}

/// y = a function with a piecewise linear, continuous slope on [-bound, bound], and straight lines with
/// the slopes at the ends outside (Müller, McWilliams, Rousselle, Gross and Novák 2019); parameters K
/// for widths, through a softmax, and K + 1 for the slopes at knots, through a softplus, up to a factor.
///
/// With learned heavy tails it is ``heavyTailed``.
public struct QuadraticSplineTransform: ElementwiseTransform {
  /// The form of the spline; its least height is that of slopes before they are scaled.
  public let form: SplineForm

  /// A spline of quadratic pieces.
  ///
  /// - Parameter form: bins, bound and least sizes.
  public init(_ form: SplineForm = SplineForm()) { self.form = form }

  /// 2K + 1
  public var parameterCount: Int { 2 * form.bins + 1 }
  /// `[D, P]`
  public var layout: ParameterLayout { .byFeature }

  /// The quadratic piece of x's bin
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let pieces = pieces(parameters)
    let inside = x.clamped(-form.bound, form.bound)
    let piece = pieces.piece(pieces.across.holding(inside))
    let t = ((inside - piece.start) / piece.width).clamped(0, 1)
    let mean = piece.left + 0.5 * (piece.right - piece.left) * t
    let value = piece.bottom + piece.width * t * mean
    let end = Tensor.select(x .< 0, pieces.lefts.column(0), pieces.rights.column(form.bins - 1))
    return ElementwiseImage(value + (x - inside) * end, log(piece.slope(at: t)))
  }

  /// The root of a quadratic equation in y's bin, in the form that does not cancel
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let pieces = pieces(parameters)
    let inside = y.clamped(-form.bound, form.bound)
    let piece = pieces.piece(pieces.up.holding(inside))
    let rise = (inside - piece.bottom) / piece.width
    let square = square(piece.left) + 2 * (piece.right - piece.left) * rise
    let t = (2 * rise / (piece.left + sqrt(max(square, y.trace.constant(0))))).clamped(0, 1)
    let end = Tensor.select(y .< 0, pieces.lefts.column(0), pieces.rights.column(form.bins - 1))
    let value = piece.start + piece.width * t + (y - inside) / end
    return ElementwiseImage(value, -log(piece.slope(at: t)))
  }

  private func pieces(_ parameters: Tensor) -> QuadraticPieces {
    QuadraticPieces(form, parameters)
  }
}

/// The pieces of quadratic splines: tensors `[D, K]`.
private struct QuadraticPieces {
  let across, up: SplineBins
  /// The slopes at both ends of each bin.
  let lefts, rights: Tensor

  init(_ form: SplineForm, _ parameters: Tensor) {
    let bins = form.bins
    across = SplineBins(
      sharing: parameters.columns(0..<bins), bound: form.bound, least: form.minimumBin)
    let raw = softplus(parameters.columns(bins..<2 * bins + 1)) + form.minimumBin
    let means = 0.5 * (raw.columns(0..<bins) + raw.columns(1..<bins + 1))
    let factor = 2 * form.bound / (across.sizes * means).sum()
    lefts = raw.columns(0..<bins) * factor.repeated(bins)
    rights = raw.columns(1..<bins + 1) * factor.repeated(bins)
    up = SplineBins(across.sizes * means * factor.repeated(bins), bound: form.bound)
  }

  /// The pieces that are 1 in `isHere`: tensors `[D]`.
  func piece(_ isHere: Tensor) -> QuadraticPiece {
    func pick(_ table: Tensor) -> Tensor { (table * isHere).sum() }
    return QuadraticPiece(
      start: pick(across.starts), width: pick(across.sizes), bottom: pick(up.starts),
      left: pick(lefts), right: pick(rights))
  }
}

private struct QuadraticPiece {
  let start, width, bottom, left, right: Tensor

  /// t is in [0, 1]: where rounding took it beyond, the slope could be negative.
  func slope(at t: Tensor) -> Tensor { left * (1 - t) + right * t }
}
