import Foundation
import Synchronization

@testable import DiffeoCommand

/// What a command wrote and how it ended.
struct CommandRun {
  let status: ExitStatus
  let output: String
  let errors: String

  /// Runs `diffeo` with these arguments in this process, on a thread of its own: a command binds the thread that
  /// it runs on to a processor, which other tests must not inherit.
  init(_ arguments: String...) { self.init(arguments) }

  init(_ arguments: [String], isColored: Bool = false) {
    let written = Mutex((output: "", errors: ""))
    let console = Console(
      output: { text in written.withLock { $0.output += text } },
      errorOutput: { text in written.withLock { $0.errors += text } },
      isColored: isColored, showsProgress: false)
    let outcome = Mutex(ExitStatus.internalError)
    let end = DispatchSemaphore(value: 0)
    let thread = Thread {
      let status = Console.$current.withValue(console) { Diffeo.run(arguments) }
      outcome.withLock { $0 = status }
      end.signal()
    }
    thread.stackSize = 8 << 20
    thread.start()
    end.wait()
    status = outcome.withLock { $0 }
    (output, errors) = written.withLock { $0 }
  }

  /// The output as a JSON object.
  func json() throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
  }
}

/// Files of the repository and of a folder for one test.
enum TestFiles {
  private static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The problem of the exercise sheet with this number.
  static func sheet(_ number: Int) -> String {
    repository.appending(path: "Examples/exercise-sheet/problem-\(number).flow").path
  }

  /// A file next to the tests.
  static func beside(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: name).path
  }

  /// Runs `body` with a folder of its own, which is removed afterwards.
  static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}
