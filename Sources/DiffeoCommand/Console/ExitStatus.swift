import ArgumentParser
import Formats
import Symbolics

/// The exit codes of `diffeo`.
enum ExitStatus: Int32 {
  case fine = 0
  /// `prove`: some map is not injective or not onto; a claim is wrong. `check`: a certificate is rejected.
  case refuted = 10
  /// `prove`: some map is invertible under a condition.
  case conditional = 11
  /// `prove`: some map is undecided or ill-posed.
  case undecided = 12
  case usage = 64
  case badData = 65
  case missingFile = 66
  case internalError = 70
  case inputOutput = 74
  case interrupted = 130
  /// What the system gives a program whose output is no longer read (SIGPIPE).
  case closedPipe = 141
}

/// Ends a command: with a message on standard error, or silently when all has been said.
struct CommandFailure: Error {
  let status: ExitStatus
  let message: String?

  init(_ status: ExitStatus, _ message: String? = nil) {
    self.status = status
    self.message = message
  }

  /// Something was asked for that does not go together: `error: …`, and what to do.
  static func usage(_ message: String, hint: String? = nil) -> CommandFailure {
    CommandFailure(.usage, "error: \(message)" + (hint.map { "\n  hint: \($0)" } ?? ""))
  }

  /// The problem or the data do not allow what was asked.
  static func badData(_ message: String, hint: String? = nil) -> CommandFailure {
    CommandFailure(.badData, "error: \(message)" + (hint.map { "\n  hint: \($0)" } ?? ""))
  }

  init(_ error: FormatError) {
    let status: ExitStatus =
      switch error.reason {
      case .missingFile: .missingFile
      case .inputOutput: .inputOutput
      case .closedPipe: .closedPipe
      case .badContent: .badData
      }
    // That a reader has seen enough is no mistake of anyone.
    self.init(status, status == .closedPipe ? nil : error.diagnostic)
  }

  init(_ failure: ParseFailure) { self.init(.badData, failure.description) }
}

extension FormatError {
  /// `file:line:column: error: found …, expected …` and the hint.
  fileprivate var diagnostic: String {
    var text = file
    if let line { text += ":\(line)" }
    if let column { text += ":\(column)" }
    text += ": error: \(found)"
    if let expected { text += ", expected \(expected)" }
    if let hint { text += "\n  hint: \(hint)" }
    return text
  }
}
