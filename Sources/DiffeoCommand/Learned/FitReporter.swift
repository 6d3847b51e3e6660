import Formats
import Learning

/// Shows how a fit gets on: one line that changes on a terminal, else a line now and then; all of it in a log.
final class FitReporter {
  private let log: AtomicFile?
  private let progress: Progress?
  private let start = ContinuousClock.now
  private var lastLine = ContinuousClock.now

  /// Seconds between two lines where there is no terminal.
  private static let pause = Duration.seconds(5)

  /// - Parameter path: where each report goes as a JSON object; nil for nowhere.
  init(log path: String?) throws {
    log = try path.map { try AtomicFile(path: $0) }
    progress = Console.current.showsProgress ? Progress("fitting …") : nil
  }

  func report(_ state: FitProgress) {
    let line = text(state)
    if let progress {
      progress.update(line)
    } else if ContinuousClock.now - lastLine >= Self.pause {
      lastLine = ContinuousClock.now
      Console.current.errorOutput(line + "\n")
    }
    try? log?.write(Array((json(state).line + "\n").utf8))
  }

  func finish() throws {
    progress?.finish()
    try log?.commit()
  }

  private func text(_ state: FitProgress) -> String {
    let share = Double(state.step) / Double(max(1, state.plannedSteps))
    let bar = String(repeating: "█", count: Int(20 * share))
    var text =
      "fitting \(bar)\(String(repeating: "░", count: 20 - bar.count)) step \(state.step)/"
      + "\(state.plannedSteps)  train \(state.training.digits(3))"
    if let validation = state.validation { text += "  validation \(validation.digits(3))" }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return text + "  \(Int(seconds * (1 / max(share, 1e-3) - 1)) + 1) s left"
  }

  private func json(_ state: FitProgress) -> JSONValue {
    .object([
      .init("step", .integer(state.step)), .init("plannedSteps", .integer(state.plannedSteps)),
      .init("passes", .number(state.passes)), .init("training", .number(state.training)),
      .init("validation", .optional(state.validation) { .number($0) }),
      .init("best", .number(state.best)), .init("rate", .number(state.rate)),
      .init("skipped", .integer(state.skipped)),
    ])
  }
}

extension Double {
  /// With `count` decimals.
  func digits(_ count: Int) -> String {
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
