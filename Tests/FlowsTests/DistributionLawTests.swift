import Foundation
import Tensors
import Testing

@testable import Flows

@Suite("Laws of distributions")
struct DistributionLawTests {
  private static let line = ModelConfiguration.all.filter { $0.features == 1 }
  private static let plane = ModelConfiguration.all.filter { $0.features == 2 }
  /// Student's t has tails of about |x|^-1.3 at the least, of which e⁻¹⁸ lies beyond sinh 60.
  private static let quadrature = Quadrature(limit: 60, count: 20_000)
  private static let coarse = Quadrature(limit: 6, count: 300)

  /// What the rule leaves out: half a step at a jump of the density in one dimension, twice that in
  /// two; at kinks the square of a step.
  private func tolerance(_ configuration: ModelConfiguration, step: Double) -> Double {
    let jump = configuration.entry.hasJumps ? step * Double(configuration.features) : 0
    return jump + 4 * step * step + 1e-7
  }

  @Test("densities integrate to 1 on the line, and samples follow them", arguments: Self.line)
  func onLine(configuration: ModelConfiguration) throws {
    let masses = try Self.quadrature.masses(of: configuration)
    expect(
      masses.reduce(0, +), 1, within: tolerance(configuration, step: Self.quadrature.step),
      "\(configuration)")
    for precision in Precision.allCases {
      let count = 100_000
      let samples = try configuration.model(precision).samples(
        count, key: RandomKey(seed: 31), given: configuration.sameContext(rows: count)
      ).values.sorted()
      // Kolmogorov and Smirnov, with the bound of Dvoretzky, Kiefer, Wolfowitz and Massart.
      let bound = (log(2 / FlowTolerance.falseAlarm) / (2 * Double(count))).squareRoot()
      let distance = distance(samples, masses)
      #expect(distance < bound, "\(configuration) \(precision): \(distance) against \(bound)")
    }
  }

  /// The largest difference of the distribution functions of sorted samples and of the rule.
  private func distance(_ samples: [Double], _ masses: [Double]) -> Double {
    var (distance, below, index) = (0.0, 0.0, 0)
    for (number, sample) in samples.enumerated() {
      while index < masses.count, Self.quadrature.points[index] <= sample {
        below += masses[index]
        index += 1
      }
      // Up to a point its mass counts half; between two points the distribution function is a line.
      let (left, right) = (max(0, index - 1), min(index, masses.count - 1))
      let width = Self.quadrature.points[right] - Self.quadrature.points[left]
      let share = width > 0 ? (sample - Self.quadrature.points[left]) / width : 0
      let cdf = below - 0.5 * masses[left] + 0.5 * share * (masses[left] + masses[right])
      distance = max(distance, (cdf - (Double(number) + 0.5) / Double(samples.count)).magnitude)
    }
    return distance
  }

  @Test("densities integrate to 1 on the plane, and samples follow them", arguments: Self.plane)
  func onPlane(configuration: ModelConfiguration) throws {
    let masses = try Self.coarse.masses(of: configuration)
    expect(
      masses.reduce(0, +), 1, within: tolerance(configuration, step: Self.coarse.step),
      "\(configuration)")
    let count = 20_000
    let samples = try configuration.model(.float).samples(
      count, key: RandomKey(seed: 32), given: configuration.sameContext(rows: count))
    // Between points of the rule, so that its error is that of the midpoint rule in each cell.
    let cuts = [-50.5, -0.5, 14.5, 30.5, 50.5].map {
      UnaryFunction.sinh.value(Self.coarse.step * $0)
    }
    func cell(_ x: Double, _ y: Double) -> Int {
      cuts.count { $0 < x } * (cuts.count + 1) + cuts.count { $0 < y }
    }
    var expected = [Double](repeating: 0, count: 36)
    let points = Self.coarse.points
    for (index, mass) in masses.enumerated() {
      expected[cell(points[index / points.count], points[index % points.count])] += mass
    }
    var found = [Double](repeating: 0, count: 36)
    for row in 0..<count { found[cell(samples.values[2 * row], samples.values[2 * row + 1])] += 1 }
    for (mass, number) in zip(expected, found) {
      // Bernstein's inequality for a binomial number, for 36 cells; and the rule's error.
      let logarithm = log(2 * 36 / FlowTolerance.falseAlarm)
      let variance = Double(count) * mass * (1 - mass)
      let bound =
        logarithm / 3 + (logarithm * logarithm / 9 + 2 * logarithm * max(0, variance)).squareRoot()
      expect(
        number, Double(count) * mass, within: bound + 0.002 * Double(count) * mass,
        "\(configuration), a cell of \(mass)")
    }
  }

  @Test("kept parameters give the same bytes", arguments: ModelConfiguration.all)
  func saveAndRestore(configuration: ModelConfiguration) throws {
    let model = configuration.model(.float)
    let kept = try JSONEncoder().encode(model.parameters.arrays.reversed())
    var restored = Model(
      configuration.entry.make(configuration.features, configuration.context)!,
      key: RandomKey(seed: 99), precision: .float)
    try restored.parameters.restore(JSONDecoder().decode([NamedArray].self, from: kept))
    #expect(restored.parameters == model.parameters)
    let x = Batch(
      features: configuration.features, points(4 * configuration.features, in: 0.1...0.9))
    let context = configuration.sameContext(rows: 4)
    #expect(
      try restored.logDensity(of: x, given: context) == model.logDensity(of: x, given: context))
  }

  @Test("samples have finite densities, in Float as in Double", arguments: ModelConfiguration.all)
  func precisions(configuration: ModelConfiguration) throws {
    let context = configuration.sameContext(rows: 200)
    let x = try configuration.model(.float).samples(
      200, key: RandomKey(seed: 33), given: context)
    let single = try configuration.model(.float).logDensity(of: x, given: context)
    let double = try configuration.model(.double).logDensity(of: x, given: context)
    for (a, b) in zip(single, double) {
      #expect(a.isFinite && b.isFinite, "\(configuration): \(a), \(b)")
    }
  }

  @Test("log-densities of numbers up to 10⁶ are never NaN", arguments: ModelConfiguration.all)
  func farOut(configuration: ModelConfiguration) throws {
    let numbers = [0, 1, -1, 4, -4, 1e3, -1e3, 1e6, -1e6]
    let x = numbers.indices.flatMap { first in
      (0..<configuration.features).map { numbers[(first + $0) % numbers.count] }
    }
    for precision in Precision.allCases {
      let found = try configuration.model(precision).logDensity(
        of: Batch(features: configuration.features, x),
        given: configuration.sameContext(rows: numbers.count))
      let isNumber = found.allSatisfy { !$0.isNaN }
      #expect(isNumber, "\(configuration) \(precision): \(found)")
    }
  }
}
