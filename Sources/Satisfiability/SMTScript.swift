internal import Synchronization

/// Declarations and assertions in SMT-LIB 2.6, and whether anything satisfies them.
///
/// Barrett, Fontaine and Tinelli, The SMT-LIB Standard, version 2.6 (2017).
public struct SMTScript: Hashable, Sendable {
  /// Commands without `check-sat`, one a line.
  public let text: String

  /// A script of these commands.
  public init(_ commands: [String]) { text = commands.joined(separator: "\n") }

  /// What a solver says of a script.
  public enum Answer: Hashable, Sendable {
    /// Nothing satisfies all assertions: a proof.
    case unsatisfiable
    /// Something does.
    case satisfiable
    /// The solver gave up, or did not understand, in its own words; or there is no solver.
    case unknown(String)
  }

  /// What an answer may cost, in Z3's own units, some 10⁶ a second: no time, so that answers do not depend on the
  /// machine.
  public static let effort = 3_000_000
  /// Some of the solver's work counts as no effort: then time ends it, in seconds of the processor, and nothing is known.
  private static let timeLimit = 5
  /// In MB.
  private static let memoryLimit = 1000

  /// The answer of Z3 (de Moura and Bjørner 2008), whose procedure for polynomials is complete up to its effort
  /// (Jovanović and de Moura 2012).
  ///
  /// A process has each question answered once: a verdict, its check, its inverse and its density rest on the same one.
  public func answer(effort: Int = SMTScript.effort) -> Answer {
    let question = Question(script: self, effort: effort)
    if let known = Self.answers.withLock({ $0[question] }) { return known }
    let found = asked(effort: effort)
    // On a machine with less to do there may be an answer another time.
    if case .unknown = found { return found }
    Self.answers.withLock { $0[question] = found }
    return found
  }

  private struct Question: Hashable {
    let script: SMTScript
    let effort: Int
  }

  private static let answers = Mutex<[Question: Answer]>([:])

  private func asked(effort: Int) -> Answer {
    let reply: String
    do throws(SolverProcess.Failure) {
      reply = try SolverProcess.output(
        of: "z3", ["-smt2", "-memory:\(Self.memoryLimit)"],
        on: """
          (set-option :rlimit \(effort))
          \(text)
          (check-sat)

          """, seconds: Self.timeLimit)
    } catch {
      return .unknown(error.reason)
    }
    let lines = reply.split(whereSeparator: \.isNewline).map(String.init)
    switch lines {
    case ["unsat"]: return .unsatisfiable
    case ["sat"]: return .satisfiable
    default: return .unknown(lines.first ?? "no answer")
    }
  }
}
