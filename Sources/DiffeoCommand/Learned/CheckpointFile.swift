import Formats
import FormulaFits
import Learning

/// The checkpoint of a fit: a file beside the model that is written now and then, read to go on, and removed in the
/// end.
final class CheckpointFile {
  let path: String
  /// How long a fit goes on between two checkpoints; nil for never one.
  private let interval: Duration?
  private var last = ContinuousClock.now
  /// Whether a checkpoint could not be written: that is said once, and training goes on.
  private var hasFailed = false

  /// - Parameters:
  ///   - model: the file of the model.
  ///   - seconds: the time between two checkpoints; 0 for none.
  init(of model: String, every seconds: Double) {
    path = model + ".checkpoint"
    interval = seconds > 0 ? .seconds(seconds) : nil
  }

  /// What an interrupted fit has left; nil, and a remark, where there is nothing.
  func read() throws -> FitCheckpoint? {
    do {
      let checkpoint = try FitCheckpoint(contentsOf: path, formulas: .proving)
      remark("going on from \(path)")
      return checkpoint
    } catch {
      guard error.reason == .missingFile else { throw error }
      remark("there is no checkpoint \(path): starting from the beginning")
      return nil
    }
  }

  /// Says so where an interrupted fit has left a checkpoint that will be lost.
  func remarkIfPresent() {
    guard interval != nil, (try? FitCheckpoint(contentsOf: path, formulas: .proving)) != nil else {
      return
    }
    remark(
      "\(path) is of a fit that was interrupted; starting from the beginning, as --resume is not given"
    )
  }

  /// Whether it is time for the next one.
  var isDue: Bool {
    guard let interval else { return false }
    return ContinuousClock.now - last >= interval
  }

  /// Replaces the last one.
  func save(_ checkpoint: FitCheckpoint) {
    guard interval != nil else { return }
    do {
      try checkpoint.file.write(to: path)
    } catch {
      if !hasFailed { remark("no checkpoint, but training goes on: \(error)") }
      hasFailed = true
    }
    last = ContinuousClock.now
  }

  /// Says that the fit was stopped, and how to go on with it.
  func remarkOnStop() {
    let rest = interval == nil ? "" : "; the same command with --resume goes on from \(path)"
    remark("stopped early: the model is the best so far\(rest)")
  }

  /// Takes it away, once the model is safe.
  func remove() {
    do {
      try AtomicFile.remove(path)
    } catch {
      remark("the model is complete, but its checkpoint is still there: \(error)")
    }
  }

  private func remark(_ text: String) { Console.current.errorOutput("diffeo fit: \(text)\n") }
}
