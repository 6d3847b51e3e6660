public import Tensors

/// y = c + ∫₀ˣ (m + h(u)²) du, h(u) = a + Σₖ vₖ tanh(wₖ u + bₖ), for |x| ≤ bound, and straight lines with
/// the slopes at the ends outside: the integral of a positive network (unconstrained monotone neural
/// networks; Wehenkel and Louppe 2019); parameters c, a, and K each of vₖ, wₖ, bₖ.
///
/// a and vₖ are bounded by 4 as the scale of ``AffineTransform`` is: numbers far out make a network's outputs
/// large, slopes would be squares of them, and a few layers would overflow. wₖ is bounded by 2: then Gauss and Legendre's rule with 16 points on each
/// panel of a length of 1.25 or less has an error of rounding's size (tanh has its poles at a distance of
/// π/4), and log-slopes are those of the values. For a bound of 5 a value costs 64 evaluations of the
/// network. The inverse takes as many to find the panel of the root, 16 for every step of the root's search
/// within, and two values more, for a last step with implicit gradients.
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
    requireSome("unit", units)
    require(0 < bound && bound <= 100, "a bound of \(bound) is not in (0, 100]")
    require(0 < minimumSlope && minimumSlope < 1, "a least slope of \(minimumSlope)")
    self.units = units
    self.bound = bound
    self.minimumSlope = minimumSlope
  }

  private var panels: Int { Int((bound / 1.25).rounded(.up)) }
  /// The bound of a and vₖ.
  fileprivate static let largest = 4.0
  private static let rule = GaussLegendre(points: 16)

  /// 2 + 3K
  public var parameterCount: Int { 2 + 3 * units }
  /// `[D, P]`
  public var layout: ParameterLayout { .byFeature }
  /// About the identity, with steps of h spread over [-2, 2]
  public var initialParameters: [Double] {
    let height = (1 - minimumSlope).squareRoot().beforeSoftBound(Self.largest)
    let steps = (0..<units).map { $0.isMultiple(of: 2) ? 0.1 : -0.1 }
    let centers = (0..<units).map { 4 * (Double($0) + 0.5) / Double(units) - 2 }
    return [0, height] + steps + Array(repeating: 1, count: units) + centers
  }

  /// c + x Σ_q w_q (m + h(x t_q)²)
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let inside = x.clamped(-bound, bound)
    let network = Integrand(parameters, units)
    let mean = means(network, inside).sum() / Double(panels)
    let slope = square(network.value(inside)) + minimumSlope
    let value = parameters.column(0) + inside * (mean + minimumSlope)
    return ElementwiseImage(value + (x - inside) * slope, log(slope))
  }

  /// The root of f(x) = y: what f rises by on each panel says on which one it lies, and there the
  /// integral over a part of one panel remains to be solved.
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let network = Integrand(parameters.withoutGradient, units)
    let rise = (y - parameters.column(0)).withoutGradient
    let (side, size) = (rise.side, abs(rise))
    let length = bound / Double(panels)
    let rises = SplineBins((means(network, side * bound) + minimumSlope) * length, bound: 0)
    let total = rises.sizes.sum()
    let isHere = rises.holding(size)
    let starts = y.trace.constant(
      (0..<panels).map { Double($0) * length }, [panels]
    ).tiled(y.shape.count)
    let start = (starts * isHere).sum()
    let part = solvedPart(
      min(size, total) - (rises.starts * isHere).sum(), from: start, side: side, parameters)
    let beyond = (size - min(size, total)) / (square(network.value(side * bound)) + minimumSlope)
    return polished((start + part + beyond) * side, y, parameters)
  }

  /// The v with ∫ (m + h(u)²) du = `rise` from `start` to `start` + v, on one side of 0.
  private func solvedPart(
    _ rise: Tensor, from start: Tensor, side: Tensor, _ parameters: Tensor
  ) -> Tensor {
    let (length, nodes) = (bound / Double(panels), Self.rule.nodes)
    let margin = 1e-3 * length
    let lower = rise.zeros - margin
    return Tensor.solved(
      between: lower, and: lower + (length + 2 * margin),
      captured: [rise, start, side, parameters],
      tolerance: 0
    ) { part, captured in
      let shares = part.trace.constant(nodes, [nodes.count]).tiled(part.shape.count)
      let places = captured[1].repeated(nodes.count) + part.repeated(nodes.count) * shares
      let heights = Integrand(captured[3], units).values(
        places * captured[2].repeated(nodes.count), nodes.count)
      return part * ((square(heights) * weights(part)).sum() + minimumSlope) - captured[0]
    }
  }

  /// The means of h² on each of the panels of equal length between 0 and x: `[D, panels]`.
  private func means(_ network: Integrand, _ x: Tensor) -> Tensor {
    let means = (0..<panels).map { panel -> Tensor in
      let shares = Self.rule.nodes.map { (Double(panel) + $0) / Double(panels) }
      let places =
        x.repeated(shares.count)
        * x.trace.constant(shares, [shares.count]).tiled(x.shape.count)
      return (square(network.values(places, shares.count)) * weights(x)).sum()
    }
    return Tensor.stacked(means).transposed
  }

  /// The weights of the rule for each feature: `[D, Q]`.
  private func weights(_ x: Tensor) -> Tensor {
    x.trace.constant(Self.rule.weights, [Self.rule.weights.count]).tiled(x.shape.count)
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
    let largest = MonotoneNetworkTransform.largest
    height = parameters.column(1).softlyBounded(largest)
    steps = table(0).softlyBounded(largest)
    (rates, centers) = (table(1).softlyBounded(2), table(2))
  }

  /// h(x): `[D]`.
  func value(_ x: Tensor) -> Tensor {
    values(x.reshaped(x.shape.count, 1), 1).reshaped(x.shape.count)
  }

  /// h at S places of each feature: `[D, S]`.
  func values(_ places: Tensor, _ width: Int) -> Tensor {
    let count = places.shape.dims[0]
    // Units side by side for each place: `[D, S, K]`.
    func each(_ table: Tensor) -> Tensor {
      let indices = (0..<count).flatMap { feature in
        (0..<width).flatMap { _ in (0..<units).map { feature * units + $0 } }
      }
      return table.selecting(indices).reshaped(count, width, units)
    }
    let sums = tanh(each(rates) * places.repeated(units) + each(centers)) * each(steps)
    return sums.sum() + height.repeated(width)
  }
}
