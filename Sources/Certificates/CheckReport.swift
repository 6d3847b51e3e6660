/// What the checker found, and how.
public struct CheckReport: Sendable {
  /// Accepted, or rejected with the step that does not hold.
  public let outcome: CheckOutcome
  /// The steps that hold, in the order in which they were verified.
  public let steps: [String]
}

/// The steps that were verified, for a whole certificate or a part of it; parts write into one list.
struct CheckLog {
  private final class List {
    var steps: [String] = []
    var usesSolver = false
  }

  private let list: List
  /// The part of the certificate that is being checked, `stage 2`; nil for the whole.
  private let context: String?

  init() { self.init(list: List(), context: nil) }

  private init(list: List, context: String?) {
    self.list = list
    self.context = context
  }

  var steps: [String] { list.steps }
  /// Whether a solver's word counts.
  var usesSolver: Bool { list.usesSolver }

  /// A part with a name of its own.
  func part(_ name: String) -> CheckLog { CheckLog(list: list, context: inContext(name)) }

  func inContext(_ step: String) -> String { context.map { "\($0): \(step)" } ?? step }

  /// Notes that a solver's word counts.
  func recordSolver() { list.usesSolver = true }

  /// Notes a step, unless it is the last one again.
  func record(_ step: String) {
    let step = inContext(step)
    if list.steps.last != step { list.steps.append(step) }
  }
}
