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

  @Test("programs print their nodes and, indented, those of the programs that they own")
  func printed() {
    let program = Program.traced { trace in
      let x = trace.input("x", features: 2)
      let doubled = Tensor.iterated([x], rounds: 3) { states, _ in [states[0] + states[0]] }
      return [("y", doubled[0] * trace.parameter("w", [2]))]
    }
    let lines = program.description.split(separator: "\n")
    let loop = lines.firstIndex { $0.contains("3 rounds (%0)") }!
    #expect(lines[0] == "%0 [B, 2] = input x ()")
    #expect(lines[loop + 1] == "    %0 [B, 2] = argument 0 ()")
    #expect(lines[loop + 2] == "    %1 [B, 2] = add(%0, %0)")
    #expect(lines.last!.hasPrefix("y = %"))
  }

  @Test("extents too large to be counted are refused with a sentence")
  func hugeExtents() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Trace().parameter("w", [1 << 40, 1 << 40])
    }
    #expect(text(result).contains("more values than can be counted"))
  }

  @Test("parameters, and what programs hold, are refused before memory is taken for them")
  func limits() async {
    let results = [
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let trace = Trace()
        for number in 0..<11 { _ = trace.parameter("w\(number)", [1000, 10_000]) }
      },
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Trace(mostHeld: 100).input("x", features: 10)
        _ = (1...10).reduce(x) { x, number in x.tiled(number).slice(0..<1).reshaped(10) }
      },
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let program = Program.traced { [("y", exp($0.input("x", features: 100_000_000)))] }
        _ = Executor(CompiledProgram(program), pool: WorkerPool(count: 1))
      },
    ]
    #expect(
      text(results[0]).contains(
        "with parameter 'w10' of extents [1000, 10000] all parameters have 110000000 values, 0.88 GB"
      ))
    #expect(text(results[1]).contains("indices and constants, 0.0 GB; there may be 100:"))
    #expect(text(results[2]).contains("64 rows at a time take"))
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
