import Densities
import Symbolics

extension CommandFailure {
  /// The problem does not allow what was asked, because of what it says at `place`.
  static func badProblem(
    _ problem: Problem, _ message: String, hint: String? = nil, at place: SourcePlace?
  ) -> CommandFailure {
    guard let place else { return badData("\(problem.name): \(message)", hint: hint) }
    return CommandFailure(.badData, Diagnostic(.error, message, hint: hint, at: place).description)
  }

  /// Why the problem has no density, shown at the part of it that is the reason.
  init(_ error: DensityError, in problem: Problem) {
    self = .badProblem(problem, error.description, at: error.place(in: problem))
  }

  /// A parameter has no value, and numbers are needed.
  static func noValue(of parameter: Parameter, in problem: Problem) -> CommandFailure {
    badProblem(
      problem, "the parameter \(parameter.symbol) has no value",
      hint: "give it one by --set \(parameter.symbol)=…",
      at: problem.places.parameters[parameter.symbol])
  }
}

extension DensityError {
  /// The part of the problem that the error is about; nil where it is about a point.
  fileprivate func place(in problem: Problem) -> SourcePlace? {
    switch self {
    case .distribution, .mass: problem.places.base
    case .noBase: problem.places.domain
    case .dimensions, .illPosed, .incomplete, .singular, .evaluation: problem.places.map
    case .pointDimension, .outsideDomain: nil
    }
  }
}
