public import Tensors

/// y = Σₖ βₖ C(n, k) tᵏ (1 - t)ⁿ⁻ᵏ with ascending βₖ, on [-bound, bound], t = (x + bound)/(2 bound)
/// (Bernstein-polynomial flows; Ramasinghe, Fernando, Khan and Barnes 2021); n parameters for the n
/// differences of the βₖ, through a softmax.
///
/// Both ends are fixed; outside y is a straight line with the slope at the end. Values and slopes are
/// sums of positive terms by de Casteljau's scheme. The inverse is numerical, with implicit gradients.
public struct BernsteinTransform: ElementwiseTransform {
  /// n
  public let degree: Int
  /// The polynomial acts on [-bound, bound].
  public let bound: Double
  /// The least difference of two βₖ, as a fraction of the whole.
  public let minimumStep: Double

  /// A polynomial of the given degree.
  ///
  /// - Parameters:
  ///   - degree: n, from 1 to 1000.
  ///   - bound: the polynomial acts on [-bound, bound].
  ///   - minimumStep: the least difference of two βₖ, as a fraction of the whole, below 1/n.
  public init(degree: Int = 10, bound: Double = 5, minimumStep: Double = 1e-3) {
    require(1...1000 ~= degree, "a degree of \(degree) is not in 1...1000")
    requireBound(bound)
    require(
      minimumStep > 0 && minimumStep * Double(degree) < 1,
      "\(degree) steps of at least \(minimumStep) do not fit")
    self.degree = degree
    self.bound = bound
    self.minimumStep = minimumStep
  }

  /// n
  public var parameterCount: Int { degree }
  /// `[D, P]`
  public var layout: ParameterLayout { .byFeature }

  /// The polynomial at x
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let steps = steps(parameters)
    let inside = x.clamped(-bound, bound)
    let t = (inside + bound) / (2 * bound)
    let ends = Tensor.concatenated([steps, x.trace.constant(0)])
    let starts = (0..<x.shape.count).flatMap { feature in
      [x.shape.count * degree] + (0..<degree).map { feature * degree + $0 }
    }
    let levels = ends.selecting(starts).reshaped(x.shape.count, degree + 1).cumulativeSum()
    let slope = Double(degree) * casteljau(steps, t)
    let value = 2 * bound * casteljau(levels, t) - bound + (x - inside) * slope
    return ElementwiseImage(value, log(slope))
  }

  /// The root of f(x) = y
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    // Outside the slopes at the ends say where x lies.
    let steps = steps(parameters) * Double(degree)
    let inside = y.clamped(-bound, bound)
    let end = Tensor.select(y .< 0, steps.column(0), steps.column(degree - 1))
    let beyond = (y - inside) / end
    let ends = Tensor.stacked([beyond - bound, beyond + bound]).transposed
    return solvedIncreasing(y, parameters, between: ends)
  }

  /// βₖ₊₁ - βₖ, `[D, n]`; they add up to 1.
  private func steps(_ parameters: Tensor) -> Tensor {
    parameters.softmax() * (1 - minimumStep * Double(degree)) + minimumStep
  }

  /// Σₖ cₖ C(m, k) tᵏ (1 - t)ᵐ⁻ᵏ for coefficients `[D, m + 1]`.
  private func casteljau(_ coefficients: Tensor, _ t: Tensor) -> Tensor {
    var row = coefficients
    while row.shape.last > 1 {
      let count = row.shape.last - 1
      let share = t.repeated(count)
      row = row.columns(0..<count) * (1 - share) + row.columns(1..<count + 1) * share
    }
    return row.reshaped(t.shape.count)
  }
}
