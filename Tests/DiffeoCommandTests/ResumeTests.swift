import Foundation
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@testable import DiffeoCommand

@Suite("diffeo fit --resume", .serialized)
struct ResumeTests {
  private static let table: String = {
    let rows = (0..<150).map { number -> String in
      let x = Double(number * 37 % 150) / 150
      return "\(x),\(x * x + Double(number * 53 % 150) / 300)"
    }
    return "x,y\n" + rows.joined(separator: "\n") + "\n"
  }()

  private static let quick = ["--flow", "nsf", "--layers", "2", "--hidden", "16", "--threads", "1"]

  private func withTable(_ body: (_ table: String, _ folder: URL) throws -> Void) throws {
    try TestFiles.withFolder { folder in
      let table = folder.appending(path: "t.csv")
      try Self.table.write(to: table, atomically: true, encoding: .utf8)
      try body(table.path, folder)
    }
  }

  /// The command, which lies beside the tests.
  private static let command =
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "diffeo")

  /// Runs the command to its end.
  private func status(_ arguments: [String]) throws -> Int32 {
    try start(arguments).status
  }

  private func start(_ arguments: [String]) throws -> RunningCommand {
    try RunningCommand(Self.command, arguments)
  }

  @Test("killed at ten random moments, a fit ends in the same file")
  func killed() throws {
    try withTable { table, folder in
      let (whole, pieces) = (
        folder.appending(path: "a.safetensors").path, folder.appending(path: "b.safetensors").path
      )
      let options =
        Self.quick + ["--steps", "20000", "--members", "2", "--validation", "0", "--no-pin"]
      #expect(try status(["fit", table, "-o", whole] + options) == 0)
      let again =
        ["fit", table, "-o", pieces, "--resume", "--checkpoint-every", "0.02s"] + options
      var kills = 0
      for number in 0..<10 {
        let command = try start(again)
        // The first one is killed before there is a checkpoint, the others afterwards.
        if number > 0 { command.wait(for: pieces + ".checkpoint") }
        Thread.sleep(forTimeInterval: .random(in: 0...0.1))
        command.kill()
        if command.status == 0 { break }
        kills += 1
      }
      #expect(kills > 1)
      #expect(try status(again) == 0)
      #expect(
        FileManager.default.contents(atPath: whole)
          == FileManager.default.contents(atPath: pieces))
      #expect(!FileManager.default.fileExists(atPath: pieces + ".checkpoint"))
    }
  }

  @Test(
    "Ctrl-C and kill keep the best so far, and --resume goes on to the same file",
    arguments: [SIGINT, SIGTERM])
  func interrupted(by signal: Int32) throws {
    try withTable { table, folder in
      let (whole, model) = (
        folder.appending(path: "a.safetensors").path, folder.appending(path: "b.safetensors").path
      )
      // Enough steps that the signal comes before the last one, however busy the machine is.
      let options = Self.quick + ["--steps", "40000", "--validation", "0", "--no-pin"]
      #expect(try status(["fit", table, "-o", whole] + options) == 0)
      let fit = ["fit", table, "-o", model, "--resume", "--checkpoint-every", "0.01s"] + options
      let command = try start(fit)
      command.wait(for: model + ".checkpoint")
      command.send(signal)
      #expect(command.status == 0)
      #expect(command.errors.contains("--resume goes on from \(model).checkpoint"))
      let early = try CommandRun("describe", model, "--json").json()
      #expect(try #require(early["bestStep"] as? Int) < 40_000)
      #expect(
        CommandRun("describe", model + ".checkpoint").errors.contains("of an interrupted fit"))
      #expect(try status(fit) == 0)
      #expect(
        FileManager.default.contents(atPath: whole) == FileManager.default.contents(atPath: model))
      #expect(!FileManager.default.fileExists(atPath: model + ".checkpoint"))
    }
  }

  @Test("a checkpoint that cannot be written is said once, and costs nothing else")
  func noPlace() throws {
    try withTable { table, folder in
      let model = folder.appending(path: "m.safetensors").path
      try FileManager.default.createDirectory(
        atPath: model + ".checkpoint", withIntermediateDirectories: false)
      let run = CommandRun(
        ["fit", table, "-o", model, "--steps", "50", "--checkpoint-every", "0.0001"] + Self.quick)
      #expect(run.status == .fine)
      #expect(run.errors.split(separator: "\n").count { $0.contains("training goes on") } == 1)
      #expect(run.errors.contains("is complete, but its checkpoint is still there"))
      #expect(CommandRun("score", model, table).status == .fine)
    }
  }

  @Test("what --resume finds is said")
  func remarks() throws {
    try withTable { table, folder in
      let model = folder.appending(path: "m.safetensors").path
      func fit(_ more: String...) -> CommandRun {
        CommandRun(["fit", table, "-o", model] + Self.quick + more)
      }
      let first = fit("--steps", "30", "--resume")
      #expect(first.status == .fine)
      #expect(first.errors.contains("there is no checkpoint \(model).checkpoint"))
      let long = ["fit", table, "-o", model, "--checkpoint-every", "0.01"] + Self.quick
      let command = try start(long + ["--steps", "100000000", "--validation", "0"])
      command.wait(for: model + ".checkpoint")
      command.kill()
      let other = fit("--steps", "40", "--resume")
      #expect(other.status == .badData)
      #expect(other.errors.contains("number of steps: 100000000, now 40"), "\(other.errors)")
      let anew = fit("--steps", "30")
      #expect(anew.errors.contains("starting from the beginning, as --resume is not given"))
      try Data("x".utf8).write(to: URL(filePath: model + ".checkpoint"))
      let damaged = fit("--steps", "40", "--resume")
      #expect(damaged.status == .badData)
      #expect(damaged.errors.contains("remove the file to start from the beginning"))
    }
  }

  @Test("a wrong interval is a usage error, and a device has no checkpoint")
  func misuse() throws {
    try withTable { table, folder in
      let run = CommandRun(["fit", table, "--checkpoint-every", "often"])
      #expect(run.status == .usage)
      #expect(run.errors.contains("--checkpoint-every: 'often' is no time"))
      let device = CommandRun(["fit", table, "-o", "/dev/null", "--resume"])
      #expect(device.status == .usage)
    }
  }
}

/// Sends a signal. (Inside a type with a method `kill` the function is hidden.)
private func sendSignal(_ process: Int32, _ signal: Int32) -> Int32 { kill(process, signal) }

/// A command in a process of its own.
private struct RunningCommand {
  private let process = Process()
  private let standardError = Pipe()

  init(_ command: URL, _ arguments: [String]) throws {
    process.executableURL = command
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = standardError
    try process.run()
  }

  /// The exit code, or -1 where a signal ended the process; waits for its end.
  var status: Int32 {
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -1
  }

  /// Waits until there is a file, or the process ends.
  func wait(for path: String) {
    while process.isRunning, !FileManager.default.fileExists(atPath: path) {
      Thread.sleep(forTimeInterval: 0.002)
    }
  }

  /// Sends the process a signal.
  func send(_ signal: Int32) { _ = sendSignal(process.processIdentifier, signal) }

  /// Ends the process as a crash would.
  func kill() { send(SIGKILL) }

  /// All that it has written to standard error; waits for its end.
  var errors: String {
    String(decoding: standardError.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }
}
