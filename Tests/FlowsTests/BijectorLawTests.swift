import Tensors
import Testing

@testable import Flows

/// A bijector of the registry with its dimensions.
struct Configuration: Sendable, CustomStringConvertible {
  let entry: BijectorCase
  let features: Int
  let context: Int

  var description: String { "\(entry.name), D = \(features), C = \(context)" }

  var trial: Trial { Trial(entry.make(features, context)!) }

  static let all: [Configuration] = Registry.bijectors.flatMap { entry in
    entry.dimensions.flatMap { features in
      entry.contexts.compactMap { context in
        entry.make(features, context).flatMap {
          $0.contextFeatures == context
            ? Configuration(entry: entry, features: features, context: context) : nil
        }
      }
    }
  }
}

@Suite("Laws of bijectors")
struct BijectorLawTests {
  private static let rows = 3

  @Test("round trips, and inverse log-dets are the negatives", arguments: Configuration.all)
  func roundTrips(of configuration: Configuration) {
    let trial = configuration.trial
    let features = configuration.features
    let z = points(Self.rows * features, in: configuration.entry.range)
    let exact = trial.run(trial.program(.forward, more: derivatives), z)
    let (there, back) = (trial.program(.forward), trial.program(.inverse))
    let units = FlowTolerance.units(of: [there, back])
    let unitsOfThree = FlowTolerance.units(of: [there, back, there])
    for precision in Precision.allCases {
      let epsilon = FlowTolerance.epsilon(precision)
      let forward = trial.run(there, z, precision)
      let inverse = trial.run(back, forward[0], precision)
      let again = trial.run(there, inverse[0], precision)
      for row in 0..<Self.rows {
        let matrix = Self.matrix(exact[2], row, features)
        let (norm, inverseNorm) = (matrix.norm, matrix.logDetAndInverse.inverse.norm)
        let own = row * features..<(row + 1) * features
        let size = (exact[0][own] + z[own]).reduce(1) { max($0, $1.magnitude) }
        let error = units * epsilon * size * (1 + inverseNorm)
        for i in own {
          expect(inverse[0][i], z[i], within: error, "\(configuration) \(precision) z")
          expect(
            again[0][i], forward[0][i],
            within: unitsOfThree * epsilon * size * (1 + norm * (1 + inverseNorm)),
            "\(configuration) \(precision) x")
        }
        // A log-slope is off by the relative error of its slope, and by what it changes over the error of z.
        let slope = exact[3][own].reduce(0) { $0 + $1.magnitude }
        let logDet = forward[1][row]
        expect(
          inverse[1][row], -logDet,
          within: units * epsilon * (Double(features) + logDet.magnitude) + slope * error,
          "\(configuration) \(precision) log-det")
      }
    }
  }

  @Test("log-dets are those of the Jacobian", arguments: Configuration.all)
  func logDets(of configuration: Configuration) {
    let trial = configuration.trial
    let features = configuration.features
    let z = points(Self.rows * features, in: configuration.entry.range, seed: 14)
    let program = trial.program(.forward, more: derivatives)
    let unit = FlowTolerance.units(of: [program]) * Double.ulpOfOne
    let forward = trial.run(program, z)
    for row in 0..<Self.rows {
      let matrix = Self.matrix(forward[2], row, features)
      let (logDet, inverse) = matrix.logDetAndInverse
      // log det (J + δ) - log det J = tr(J⁻¹ δ), the sum of D entries.
      let condition = Double(features) * (1 + matrix.norm * inverse.norm)
      expect(
        forward[1][row], logDet, within: unit * (condition + logDet.magnitude), "\(configuration)")
    }
  }

  @Test("Jacobians of both directions are inverse matrices", arguments: Configuration.all)
  func jacobians(of configuration: Configuration) {
    // Through loops and roots a Jacobian of the inverse has many operations.
    guard configuration.features <= 2 else { return }
    let trial = configuration.trial
    let features = configuration.features
    let z = points(Self.rows * features, in: configuration.entry.range, seed: 15)
    let there = trial.program(.forward, more: derivatives)
    let back = trial.program(.inverse, more: derivatives)
    let unit = FlowTolerance.units(of: [there, back]) * Double.ulpOfOne
    let forward = trial.run(there, z)
    let found = trial.run(back, forward[0])
    for row in 0..<Self.rows {
      let own = row * features..<(row + 1) * features
      let matrix = Self.matrix(forward[2], row, features)
      let inverse = matrix.logDetAndInverse.inverse
      let size = (forward[0][own] + z[own]).reduce(1) { max($0, $1.magnitude) }
      // J is off by its own rounding and by what it changes over the error of z; J⁻¹ by J⁻¹ δ J⁻¹.
      let change = Self.change(of: there, trial, at: Array(z[own]), row)
      let error = matrix.norm + change * size * (1 + inverse.norm)
      for (a, b) in zip(Self.matrix(found[2], row, features).entries, inverse.entries) {
        expect(
          a, b, within: unit * inverse.norm * (1 + inverse.norm * error),
          "\(configuration) inverse Jacobian")
      }
    }
  }

