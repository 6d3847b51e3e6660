import Testing

@testable import Tensors

@Suite("Determinism")
struct DeterminismTests {
  private static let steps = 20
  private static let rows = 203

  private static func trained(
    _ workers: Int, _ precision: Precision, _ optimizer: Optimizer
  ) -> (parameters: [Double], outputs: [Double]) {
    let run = TrainingRun(
      .smallFlow, rows: rows, precision, WorkerPool(count: workers), optimizer)
    // Gradients are sums over rows: the step of descent is short enough not to overshoot.
    for _ in 0..<steps { run.step(rate: optimizer == .descent() ? 1e-5 : 0.01) }
    return (run.parameters.values, run.outputs)
  }

  @Test(
    "the same seed and threads give the same bytes", arguments: [1, 2, 5], Precision.allCases)
  func sameBytes(workers: Int, precision: Precision) {
    let first = Self.trained(workers, precision, .adam())
    let second = Self.trained(workers, precision, .adam())
    #expect(first.parameters.map(\.bitPattern) == second.parameters.map(\.bitPattern))
    #expect(first.outputs.map(\.bitPattern) == second.outputs.map(\.bitPattern))
  }

  @Test("another number of threads changes no more than rounding does", arguments: [2, 5])
  func otherThreads(workers: Int) {
    // Adam divides gradients by their size, and so would make the noise of those near 0 large.
    let one = Self.trained(1, .double, .descent())
    let several = Self.trained(workers, .double, .descent())
    // A sum over n rows in another order moves by at most n units of rounding, in every step.
    let units = Double(Self.steps * Self.rows) * 0x1p-53
    for (a, b) in [(one.parameters, several.parameters), (one.outputs, several.outputs)] {
      let scale = a.reduce(1) { max($0, $1.magnitude) }
      #expect(zip(a, b).allSatisfy { ($0 - $1).magnitude <= units * scale })
    }
    #expect(one.parameters.allSatisfy { $0.isFinite })
  }
}
