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
      [0, 2, 7].compactMap { context in
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
    let exact = trial.run(trial.program(.forward, more: jacobian), z)
    for precision in Precision.allCases {
      let forward = trial.run(trial.program(.forward), z, precision)
      let back = trial.run(trial.program(.inverse), forward[0], precision)
      let again = trial.run(trial.program(.forward), back[0], precision)
      for row in 0..<Self.rows {
        let matrix = Self.matrix(exact[2], row, features)
        let inverse = matrix.logDetAndInverse.inverse
        let own = row * features..<(row + 1) * features
        let size = (exact[0][own] + z[own]).reduce(1) { max($0, $1.magnitude) }
        let unit = FlowTolerance.units * FlowTolerance.epsilon(precision) * size
        for i in own {
          expect(
            back[0][i], z[i], within: unit * (1 + inverse.norm), "\(configuration) \(precision) z")
          expect(
            again[0][i], forward[0][i], within: unit * (1 + matrix.norm * (1 + inverse.norm)),
            "\(configuration) \(precision) x")
        }
        // The log-det is a function of the slopes, whose relative error is that of the points
        // times the condition number.
        expect(
          back[1][row], -forward[1][row],
          within: unit * (1 + matrix.norm * inverse.norm) * Double(features),
          "\(configuration) \(precision) log-det")
      }
    }
  }

  @Test("log-dets are those of the Jacobian", arguments: Configuration.all)
  func logDets(of configuration: Configuration) {
    let trial = configuration.trial
    let features = configuration.features
    let z = points(Self.rows * features, in: configuration.entry.range, seed: 14)
    let forward = trial.run(trial.program(.forward, more: jacobian), z)
    for row in 0..<Self.rows {
      let matrix = Self.matrix(forward[2], row, features)
      let (logDet, inverse) = matrix.logDetAndInverse
      let unit = FlowTolerance.units * Double.ulpOfOne * Double(features)
      expect(
        forward[1][row], logDet, within: unit * (1 + matrix.norm * inverse.norm),
        "\(configuration)")
    }
  }

  @Test("Jacobians of both directions are inverse matrices", arguments: Configuration.all)
  func jacobians(of configuration: Configuration) {
    // Through loops and roots a Jacobian of the inverse has many operations.
    guard configuration.features <= 2 else { return }
    let trial = configuration.trial
    let features = configuration.features
    let z = points(Self.rows * features, in: configuration.entry.range, seed: 15)
    let forward = trial.run(trial.program(.forward, more: jacobian), z)
    let back = trial.run(trial.program(.inverse, more: jacobian), forward[0])
    for row in 0..<Self.rows {
      let matrix = Self.matrix(forward[2], row, features)
      let inverse = matrix.logDetAndInverse.inverse
      let found = Self.matrix(back[2], row, features)
      // Points that are mapped back are off by the condition number, and with them the slopes; to first order the
      // inverse of J + δ is J⁻¹ - J⁻¹ δ J⁻¹: off by that number again, as a share of its norm.
      let condition = 1 + matrix.norm * inverse.norm
      let size = max(1, inverse.norm)
      for (a, b) in zip(found.entries, inverse.entries) {
        expect(
          a, b, within: FlowTolerance.units * Double.ulpOfOne * condition * condition * size,
          "\(configuration) inverse Jacobian")
      }
    }
  }

  private func jacobian(
    _ x: Tensor, _ value: Tensor, _ logDet: Tensor
  ) -> [(name: String, tensor: Tensor)] {
    [("jacobian", value.jacobian(of: x))]
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
          // Gradients are those of the sum of the values, which must be a number of Float itself.
          let images = double[0][row * configuration.features..<(row + 1) * configuration.features]
          let holdsValues = images.allSatisfy {
            $0.magnitude < Double(Float.greatestFiniteMagnitude)
          }
          if number == 2, !holdsValues { continue }
          if configuration.entry.takesLogOfDeterminant, number > 0, !holdsDeterminant { continue }
          let own = x[row * configuration.features..<(row + 1) * configuration.features]
          Issue.record("\(configuration) \(direction) \(what) at \(own): \(a) against \(b)")
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
