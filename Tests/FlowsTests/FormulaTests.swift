import Foundation
import Tensors
import Testing

@testable import Flows

/// A transform with its formula as it stands in books, for numbers where that neither cancels nor
/// overflows; p is each of its parameters.
struct FormulaCase: Sendable, CustomStringConvertible {
  let transform: any ElementwiseTransform
  let points: [Double]
  let formula: @Sendable (_ x: Double, _ p: Double) -> Double

  init(
    _ transform: any ElementwiseTransform, _ points: [Double] = [-3, -1, -0.2, 0.3, 1, 2.5],
    _ formula: @escaping @Sendable (Double, Double) -> Double
  ) {
    self.transform = transform
    self.points = points
    self.formula = formula
  }

  var description: String { String(describing: transform) }
}

/// The laws see that values, slopes and inverses belong together; these tests see that they are those of
/// the formulas.
@Suite("Formulas")
struct FormulaTests {
  private static func bounded(_ p: Double, _ c: Double) -> Double { c * tanh(p / c) }
  private static func normal(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }
  private static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  private static let positive = [0.1, 0.6, 1, 2, 7.5]

  private static let beyond = [-4.5, -2.1, 2.01, 3]
  /// A straight line on [-2, 2], then tails that begin with a slope.
  private static func tailed(_ x: Double, _ slope: Double, _ p: Double) -> Double {
    if x.magnitude <= 2 { return x }
    let index = 0.3 * exp(bounded(p, 1.79))
    let share = normal(-2)
    let density = exp(-2) / (2 * Double.pi).squareRoot()
    let excess = (pow(normal(-x.magnitude) / share, -index) - 1) / index
    return copysign(2 + slope * share / density * excess, x)
  }

  private static let cases: [FormulaCase] = [
    FormulaCase(ArctangentTransform()) { x, _ in atan(x) },
    FormulaCase(NormalCDFTransform()) { x, _ in normal(x) },
    FormulaCase(NormalToLogisticTransform()) { x, _ in log(normal(x) / normal(-x)) },
    FormulaCase(GumbelCDFTransform()) { x, _ in exp(-exp(-x)) },
    FormulaCase(WeibullCDFTransform(), positive) { x, p in 1 - exp(-pow(x, exp(bounded(p, 2)))) },
    FormulaCase(SignedPowerTransform()) { x, p in
      copysign(pow(x.magnitude, exp(bounded(p, log(2)))), x)
    },
    FormulaCase(YeoJohnsonTransform()) { x, p in
      let power = 1 + bounded(p, 0.75)
      return x >= 0
        ? (pow(1 + x, power) - 1) / power : -(pow(1 - x, 2 - power) - 1) / (2 - power)
    },
    FormulaCase(BoxCoxTransform(power: 0.5), positive) { x, _ in (sqrt(x) - 1) / 0.5 },
    FormulaCase(BoxCoxTransform(power: -2), positive) { x, _ in (1 / (x * x) - 1) / -2 },
    FormulaCase(BoxCoxTransform(power: 0), positive) { x, _ in log(x) },
    FormulaCase(DualPowerTransform(), positive) { x, p in
      let power = exp(bounded(p, log(4)))
      return (pow(x, power) - pow(x, -power)) / (2 * power)
    },
    FormulaCase(TailTransform()) { x, p in
      let index = 0.3 * exp(bounded(p, 1.79))
      return copysign((pow(erfc(x.magnitude / 2.0.squareRoot()), -index) - 1) / index, x)
    },
    FormulaCase(LeakyTanhTransform(bound: 1.5)) { x, _ in
      let inside = min(max(x, -1.5), 1.5)
      return tanh(inside) + (x - inside) / pow(cosh(1.5), 2)
    },
    FormulaCase(CircularShiftTransform(bound: 3), [-2.9, -1, 0, 2.4, 2.9]) { x, p in
      (x + p + 3).truncatingRemainder(dividingBy: 6) - 3
    },
    FormulaCase(LinearSplineTransform(SplineForm(bound: 2)).heavyTailed) { x, p in
      tailed(x, 1, p)
    },
    FormulaCase(QuadraticSplineTransform(SplineForm(bound: 2)).heavyTailed) { x, p in
      tailed(x, 1, p)
    },
    FormulaCase(CubicSplineTransform(SplineForm(bound: 2)).heavyTailed, beyond) { x, p in
      tailed(x, 2 * (logistic(p) * (1 - 1e-3) + 0.5e-3), p)
    },
    FormulaCase(RationalQuadraticTransform(Spline(bound: 2)).heavyTailed, beyond) { x, p in
      tailed(x, 1, p)
    },
    FormulaCase(
      RationalQuadraticTransform(Spline(bound: 2, ends: .linear)).heavyTailed, beyond
    ) { x, p in
      tailed(x, log(1 + exp(p) * (exp(1 - 1e-3) - 1)) + 1e-3, p)
    },
    // Equal bins with equal heights and slopes are straight.
    FormulaCase(LinearSplineTransform()) { x, _ in x },
    FormulaCase(QuadraticSplineTransform()) { x, _ in x },
    FormulaCase(BernsteinTransform()) { x, _ in x },
  ]

