import FormulaFlows
import Foundation
import Tensors
import Testing

@testable import Flows

/// Points at which exponentials in the formulas of log|det| are beyond the numbers of a format, or cancel, while the results
/// are ordinary numbers. References are other formulas.
@Suite("Formulas whose exponentials overflow")
struct OverflowTests {
  private static func units(_ precision: Precision) -> Double {
    64 * (precision == .float ? Double(Float.ulpOfOne) : Double.ulpOfOne)
  }

  private func map(_ text: String, _ precision: Precision) throws -> FlowMap {
    let bijector = try bijector(text)
    return FlowMap(Flow.standard(bijector, precision))!
  }

  @Test("log-dets", arguments: Precision.allCases)
  func logDets(precision: Precision) throws {
    let erf = try map("z in R; x = z + erf(z) in R", precision)
    let tanh = try map("z in R; x = tanh(z) in (-1, 1)", precision)
    let mixture = try map(
      "z in R; x = 3/10 normcdf(z - 1) + 7/10 normcdf((z + 2)/3) in (0, 1)", precision)
    for z in [0, 1e-3, -0.2, 0.3, 3, -5, 9.5, 20, -30, 60] {
      let point = Batch(features: 1, [Double(Float(z))])
      let z = point.values[0]
      func expect(_ map: FlowMap, _ logDet: Double, size: Double) throws {
        let found = try map.forwardAndLogDets(point).logDets[0]
        #expect(
          (found - logDet).magnitude <= Self.units(precision) * (1 + size),
          "\(precision) at \(z): \(found) against \(logDet)")
      }
      // Terms of the size of z² cancel.
      try expect(erf, log1p(2 / Double.pi.squareRoot() * exp(-z * z)), size: z * z)
      let logCosh = z.magnitude + log1p(exp(-2 * z.magnitude)) - log(2)
      try expect(tanh, -2 * logCosh, size: z.magnitude)
      let logs = [log(0.3) - 0.5 * (z - 1) * (z - 1), log(0.7 / 3) - (z + 2) * (z + 2) / 18]
      let largest = max(logs[0], logs[1])
      let sum = logs.reduce(0) { $0 + exp($1 - largest) }
      try expect(mixture, largest + log(sum) - 0.5 * log(2 * Double.pi), size: 2 * z * z)
    }
  }
}
