import Densities
import Proofs
import Symbolics
import Tensors
import Testing

@testable import Flows

/// Densities of flows against those of the symbolic half, which share neither their loops nor their
/// root search.
@Suite("Densities of formula bijectors")
struct DensityTests {
  @Test(
    "are those of the problem",
    arguments: [
      "z in R^3; x = (2 z1, exp(z1) z2, exp(-z1 - z2) z3) in R^3",
      "z in R^3; x = (z1, exp(z1) z2, cbrt(exp(-z1) z3 + z1^2)) in R^3",
      "z in R; x = sum(k in 1..3, sigmoid(k z)) in (0, 3)",
      "z in R^2; x = (z1, z1^2 + exp(z2)) in R^2 where x2 > x1^2",
      "z in R^2; h = (z1 + z1^3, z2 - z1^2); x = (h1 + h2^2, h2 + sinh(h2)) in R^2",
      "z in R; x = piecewise(z if z >= 0, -z^2 otherwise) in R",
      "z in R; x = max(z, 2 z, z^3) in R",
    ])
  func densities(text: String) throws {
    let stated = try problem(text + "; z ~ normal(0, I)")
    let verdict = Prover.verdict(for: stated)
    let numeric = try NumericDensity(PushforwardDensity(stated, verdict: verdict))
    let model = try Flow.standard(bijector(text))
    let samples = try model.samples(200, key: RandomKey(seed: 3))
    let n = model.features
    let columns = (0..<n).map { k in (0..<200).map { samples.values[$0 * n + k] } }
    let expected = try numeric.logDensity(columns)
    for (a, b) in zip(try model.logDensity(of: samples), expected) {
      // Rounding of x is magnified by at most the derivatives of log p, about 100 at these points.
      #expect((a - b).magnitude <= 1e-12 * max(1, b.magnitude), "\(a), \(b)")
    }
  }

  /// x = z + eᶻ, where eˣ is none of the numbers: z = log(x - z), whose iteration gains a factor x with each round.
  @Test("of z + exp(z) far out", arguments: Precision.allCases)
  func exponentialSum(precision: Precision) throws {
    let model = try Flow.standard(bijector("z in R; x = z + exp(z) in R"), precision)
    for x in [100.0, 1000, 0x1p20, 0x1p100] {
      var z = 0.0
      for _ in 0..<60 { z = UnaryFunction.logarithm.value(x - z) }
      let expected = -0.5 * z * z - 0.918_938_533_204_672_8 - UnaryFunction.log1p.value(x - z)
      let found = try model.logDensity(of: Batch(features: 1, [x]))[0]
      let unit = precision == .float ? Double(Float.ulpOfOne) : Double.ulpOfOne
      #expect((found - expected).magnitude <= 8 * unit * expected.magnitude, "\(found) at \(x)")
    }
  }

  @Test("are 0 where no point leads")
  func outside() throws {
    let parabola = try Flow.standard(
      bijector("z in R^2; x = (z1, z1^2 + exp(z2)) in R^2 where x2 > x1^2"))
    let found = try parabola.logDensity(of: Batch(features: 2, [1, 0.5, 1, 1, 1, 2]))
    #expect(found[0] == -.infinity && found[1] == -.infinity)
    // x = (1, 2) comes from (1, 0) with determinant 1.
    let expected = -0.5 - 1.8378770664093454836
    #expect((found[2] - expected).magnitude <= 8 * expected.magnitude.ulp)
    let sum = try Flow.standard(bijector("z in R; x = sum(k in 1..3, sigmoid(k z)) in (0, 3)"))
    #expect(
      try sum.logDensity(of: Batch(features: 1, [-1, 3, 4])) == [
        -.infinity, -.infinity, -.infinity,
      ])
  }

  /// p2(K/2) = 8/(√(2π) K (K + 1)), the answer of the exercise sheet.
  @Test("of problem 5 are the sheet's", arguments: [1, 2, 7])
  func sheet(count: Int) throws {
    let text = "z in R; x = sum(k in 1..\(count), sigmoid(k z)) in (0, \(count))"
    for precision in Precision.allCases {
      let model = try Flow.standard(bijector(text), precision)
      let found = try model.logDensity(of: Batch(features: 1, [0.5 * Double(count)]))[0]
      let k = Double(count)
      let expected = UnaryFunction.logarithm.value(8 / (2.5066282746310002 * k * (k + 1)))
      let unit = precision == .float ? Double(Float.ulpOfOne) : Double.ulpOfOne
      #expect((found - expected).magnitude <= 16 * unit * max(1, expected.magnitude))
    }
  }
}
