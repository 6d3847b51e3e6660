import CKernels
import Testing

@testable import Tensors

@Suite("Derivatives of functions of one number, against Arb")
struct DerivativeAccuracyTests {
  @Test(
    "no further from the true value than the bound, at every level",
    arguments: elementaryDerivatives + otherDerivatives)
  func accuracy(of test: DerivativeCase) {
    for format in Format.allCases {
      let points = test.truth.samples(in: format).filter { x in
        x.isFinite && (x == 0 ? !test.truth.limits.2.isNaN : test.truth.domain(x))
      }
      let truths = points.map { test.truth.truth($0, in: format) }
      for level in Level.available {
        let slopes = level.slopes(of: test.function, at: points, in: format)
        var worst = (error: 0.0, index: 0)
        for index in points.indices {
          let error = truths[index].error(of: slopes[index], in: format)
          if error > worst.error { worst = (error, index) }
        }
        let (x, slope) = (points[worst.index], slopes[worst.index])
        #expect(
          worst.error <= test.truth.bound,
          "\(test.truth.name), \(format) at level \(level.name): \(worst.error) ulp at \(x): \(slope)"
        )
      }
    }
  }

  @Test("every function with a slope that is no constant has its bound")
  func complete() {
    let known = Set((elementaryDerivatives + otherDerivatives).map(\.function))
    let missing = UnaryFunction.all.filter { !known.contains($0) }
    // The last one has none: its own derivative is needed by third derivatives of log I₀ alone.
    #expect(
      missing == [.negate, .absolute, .sign, .relu, .besselRatioSlope, .floor, .isFinite])
  }
}

extension Level {
  /// f' of each number, computed in the format as the gradient of a program.
  fileprivate func slopes(
    of function: UnaryFunction, at points: [Double], in format: Format
  ) -> [Double] {
    let program = Program.traced { [("y", $0.input("x", features: 1).map(function))] }
      .differentiated("y", withRespectTo: ["x"])
    let executor = Executor(
      CompiledProgram(program, precision: format == .float ? .float : .double),
      pool: WorkerPool(count: 1), level: level)
    return executor.values(rows: points.count, inputs: [points]).outputs[1]
  }
}
