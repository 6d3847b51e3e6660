import Exact
internal import Satisfiability
public import Symbolics

extension SolverEvidence {
  /// Why there is no evidence.
  public struct Failure: Error {
    /// The reason, in words.
    public let reason: String
  }

  /// The question about a map, if a solver can answer it.
  ///
  /// - Parameters:
  ///   - problem: the map.
  ///   - facts: conditions on the parameters beyond their sets.
  /// - Throws: a ``Failure`` where a formula has no term, or the solver does not say that nothing satisfies the
  ///   question.
  public init(_ problem: Problem, where facts: [Predicate] = []) throws(Failure) {
    let script: SMTScript
    do throws(Untranslatable) {
      script = try CollisionQuery(problem, facts: facts).script
    } catch {
      throw Failure(reason: error.reason)
    }
    switch script.answerWithinEffort {
    case .unsatisfiable: query = script.text
    case .satisfiable:
      throw Failure(reason: "by what is known of the functions, two points may have one image")
    case .unknown(let words): throw Failure(reason: "the solver gave up: \(words)")
    }
  }
}

extension SMTScript {
  /// What a question costs of the effort of a search or a check, which so asks a few.
  private static let effortSpent = 150_000

  /// The answer, if there is effort left for a question.
  var answerWithinEffort: Answer {
    EffortLimit.spend(Self.effortSpent) ? answer() : .unknown("no effort was left for a question")
  }
}
