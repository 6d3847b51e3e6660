import Foundation
import Learning
import Tensors
import Testing

@testable import DiffeoCommand

@Suite("diffeo bench")
struct BenchCommandTests {
  private static let size = ["--features", "5", "--layers", "2", "--hidden", "16", "--bins", "4"]

  /// Multiply-adds of the dense layers of a flow of that size, and its parameters, with `count` parameters a
  /// feature and, for couplings, 2 features kept in one layer and 3 in the other.
  private static func coupling(_ count: Int) -> (multiplyAdds: Int, parameters: Int) {
    let multiplyAdds = [2, 3].reduce(0) { $0 + $1 * 16 + 16 * 16 + 16 * (5 - $1) * count }
    let biases = [2, 3].reduce(0) { $0 + 16 + 16 + (5 - $1) * count }
    // A shift and a scale of each column come last.
    return (multiplyAdds, multiplyAdds + biases + 10)
  }

  private func figures(_ arguments: String...) throws -> [String: Double] {
    let start = ContinuousClock.now
    let run = CommandRun(
      ["bench"] + arguments + Self.size + ["--repeats", "5", "--threads", "1", "--json"])
    let elapsed = (ContinuousClock.now - start) / .milliseconds(1)
    #expect(run.status == .fine, "\(run.errors)")
    #expect(run.output.count { $0 == "\n" } == 1)
    let found = try run.json().compactMapValues { $0 as? Double }
    let ms = try #require(found["ms"])
    #expect(found["ms_min"]! <= ms && ms <= found["ms_max"]!)
    #expect(0 < ms && 5 * found["calls"]! * found["ms_min"]! < elapsed)
    #expect((found["rows_s"]! * ms / (1000 * found["batch"]!) - 1).magnitude < 1e-12)
    #expect(found["rss_mb"]! > 1)
    // Rounding is never nil over 24 rows, nor large for a flow near the identity.
    #expect(0 < found["max_difference"]! && found["max_difference"]! < 1e-4)
    return found
  }

  @Test("A step, with what a step costs")
  func train() throws {
    let found = try figures("train", "--model", "realnvp", "--batch", "128")
    let expected = Self.coupling(2)
    #expect(found["params"] == Double(expected.parameters))
    let operations = 3 * 2 * Double(expected.multiplyAdds) * found["rows_s"]!
    #expect((found["gflops"]! * 1e9 / operations - 1).magnitude < 1e-12)
    #expect(found["bins"] == nil)
  }

  @Test("Scores and single rows of couplings with splines")
  func score() throws {
    let expected = Self.coupling(3 * 4 - 1)
    for (work, batch) in [("score", 500.0), ("latency", 1)] {
      let found = try figures(work, "--model", "nsf", "--batch", "500")
      #expect(found["batch"] == batch)
      #expect(found["params"] == Double(expected.parameters))
      let operations = 2 * Double(expected.multiplyAdds) * found["rows_s"]!
      #expect((found["gflops"]! * 1e9 / operations - 1).magnitude < 1e-12)
    }
  }

  @Test("Samples of autoregressive layers", arguments: ["maf", "nsfar"])
  func sample(model: String) throws {
    let found = try figures("sample", "--model", model, "--batch", "500")
    // The masks leave less than the matrices hold.
    let count = model == "maf" ? 2.0 : 11
    let dense = 2 * (5 * 16 + 16 * 16 + 16 * 5 * count)
    let operations = found["gflops"]! * 1e9 / found["rows_s"]! / 2
    #expect(0.2 * dense < operations && operations < dense)
  }

  @Test("A new process gives the log-density of a saved model, and nothing is left behind")
  func startup() throws {
    try TestFiles.withFolder { folder in
      let process = Process()
      process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "diffeo")
      process.arguments = ["bench", "startup", "--repeats", "5", "--json"] + Self.size
      process.environment = ["TMPDIR": folder.path]
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
      let ms = try #require(object["ms"] as? Double)
      #expect(0.1 < ms && ms < 20_000)
      #expect(object["gflops"] is NSNull)
      #expect(object["max_difference"] as? Double ?? 1 < 1e-4)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test("What does not agree with the definition has no figures")
  func definition() throws {
    let subject = BenchSubject(
      Architecture(.nsf, layers: 2, hidden: [16, 16], bins: 4), features: 5, batch: 3)
    let check = DefinitionCheck(of: subject.model, WorkerPool(count: 1))
    let rows = subject.rows(3)
    let expected = check.definition(of: rows)
    #expect(try check.compared(expected, expected, "log-densities") == 0)
    for wrong in [expected[1] + 0.01, .nan, .infinity] {
      #expect(throws: CommandFailure.self) {
        try check.compared([expected[0], wrong, expected[2]], expected, "log-densities")
      }
    }
  }

  @Test("Times are those of a call")
  func times() throws {
    for summary in [CallTimer.Summary.mean, .median] {
      var repeats: [Int] = []
      let timer = CallTimer(repeats: 5) { repeats.append($0) }
      let found = try timer.time(summary) { Thread.sleep(forTimeInterval: 0.01) }
      #expect(repeats == [1, 2, 3, 4, 5])
      #expect(found.values.count == 5)
      #expect(found.least >= 0.01)
    }
    #expect(CallTimes(values: [3, 1, 2, 10], calls: 1).median == 2.5)
  }

  @Test("The peak of memory holds what was touched")
  func memory() throws {
    let before = try #require(ProcessMemory.peak())
    let block = [UInt8](repeating: 1, count: 1 << 27)
    #expect(try #require(ProcessMemory.peak()) >= max(before, block.count))
    #expect(ProcessMemory.peak(of: -1) == nil)
  }

  @Test(
    "What cannot be timed is said",
    arguments: [
      (["walk"], "train"), (["train", "--model", "glow"], "realnvp"),
      (["train", "--batch", "0"], "--batch takes 1 to 10000000, not 0"),
      (["train", "--repeats", "4"], "--repeats takes 5 to 1000, not 4"),
      (["score", "--features", "1000", "--batch", "300000"], "more than 200000000 numbers"),
      (["train", "--hidden", "10000", "--layers", "10"], "more parameters than memory"),
    ])
  func errors(arguments: [String], message: String) {
    let run = CommandRun(["bench"] + arguments)
    #expect(run.status == .usage)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.output.isEmpty)
  }
}
