public import Certificates
public import Densities
public import Evaluation
public import Symbolics

/// Why formulas do not become a bijector.
public enum FormulaFlowError: Error, CustomStringConvertible {
  /// The verdict is another one; with the condition on which a conditional one depends.
  case notBijective(problem: String, verdict: Verdict.Kind, condition: Predicate?)
  /// The certificate does not prove the map bijective: the step that fails.
  case notProven(problem: String, step: String)
  /// The map is bijective, but how to find its preimages is not known.
  case noInverse(problem: String)
  /// A parameter is neither a number nor learned.
  case parameterWithoutValue(Symbol)
  /// Integers cannot be learned by gradients.
  case learnedInteger(Symbol)
  /// A learned parameter with values taken out of its interval could not get from one side to the
  /// other.
  case learnedInPieces(Symbol, excluded: [Expression])
  /// A first value for a symbol that is not learned.
  case notLearned(Symbol)
  /// A first value outside of the parameter's interval, whose ends are given.
  case firstValue(Symbol, Double, lower: Double, upper: Double)
  /// The domain is no product of intervals between numbers: no part before can lead into it.
  case domainIsNoBox(problem: String, domain: String)
  /// The base distribution has no density that is known: why.
  case base(DistributionError)
  /// The base distribution has a parameter that is no number.
  case baseWithParameters(problem: String, [Symbol])
  /// Points of the base distribution at which the map is not defined, as the standard normal one has on an interval.
  case baseOutsideDomain(problem: String, domain: String, isStated: Bool)
  /// A formula cannot be evaluated.
  case evaluation(EvaluationError)

  /// A sentence that says what is wrong and what to do.
  public var description: String {
    switch self {
    case .notBijective(let problem, let verdict, let condition):
      "\(problem) is not proven bijective: the verdict is \(verdict.rawValue)"
        + (condition.map {
          ", on the condition \($0.text); give the parameters sets in which it holds, or numbers"
        } ?? "")
    case .notProven(let problem, let step):
      "\(problem): the verdict is not one on this map, or has no proof; \(step)"
    case .noInverse(let problem):
      "\(problem) is bijective, but there is neither a formula for its inverse nor an order in "
        + "which monotone equations give the unknowns"
    case .parameterWithoutValue(let symbol):
      "the parameter \(symbol) has no value; set it, or declare it by learn"
    case .learnedInteger(let symbol):
      "\(symbol) is an integer, which cannot be learned by gradients; set it"
    case .learnedInPieces(let symbol, let excluded):
      "\(symbol) is learned, but may not be \(excluded.map(\.text).joined(separator: ", ")); declare "
        + "it on one side, as in learn \(symbol) > \(excluded[0].text)"
    case .notLearned(let symbol):
      "\(symbol) has a first value, but is not learned; declare it by learn"
    case .firstValue(let symbol, let value, let lower, let upper):
      "the first value \(value) of \(symbol) does not lie between \(lower) and \(upper)"
    case .domainIsNoBox(let problem, let domain):
      "\(problem) is defined on \(domain), which is no product of intervals between numbers"
    case .base(let error): error.description
    case .baseWithParameters(let problem, let symbols):
      "the base distribution of \(problem) depends on \(symbols.map(\.name).joined(separator: ", ")); "
        + "put parameters into the map instead, as in x = m + s z; z ~ normal(0, 1)"
    case .baseOutsideDomain(let problem, let domain, let isStated):
      "\(problem) is defined on \(domain), but its base distribution"
        + (isStated
          ? " has points outside"
          : " is the standard normal one, as none is stated; state one, as in z ~ exponential(1)")
    case .evaluation(let error): error.description
    }
  }
}
