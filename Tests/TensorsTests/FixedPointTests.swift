import Testing

@testable import Tensors

@Suite("Fixed points")
struct FixedPointTests {
  /// x = A x + y, whose solution is x = (1 - A)⁻¹ y with the inverse below.
  private static let matrix = [0.5, 0.25, -0.25, 0.25]
  private static let inverse = [12.0 / 7, 4.0 / 7, -4.0 / 7, 8.0 / 7]

  private static func solution(_ trace: Trace, limit: Int = 1000) -> (y: Tensor, x: Tensor) {
    let y = trace.input("y", features: 2)
    let a = trace.constant(matrix, [2, 2])
    let x = Tensor.fixedPoint(from: y.zeros, captured: [y, a], tolerance: 0, limit: limit) {
      x, captured in captured[1].matmul(x) + captured[0]
    }
    return (y, x)
  }

  private func run(_ program: Program, _ inputs: [[Double]], _ precision: Precision = .double)
    -> [[Double]]
  {
    let executor = Executor(
      CompiledProgram(program, precision: precision), pool: WorkerPool(count: 1))
    return executor.values(rows: inputs[0].count / 2, inputs: inputs).outputs
  }

  @Test("of a linear map are those of the inverse matrix", arguments: Precision.allCases)
  func linear(precision: Precision) {
    let program = Program.traced { [("x", Self.solution($0).x)] }
    let found = run(program, [[1, 0, 0, 1, 3, -2]], precision)[0]
    let b = Self.inverse
    let expected = [b[0], b[2], b[1], b[3], 3 * b[0] - 2 * b[1], 3 * b[2] - 2 * b[3]]
    // The last step is two units at most, and L/(1 - L) < 2 with the norm 0.6 of A.
    let unit = precision == .float ? 0x1p-23 : 0x1p-52
    for (x, value) in zip(found, expected) {
      #expect((x - value).magnitude <= 8 * unit * max(1, value.magnitude))
    }
  }

  @Test("have the derivatives of the implicit function theorem")
  func gradients() {
    let program = Program.traced { trace in
      let (y, x) = Self.solution(trace)
      // The loss x₁³ + x₂³ has the gradient Bᵀ 3x² and the second derivative Bᵀ diag(6x) B.
      let gradient = (x * square(x)).gradients(of: [y])[0]!
      return [
        ("d", gradient),
        ("dd", gradient.gradients(of: [y], seed: trace.constant([1, 0], [2]))[0]!),
      ]
    }
    let y = [0.7, -1.1]
    let found = run(program, [y])
    let b = Self.inverse
    let x = [b[0] * y[0] + b[1] * y[1], b[2] * y[0] + b[3] * y[1]]
    for j in 0..<2 {
      let slope = 3 * (b[j] * x[0] * x[0] + b[2 + j] * x[1] * x[1])
      let curvature = 6 * (b[0] * x[0] * b[j] + b[2] * x[1] * b[2 + j])
      #expect((found[0][j] - slope).magnitude <= 1e-13)
      #expect((found[1][j] - curvature).magnitude <= 1e-13)
    }
  }

  @Test("that were not reached are NaN, and do not touch the rows that were")
  func unreached() {
    let program = Program.traced { [("x", Self.solution($0, limit: 10).x)] }
    let found = run(program, [[0, 0, 1, 1, .nan, 0, 0, 0]])[0]
    #expect(found[0] == 0 && found[1] == 0 && found[6] == 0 && found[7] == 0)
    #expect(found[2].isNaN && found[3].isNaN && found[4].isNaN)
  }

  @Test("do not depend on other rows, to the last bit", arguments: Precision.allCases)
  func alone(precision: Precision) {
    let program = Program.traced { [("x", Self.solution($0).x)] }
    let rows = (0..<40).map { Double($0 * 7919 % 83 - 41) * 0.37 }
    let together = run(program, [rows], precision)[0]
    let alone = stride(from: 0, to: 40, by: 2).flatMap {
      run(program, [[rows[$0], rows[$0 + 1]]], precision)[0]
    }
    #expect(zip(together, alone).allSatisfy { $0.bitPattern == $1.bitPattern })
  }
}
