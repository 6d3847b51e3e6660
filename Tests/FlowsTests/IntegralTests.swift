import Foundation
import Tensors
import Testing

@testable import Flows

@Suite("Integrals of positive functions")
struct IntegralTests {
  private static let x = [-5, -3.1, -0.4, 0, 0.2, 1, 2.7, 4.9, 5]

  /// The values of a transform of one feature at ``x``.
  private func values(
    _ transform: any ElementwiseTransform, _ parameters: [Double]
  ) -> [Double] {
    let program = Program.traced { trace in
      let table = trace.parameter("parameters", [1, parameters.count])
      return [("y", transform.forward(trace.input("x", features: 1), table).value)]
    }
    let executor = Executor(
      CompiledProgram(program, precision: .double), pool: WorkerPool(count: 1))
    return executor.values(
      rows: Self.x.count, inputs: [Self.x], parameters: parameters
    ).outputs[0]
  }

  /// Simpson's rule with steps of about 10⁻³, whose error is about step⁴ of a fourth derivative.
  private func simpson(_ end: Double, _ f: (Double) -> Double) -> Double {
    let count = 2 * max(1, Int(end.magnitude * 1000))
    let step = end / Double(count)
    return (0...count).reduce(0) { sum, index in
      let weight = index == 0 || index == count ? 1.0 : index.isMultiple(of: 2) ? 2 : 4
      return sum + weight * f(Double(index) * step)
    } * step / 3
  }

  /// The steepest units that the bound on their rates allows, of both signs.
  @Test("a network's integral is right to rounding", arguments: 0..<5)
  func network(seed: UInt64) {
    let transform = MonotoneNetworkTransform(units: 4)
    let noise = RandomKey(seed: seed).normals(8)
    let steps = noise[0..<4].map { max(-3.9, min(3.9, 2 * $0)) }
    let rates = [50.0, -50, 50, 50]
    let centers = Array(noise[4..<8])
    let raw = ([0.7] + steps).map { 4 * atanh($0 / 4) }
    let found = values(transform, [0.3] + raw + rates + centers)
    for (x, y) in zip(Self.x, found) {
      let expected =
        0.3
        + simpson(x) { u in
          let h = (0..<4).reduce(0.7) {
            $0 + steps[$1] * tanh(2 * tanh(rates[$1] / 2) * u + centers[$1])
          }
          return transform.minimumSlope + h * h
        }
      // Simpson's own error for h² of about 100 with fourth derivatives of 16 times that.
      expect(y, expected, within: 1e-10 * max(1, y.magnitude), "at \(x)")
    }
  }

  @Test("a sum of squares is the polynomial of its coefficients")
  func polynomial() {
    let transform = SumOfSquaresTransform(polynomials: 2, degree: 2)
    // p = 1 - u + 0.3u², q = 0.3 + u - 0.5u² with u = 2.5 t
    let ofPowers = [1, 0.3, -1, 1, 0.3, -0.5].enumerated().map { index, value in
      value * pow(2.5, Double(index / 2))
    }
    let found = values(transform, [0.2] + ofPowers.map { 4 * atanh($0 / 4) })
    for (x, y) in zip(Self.x, found) {
      // p² = 1 - 2u + 1.6u² - 0.6u³ + 0.09u⁴, q² = 0.09 + 0.6u + 0.7u² - u³ + 0.25u⁴
      let coefficients = [1.09 + transform.minimumSlope, -1.4, 2.3, -1.6, 0.34]
      let sum = coefficients.enumerated().reduce(0.0) {
        $0 + $1.element * pow(x, Double($1.offset + 1)) / Double($1.offset + 1)
      }
      expect(y, 0.2 + sum, within: 1e-12 * max(1, y.magnitude), "at \(x)")
    }
  }
}
