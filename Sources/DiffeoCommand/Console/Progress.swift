import Dispatch
import Synchronization

/// A line on standard error that says what is going on, from one second on, on a terminal only.
final class Progress: Sendable {
  private struct State {
    var label: String
    var isShown = false
    var isFinished = false
  }

  private let console: Console
  private let state: Mutex<State>

  /// Starts to wait; nothing is shown for a second.
  init(_ label: String, on console: Console = .current) {
    self.console = console
    state = Mutex(State(label: label))
    if console.showsProgress { schedule(after: .seconds(1)) }
  }

  deinit { finish() }

  /// Changes what is said.
  func update(_ text: String) { state.withLock { $0.label = text } }

  /// Takes the line away.
  func finish() {
    state.withLock { state in
      if state.isShown { console.errorOutput("\r\u{1B}[K") }
      state.isShown = false
      state.isFinished = true
    }
  }

  private func schedule(after delay: DispatchTimeInterval) {
    DispatchQueue.global().asyncAfter(deadline: .now() + delay) { [weak self] in self?.show() }
  }

  private func show() {
    let isOver = state.withLock { state in
      if !state.isFinished {
        console.errorOutput("\r\u{1B}[K\(state.label)")
        state.isShown = true
      }
      return state.isFinished
    }
    if !isOver { schedule(after: .milliseconds(200)) }
  }
}
