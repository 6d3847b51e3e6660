import Testing

@testable import Tensors

@Suite("Traces")
struct TraceTests {
  @Test("0 and -0 are two constants, NaN is one")
  func signedZeros() {
    let trace = Trace()
    #expect(trace.constant(0).id != trace.constant(-0.0).id)
    #expect(trace.constant(.nan).id == trace.constant(.nan).id)
    let x = trace.input("x", features: 1)
    let program = Program(trace, outputs: [("low", x / 0.0), ("high", x / -0.0)])
    let (outputs, _) = ReferenceInterpreter(program).run(inputs: [[1]], parameters: [], rows: 1)
    #expect(outputs == [[.infinity], [-.infinity]])
  }

  @Test("extents too large to be counted are refused with a sentence")
  func hugeExtents() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Trace().parameter("w", [1 << 40, 1 << 40])
    }
    #expect(text(result).contains("more values than can be counted"))
  }

  @Test("nothing cannot be stacked")
  func emptyStack() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.stacked([])
    }
    #expect(text(result).contains("nothing to stack"))
  }

  @Test("too many or too few arrays are refused with both numbers", arguments: [0, 2])
  func inputArrays(count: Int) async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [count] in
      let program = Program.traced { [("y", exp($0.input("x", features: 1)))] }
      let executor = Executor(CompiledProgram(program), pool: WorkerPool(count: 1))
      _ = executor.values(rows: 1, inputs: Array(repeating: [1], count: count))
    }
    #expect(text(result).contains("1 inputs expected, got \(count)"))
  }

  private func text(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }
}
