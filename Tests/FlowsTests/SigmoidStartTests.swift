import Tensors
import Testing

@testable import Flows

@Suite("First parameters of sums of sigmoids")
struct SigmoidStartTests {
  /// logit of one sigmoid at the origin, σ(a x), is a x.
  @Test("are the slopes that are asked for", arguments: [0.01, 0.5, 1, 3.6, 100])
  func slope(slope: Double) {
    let sum = SigmoidSumTransform(terms: 1, spread: 0, slope: slope)
    let trial = Trial(Elementwise(sum, features: 1), deviation: 0)
    let found = trial.run(trial.program(.forward), [1, -2])[0]
    for (y, x) in zip(found, [1.0, -2]) {
      expect(
        y, slope * x, within: FlowTolerance.units * Double.ulpOfOne * slope * x.magnitude,
        "slope \(slope)")
    }
  }
}
