import Certificates
import Formats
import Proofs
import Solutions
import Symbolics

/// A problem with its verdict and the time that took.
struct ProvenProblem {
  let problem: Problem
  let verdict: Verdict
  let milliseconds: Double
  private let timeLimit: Duration?
  /// The problem with the names of its file.
  private let written: Problem

  /// Proves `problem`, with progress shown.
  init(_ problem: Problem, timeLimit: Duration? = nil) {
    self.init(problem, writtenAs: problem, timeLimit: timeLimit)
  }

  /// Proves `problem` with its variables numbered, as answers for programs have them.
  static func numbered(_ problem: Problem, timeLimit: Duration? = nil) -> ProvenProblem {
    ProvenProblem(problem.numbered(), writtenAs: problem, timeLimit: timeLimit)
  }

  private init(_ problem: Problem, writtenAs written: Problem, timeLimit: Duration?) {
    let progress = Progress("proving \(problem.name) …")
    let clock = ContinuousClock()
    var found = Verdict.undecided([])
    let duration = clock.measure {
      found = Prover.verdict(for: problem, timeLimit: timeLimit)
    }
    progress.finish()
    self.problem = problem
    self.written = written
    self.timeLimit = timeLimit
    verdict = found
    milliseconds = duration.milliseconds
  }

  /// What is found of the problem's claims, in the names that they are written in.
  private var claims: [ClaimAnswer] {
    if written.claims.isEmpty { return [] }
    let found = written == problem ? verdict : Prover.verdict(for: written, timeLimit: timeLimit)
    return WorkedSolution(written, verdict: found).claims()
  }

  /// The certificate by itself; nil when nothing was shown.
  var certificate: CertificateFile? { CertificateFile(problem, verdict: verdict) }

  var answer: VerdictAnswer {
    VerdictAnswer(
      problem.name, verdict: verdict, certificate: certificate, milliseconds: milliseconds,
      claims: claims)
  }

  /// The JSON object of `prove` and `solve`.
  static func json(_ problems: [ProvenProblem]) -> JSONValue {
    .object([.init("problems", .array(problems.map(\.answer.json)))])
  }
}

extension Duration {
  var milliseconds: Double {
    Double(components.seconds) * 1e3 + Double(components.attoseconds) * 1e-15
  }
}

extension ExitStatus {
  /// The worst of several verdicts in the order refuted, undecided, conditional.
  init(worstOf verdicts: [Verdict]) {
    let kinds = verdicts.map(\.kind)
    if kinds.contains(.notInjective) || kinds.contains(.injectiveNotSurjective) {
      self = .refuted
    } else if kinds.contains(.undecided) || kinds.contains(.illPosed) {
      self = .undecided
    } else {
      self = kinds.contains(.conditional) ? .conditional : .fine
    }
  }
}