  @Test("transforms are those of the formulas", arguments: cases, [0, 0.7])
  func transforms(entry: FormulaCase, parameter: Double) {
    let trial = Trial(Elementwise(entry.transform, features: 1), deviation: 0)
    var parameters = trial.parameters
    parameters.values = parameters.values.map { _ in parameter }
    let changed = Trial(trial.bijector, parameters)
    let found = changed.run(changed.program(.forward), entry.points)[0]
    for (x, y) in zip(entry.points, found) {
      let expected = entry.formula(x, parameter)
      expect(y, expected, within: 1e-13 * max(1, expected.magnitude), "\(entry) at \(x)")
    }
  }

  /// The density of a distribution of one feature all of whose parameters are 0.3.
  private func values(of distribution: any Distribution, _ x: [Double]) throws -> [Double] {
    var model = Model(distribution, key: RandomKey(seed: 1), precision: .double)
    model.parameters.values = model.parameters.values.map { _ in 0.3 }
    return try model.logDensity(of: Batch(features: 1, x)).map { exp($0) }
  }

  @Test("densities are those of the formulas")
  func densities() throws {
    let shares = [0.01, 0.3, 0.5, 0.97]
    let growth = exp(Self.bounded(0.3, 3))
    for (x, p) in zip(shares, try values(of: Beta(1, alpha: 2, beta: 0.5), shares)) {
      let (a, b) = (2 * growth, 0.5 * growth)
      let expected = pow(x, a - 1) * pow(1 - x, b - 1) * tgamma(a + b) / (tgamma(a) * tgamma(b))
      expect(p, expected, within: 1e-12 * expected, "Beta at \(x)")
    }
    let angles = [-3, -1, 0, 0.3, 2.5]
    let k = exp(Self.bounded(0.3, 4))
    // I₀ by its series.
    let bessel = (0..<40).reduce(0.0) {
      $0 + pow(k / 2, 2 * Double($1)) / pow(tgamma(Double($1) + 1), 2)
    }
    for (x, p) in zip(angles, try values(of: VonMises(1), angles)) {
      let expected = exp(k * cos(x - 0.3)) / (2 * .pi * bessel)
      expect(p, expected, within: 1e-12 * expected, "von Mises at \(x)")
    }
    let ensemble = Ensemble([StandardNormal(1), Logistic(1), Laplace(1)])
    for (x, p) in zip(angles, try values(of: ensemble, angles)) {
      let normal = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
      let logistic = Self.logistic(x) * Self.logistic(-x)
      let expected = (normal + logistic + 0.5 * exp(-abs(x))) / 3
      expect(p, expected, within: 1e-12 * expected, "ensemble at \(x)")
    }
  }

  @Test("a positive-definite matrix is L Lᵀ, and shares of a stick are its breaks")
  func constraints() {
    func image(_ bijector: any Bijector, _ z: [Double]) -> [Double] {
      let trial = Trial(bijector)
      return trial.run(trial.program(.forward), z)[0]
    }
    let z = [0.3, -0.8, 1.1, 0.4, 0.9, -0.5]
    func softplus(_ x: Double) -> Double { log(1 + exp(x)) }
    let factor = [
      [softplus(z[0]), 0, 0], [z[1], softplus(z[2]), 0], [z[3], z[4], softplus(z[5])],
    ]
    let product = (0..<3).flatMap { i in
      (0...i).map { j in (0..<3).reduce(0.0) { $0 + factor[i][$1] * factor[j][$1] } }
    }
    for (a, b) in zip(image(PositiveDefinite(size: 3), z), product) {
      expect(a, b, within: 1e-14, "matrix")
    }
    var rest = 1.0
    for (number, share) in image(Simplex(3), Array(z[0..<3])).enumerated() {
      let broken = Self.logistic(z[number] - log(Double(3 - number)))
      expect(share, rest * broken, within: 1e-15, "share \(number)")
      rest -= share
    }
    for share in image(Simplex(3), [0, 0, 0]) { expect(share, 0.25, within: 1e-15, "equal share") }
    let sums = [z[0], z[0] + softplus(z[1]), z[0] + softplus(z[1]) + softplus(z[2])]
    for (a, b) in zip(image(Ordered(3), Array(z[0..<3])), sums) {
      expect(a, b, within: 1e-15, "ascending")
    }
  }
}
