import Flows
import Formats
import Learning
import Tensors

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// From the start of a new process to the first log-density of a saved model: `diffeo score MODEL ROWS`.
struct StartupMeasurement {
  private let subject: BenchSubject
  private let threads: ThreadOptions

  init(_ subject: BenchSubject, _ threads: ThreadOptions) {
    self.subject = subject
    self.threads = threads
  }

  /// Starts the command again and again with a model in a folder for temporary files, which is removed at the end.
  func measure(_ timer: CallTimer) throws -> BenchMeasurement {
    try Interruption.deferred {
      let folder = try TemporaryFolder()
      let (model, table) = (folder.path("model.flow.safetensors"), folder.path("rows.csv"))
      let row = subject.rows(1)
      let file = try AtomicFile(path: model)
      try file.write(subject.learned.file.encoded)
      try file.commit()
      let names = (1...row.features).map { "x\($0)" }.joined(separator: ",")
      let numbers = row.values.map { "\($0)" }.joined(separator: ",")
      try AtomicFile.write("\(names)\n\(numbers)\n", to: table)
      return try measure(timer, ["score", model, table], row: row.values)
    }
  }

  private func measure(
    _ timer: CallTimer, _ arguments: [String], row: [Double]
  ) throws -> BenchMeasurement {
    var arguments = arguments
    if let count = threads.threads { arguments += ["--threads", String(count)] }
    if threads.isNotPinned { arguments.append("--no-pin") }
    var (found, peak): ([Double], Int?) = ([], nil)
    let times = try timer.time {
      let process = try ScoreProcess(arguments)
      // While it waits to end, its memory is at its peak.
      peak = [peak, ProcessMemory.peak(of: process.number)].compactMap { $0 }.max()
      found.append(process.logDensity)
      try process.end()
    }
    let check = DefinitionCheck(of: subject.model, WorkerPool(count: 1))
    let expected = check.definition(of: subject.rows(1))
    return BenchMeasurement(
      times: times, multiplyAdds: nil, peakMemory: peak,
      difference: try check.compared(
        found, Array(repeating: expected[0], count: found.count), "log-densities"))
  }
}

/// A folder that is removed, with what is in it, when nothing holds it any more.
private final class TemporaryFolder {
  private let folder: String
  private var files: [String] = []

  init() throws(CommandFailure) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let pattern = "\(parent)/diffeo-bench-" + String(repeating: "X", count: 6)
    var name = Array(pattern.utf8CString)
    guard mkdtemp(&name) != nil else {
      throw CommandFailure(
        .inputOutput,
        "error: no temporary folder can be made in \(parent)\n"
          + "  hint: set TMPDIR to a folder that can be written to")
    }
    folder = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for file in files { unlink(file) }
    rmdir(folder)
  }

  /// The path of a file in it.
  func path(_ name: String) -> String {
    files.append("\(folder)/\(name)")
    return files[files.count - 1]
  }
}
