public import Tensors

/// y = c + ∫₀ˣ (m + Σₖ pₖ(u)²) du with K polynomials pₖ of degree r in t = 2u/bound (sum-of-squares flows;
/// Jaini, Selby and Yu 2019); parameters c, then the coefficients of t⁰ of all polynomials, those of t¹, …
///
/// y is a polynomial of degree 2r + 1 for |x| ≤ bound, and a straight line with the slope at the end
/// outside: powers of numbers far out would overflow in a few layers. Coefficients are bounded by 4 as the
/// scale of ``AffineTransform`` is, because those of a network that sees such numbers make slopes that are
/// squares of them. The integral is Gauss and Legendre's rule with r + 1 points, which is exact and a sum of
/// positive terms. The inverse is numerical, with implicit gradients.
public struct SumOfSquaresTransform: ElementwiseTransform {
  /// K
  public let polynomials: Int
  /// r
  public let degree: Int
  /// y is a polynomial on [-bound, bound].
  public let bound: Double
  /// m, the least slope
  public let minimumSlope: Double

  /// K polynomials of degree r.
  ///
  /// - Parameters:
  ///   - polynomials: K
  ///   - degree: r, at most 4.
  ///   - bound: where straight lines begin.
  ///   - minimumSlope: m
  public init(
    polynomials: Int = 3, degree: Int = 2, bound: Double = 5, minimumSlope: Double = 1e-2
  ) {
    requireSome("polynomial", polynomials)
    require(0...4 ~= degree, "a degree of \(degree) is not in 0...4")
    require(0 < minimumSlope && minimumSlope < 1, "a least slope of \(minimumSlope)")
    requireBound(bound)
    self.bound = bound
    self.polynomials = polynomials
    self.degree = degree
    self.minimumSlope = minimumSlope
  }

  /// The bound of the coefficients.
  private static let largest = 4.0

  /// 1 + (r + 1) K
  public var parameterCount: Int { 1 + (degree + 1) * polynomials }
  /// `[D, P]`
  public var layout: ParameterLayout { .byFeature }
  /// Slope 1: p₁ = √(1 - m). The others are small but not 0, where no gradient would move them.
  public var initialParameters: [Double] {
    let first = (1 - minimumSlope).squareRoot().beforeSoftBound(Self.largest)
    let others = (1..<polynomials).map { _ in 0.1 }
    let higher = Array(repeating: 0.0, count: degree * polynomials)
    return [0, first] + others + higher
  }

  /// c + x (m + Σ_q w_q Σₖ pₖ(x t_q)²)
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let rule = GaussLegendre(points: degree + 1)
    let inside = x.clamped(-bound, bound)
    let mean = (squares(inside, rule.nodes, parameters) * weights(rule, x)).sum()
    let slope = squares(inside, [1], parameters).sum() + minimumSlope
    let value = parameters.column(0) + inside * (mean + minimumSlope)
    return ElementwiseImage(value + (x - inside) * slope, log(slope))
  }

  /// The root of f(x) = y
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    // Slopes are at least m.
    let rise = (y - parameters.column(0)) / minimumSlope
    return solvedIncreasing(y, parameters, between: Tensor.stacked([rise.zeros, rise]).transposed)
  }

  /// The weights of the rule for each polynomial, `[D, K Q]`.
  private func weights(_ rule: GaussLegendre, _ x: Tensor) -> Tensor {
    let row = (0..<polynomials).flatMap { _ in rule.weights }
    return x.trace.constant(row, [row.count]).tiled(x.shape.count)
  }

  /// pₖ(x q)² for each polynomial and each of Q factors q: `[D, K Q]`.
  private func squares(_ x: Tensor, _ factors: [Double], _ parameters: Tensor) -> Tensor {
    let row = (0..<polynomials).flatMap { _ in factors.map { 2 * $0 / bound } }
    let bounded = parameters.softlyBounded(Self.largest)
    let t =
      x.repeated(row.count) * x.trace.constant(row, [row.count]).tiled(x.shape.count)
    func coefficients(_ power: Int) -> Tensor {
      let start = 1 + power * polynomials
      return bounded.columns(start..<start + polynomials).repeated(factors.count)
        .reshaped(x.shape.count, row.count)
    }
    let values = (0..<degree).reversed().reduce(coefficients(degree)) { sum, power in
      sum * t + coefficients(power)
    }
    return square(values)
  }
}

/// ∫₀¹ f ≈ Σ w_q f(t_q), exact for polynomials of degree 2Q - 1 (Gauss and Legendre).
struct GaussLegendre {
  /// t_q, ascending
  let nodes: [Double]
  /// w_q
  let weights: [Double]

  /// The rule with Q points: roots of the Legendre polynomial by Newton's method.
  init(points: Int) {
    require(points >= 1, "a rule of \(points) points")
    let rule = (0..<points).map { index -> (node: Double, weight: Double) in
      let angle = Double.pi * (Double(points - index) - 0.25) / (Double(points) + 0.5)
      var x = UnaryFunction.cosine.value(angle)
      for _ in 0..<6 {
        let (value, slope) = GaussLegendre.legendre(points, x)
        x -= value / slope
      }
      let slope = GaussLegendre.legendre(points, x).slope
      return (0.5 * (1 + x), 1 / ((1 - x * x) * slope * slope))
    }
    nodes = rule.map(\.node)
    weights = rule.map(\.weight)
  }

  /// Pₙ(x) and its derivative.
  private static func legendre(_ n: Int, _ x: Double) -> (value: Double, slope: Double) {
    var (before, value) = (1.0, x)
    for k in stride(from: 2, through: n, by: 1) {
      let next = (Double(2 * k - 1) * x * value - Double(k - 1) * before) / Double(k)
      (before, value) = (value, next)
    }
    return (value, Double(n) * (before - x * value) / (1 - x * x))
  }
}
