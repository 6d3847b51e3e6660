import Foundation

/// A solver as a process of its own, which can be ended: within this one nothing could.
enum SolverProcess {
  struct Failure: Error {
    let reason: String
  }

  /// What a program prints when it is given the name of a file with some text.
  ///
  /// - Parameter seconds: the processor's time that it may take, which what else the machine does does not shorten.
  static func output(
    of program: String, _ arguments: [String], on text: String, seconds: Int
  ) throws(Failure) -> String {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("diffeo-\(UUID().uuidString).smt2")
    do {
      try Data(text.utf8).write(to: file, options: .withoutOverwriting)
    } catch {
      throw Failure(reason: "the question could not be written to \(file.path)")
    }
    defer { try? FileManager.default.removeItem(at: file) }
    guard let path = path(of: program) else {
      throw Failure(reason: "'\(program)' is not installed")
    }
    let process = Process()
    let output = Pipe()
    // A shell can set the limit before the program takes its place; `$@` keeps every argument as it is.
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments =
      ["-c", "ulimit -t \(seconds); exec \"$@\"", "sh", path] + arguments + [file.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw Failure(reason: "'\(path)' could not be started")
    }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationReason == .exit else {
      throw Failure(reason: "'\(program)' was ended: it may take \(seconds) s of the processor")
    }
    return String(decoding: data, as: UTF8.self)
  }

  private static func path(of program: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
      .map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
