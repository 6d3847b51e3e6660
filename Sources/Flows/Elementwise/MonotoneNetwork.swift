public import Tensors

/// y = c + ∫₀ˣ (m + h(u)²) du, h(u) = a + Σₖ vₖ tanh(wₖ u + bₖ), for |x| ≤ bound, and straight lines with
/// the slopes at the ends outside: the integral of a positive network (unconstrained monotone neural
/// networks; Wehenkel and Louppe 2019); parameters c, a, and K each of vₖ, wₖ, bₖ.
///
/// wₖ is bounded by 2 as in ``AffineTransform``: then Gauss and Legendre's rule with 16 points on each
/// panel of a length of 1.25 or less has an error of rounding's size (tanh has its poles at a distance of
/// π/4), and log-slopes are those of the values. For a bound of 5 a value costs 64 evaluations of the
/// network. The inverse is numerical, with implicit gradients.
public struct MonotoneNetworkTransform: ElementwiseTransform {
  /// K
  public let units: Int
  /// y is an integral on [-bound, bound].
  public let bound: Double
  /// m, the least slope
  public let minimumSlope: Double

  /// A network of K units.
  ///
  /// - Parameters:
  ///   - units: K
  ///   - bound: where straight lines begin.
  ///   - minimumSlope: m
  public init(units: Int = 6, bound: Double = 5, minimumSlope: Double = 1e-2) {
    precondition(units >= 1, "at least one unit expected, got \(units)")
    precondition(0 < bound && bound <= 100, "a bound of \(bound) is not in (0, 100]")
    precondition(0 < minimumSlope && minimumSlope < 1, "a least slope of \(minimumSlope)")
    self.units = units
    self.bound = bound
    self.minimumSlope = minimumSlope
  }

  private var panels: Int { Int((bound / 1.25).rounded(.up)) }
  private static let rule = GaussLegendre(points: 16)

  /// 2 + 3K
  public var parameterCount: Int { 2 + 3 * units }
  /// `[D, P]`
  public var layout: ParameterLayout { .byFeature }
  /// About the identity, with steps of h spread over [-2, 2]
  public var initialParameters: [Double] {
    let height = (1 - minimumSlope).squareRoot()
    let steps = (0..<units).map { $0.isMultiple(of: 2) ? 0.1 : -0.1 }
    let centers = (0..<units).map { 4 * (Double($0) + 0.5) / Double(units) - 2 }
    return [0, height] + steps + Array(repeating: 1, count: units) + centers
  }

  /// c + x Σ_q w_q (m + h(x t_q)²)
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let inside = x.clamped(-bound, bound)
    let network = Integrand(parameters, units)
    let means = (0..<panels).map { panel -> Tensor in
      let shares = Self.rule.nodes.map { (Double(panel) + $0) / Double(panels) }
      let weights = x.trace.constant(Self.rule.weights, [shares.count]).tiled(x.shape.count)
      return (square(network.values(inside, shares)) * weights).sum()
    }
    let mean = means.dropFirst().reduce(means[0], +) / Double(panels)
    let slope = square(network.values(inside, [1]).reshaped(x.shape.count)) + minimumSlope
    let value = parameters.column(0) + inside * (mean + minimumSlope)
    return ElementwiseImage(value + (x - inside) * slope, log(slope))
  }

  /// The root of f(x) = y
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    // Slopes are at least m.
    let rise = (y - parameters.column(0)) / minimumSlope
    return solved(y, parameters, between: Tensor.stacked([rise.zeros, rise]).transposed)
  }
}

/// h as a function of u.
private struct Integrand {
  /// a, `[D]`
  private let height: Tensor
  /// v, w and b, `[D, K]`
  private let steps, rates, centers: Tensor
  private let units: Int

  init(_ parameters: Tensor, _ units: Int) {
    func table(_ number: Int) -> Tensor {
      parameters.columns(2 + number * units..<2 + (number + 1) * units)
    }
    self.units = units
    height = parameters.column(1)
    (steps, rates, centers) = (table(0), table(1).softlyBounded(2), table(2))
  }

  /// h(x s) for each share s: `[D, S]`.
  func values(_ x: Tensor, _ shares: [Double]) -> Tensor {
    let (count, width) = (x.shape.count, shares.count)
    let points = x.repeated(width) * x.trace.constant(shares, [width]).tiled(count)
    // Units side by side for each point: `[D, S, K]`.
    func each(_ table: Tensor) -> Tensor {
      let indices = (0..<count).flatMap { feature in
        (0..<width).flatMap { _ in (0..<units).map { feature * units + $0 } }
      }
      return table.selecting(indices).reshaped(count, width, units)
    }
    let sums = tanh(each(rates) * points.repeated(units) + each(centers)) * each(steps)
    return sums.sum() + height.repeated(width)
  }
}