  /// How fast the entries of a Jacobian change with any feature, from differences.
  private static func change(of program: Program, _ trial: Trial, at z: [Double], _ row: Int)
    -> Double
  {
    let features = z.count
    let step = FlowTolerance.step
    let moved = z.indices.flatMap { j in
      [-step, step].flatMap { change in
        z.enumerated().map { $0.offset == j ? $0.element + change : $0.element }
      }
    }
    let found = trial.run(program, moved, givenThatOf: row)[2]
    return (0..<features).reduce(0) { sum, j in
      let (low, high) = (matrix(found, 2 * j, features), matrix(found, 2 * j + 1, features))
      let difference = Matrix(
        size: features, entries: zip(low.entries, high.entries).map { $1 - $0 })
      return sum + difference.norm / (2 * step)
    }
  }

  private func derivatives(
    _ x: Tensor, _ value: Tensor, _ logDet: Tensor
  ) -> [(name: String, tensor: Tensor)] {
    [
      ("jacobian", value.jacobian(of: x)),
      ("logDetGradient", logDet.gradients(of: [x])[0] ?? x.zeros),
    ]
  }

  private static func matrix(_ values: [Double], _ row: Int, _ size: Int) -> Matrix {
    Matrix(
      size: size, entries: Array(values[row * size * size..<(row + 1) * size * size]))
  }
}

@Suite("Bijectors far out")
struct FarOutTests {
  /// Every number with every other as a neighbour, as far as they lie in the domain.
  static func points(of configuration: Configuration, _ direction: SplineDirection) -> [Double] {
    let numbers = [0, 1, -1, 2, -2, 3, -3, 4, -4, 88, -88, 1e3, -1e3, 1e6, -1e6].filter {
      $0.magnitude <= configuration.entry.reach
    }
    let bijector = configuration.trial.bijector
    let sides = direction == .forward ? bijector.domain : bijector.codomain
    return numbers.indices.flatMap { first in
      sides.enumerated().map { feature, side in
        let number = numbers[(first + feature * (1 + first % 3)) % numbers.count]
        return side.contains(number) ? number : side.inside(number)
      }
    }
  }

  /// Value, log-det, and the gradient of the sum of all of them.
  static func program(_ trial: Trial, _ direction: SplineDirection) -> Program {
    trial.program(direction) { x, value, logDet in
      let sum = value.total() + logDet
      return [("gradient", sum.gradients(of: [x])[0] ?? x.zeros)]
    }
  }

  @Test("have finite values and gradients at knots and up to 10⁶", arguments: Configuration.all)
  func extremes(of configuration: Configuration) {
    let trial = configuration.trial
    for direction in SplineDirection.allCases {
      let x = Self.points(of: configuration, direction)
      let program = Self.program(trial, direction)
      for precision in Precision.allCases {
        let results = trial.run(program, x, precision)
        for (what, values) in zip(["value", "log-det", "gradient"], results) {
          let where_ = "\(configuration) \(direction) \(precision) \(what)"
          let isFinite = values.allSatisfy(\.isFinite)
          let hasNaN = values.contains(where: \.isNaN)
          if configuration.entry.isOntoLine {
            #expect(isFinite, "\(where_): \(values)")
          } else if what != "gradient" {
            #expect(!hasNaN, "\(where_): \(values)")
          }
        }
      }
    }
  }
}

@Suite("Bijectors in Float")
struct RepresentableTests {
  /// |log 2⁻¹²⁶|: smaller determinants are no normal numbers of Float.
  private static let largestLogDet = 87.3

  @Test("are finite wherever the exact result is a number of Float", arguments: Configuration.all)
  func representable(configuration: Configuration) {
    let trial = configuration.trial
    // Then a feature's gradient depends on its own image alone.
    let isElementwise = trial.bijector is Elementwise || trial.bijector is Conditional
    for direction in SplineDirection.allCases {
      let x = FarOutTests.points(of: configuration, direction).map { Double(Float($0)) }
      let program = FarOutTests.program(trial, direction)
      let single = trial.run(program, x, .float)
      let double = trial.run(program, x, .double)
      for (number, what) in ["value", "log-det", "gradient"].enumerated() {
        for (index, (a, b)) in zip(single[number], double[number]).enumerated()
        where b.magnitude < Double(Float.greatestFiniteMagnitude) && !a.isFinite {
          let row = number == 1 ? index : index / configuration.features
          let holdsDeterminant = double[1][row].magnitude < Self.largestLogDet
          // A slope of an image that is no number of Float: times 0, where a network saturates, it is undefined.
          let others = row * configuration.features..<(row + 1) * configuration.features
          let holdsImages = (isElementwise ? index..<index + 1 : others).allSatisfy {
            double[0][$0].magnitude < Double(Float.greatestFiniteMagnitude)
          }
          if number == 2, !holdsImages { continue }
          if configuration.entry.takesLogOfDeterminant, number > 0, !holdsDeterminant { continue }
          Issue.record("\(configuration) \(direction) \(what) at \(x[others]): \(a) against \(b)")
        }
      }
    }
  }
}

extension Interval {
  /// A point of the interval made from any number.
  func inside(_ x: Double) -> Double {
    switch (lower.isFinite, upper.isFinite) {
    case (true, true):
      lower + (upper - lower) * (0.5 + 0.5 * x / (1 + x.magnitude) * (1 - 0x1p-20))
    case (true, false): lower + max(x.magnitude, 1e-6)
    case (false, true): upper - max(x.magnitude, 1e-6)
    case (false, false): x
    }
  }
}

func expect(
  _ a: Double, _ b: Double, within tolerance: Double, _ what: @autoclosure () -> String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard !((a - b).magnitude <= tolerance) else { return }
  Issue.record(
    "\(what()): \(a) against \(b), off by \((a - b).magnitude), allowed \(tolerance)",
    sourceLocation: sourceLocation)
}
