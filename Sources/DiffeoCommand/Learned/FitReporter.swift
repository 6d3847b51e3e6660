import Formats
import Learning

/// Shows how a fit gets on: one line that changes on a terminal, else a line now and then; all of it in a log.
final class FitReporter {
  private let log: LogFile?
  private var hasFailed = false
  private let progress: Progress?
  private var lastLine = ContinuousClock.now
  /// Whether Ctrl-C ended the fit.
  private(set) var hasStopped = false

  /// Between two lines where there is no terminal.
  private static let pause = Duration.seconds(5)

  /// - Parameters:
  ///   - path: where each report goes as a JSON object; nil for nowhere.
  ///   - isResumed: whether reports follow those of an interrupted fit.
  init(log path: String?, isResumed: Bool) throws {
    log = try path.map { try LogFile(path: $0, isAppending: isResumed) }
    progress = Console.current.showsProgress ? Progress("fitting …") : nil
  }

  /// Shows a report, and ends the fit after Ctrl-C.
  func report(_ state: FitProgress) -> FitDecision {
    show(state)
    hasStopped = Interruption.isRequested
    return hasStopped ? .stop : .goOn
  }

  private func show(_ state: FitProgress) {
    let line = FitLine(state).text
    if let progress {
      progress.update(line)
    } else if ContinuousClock.now - lastLine >= Self.pause {
      lastLine = ContinuousClock.now
      Console.current.errorOutput(line + "\n")
    }
    do {
      try log?.write(line: json(state).line)
    } catch {
      // A full disk is no reason to lose what was learned.
      if !hasFailed { Console.current.errorOutput("diffeo fit: \(error)\n") }
      hasFailed = true
    }
  }

  func finish() { progress?.finish() }

  private func json(_ state: FitProgress) -> JSONValue {
    let stage: JSONValue.Field =
      switch state.stage {
      case .trial(let number, _): .init("trial", .integer(number))
      case .member(let number, _): .init("member", .integer(number))
      }
    return .object([
      stage, .init("step", .integer(state.step)),
      .init("plannedSteps", .integer(state.plannedSteps)),
      .init("passes", .number(state.passes)), .init("training", .number(state.training)),
      .init("validation", .optional(state.validation) { .number($0) }),
      .init("best", .number(state.best)), .init("rate", .number(state.rate)),
      .init("skipped", .integer(state.skipped)), .init("seconds", .number(state.seconds)),
    ])
  }
}

extension Double {
  /// With `count` decimals.
  func digits(_ count: Int) -> String {
    // Of a number that is none the sign says nothing.
    guard !isNaN else { return "nan" }
    guard isFinite, magnitude < 1e15 else { return "\(self)" }
    var scale = 1.0
    for _ in 0..<count { scale *= 10 }
    let whole = (magnitude * scale).rounded()
    let digits = String(Int(whole))
    let padded = String(repeating: "0", count: Swift.max(0, count + 1 - digits.count)) + digits
    let sign = self < 0 && whole > 0 ? "-" : ""
    return count == 0 ? sign + padded : "\(sign)\(padded.dropLast(count)).\(padded.suffix(count))"
  }
}
