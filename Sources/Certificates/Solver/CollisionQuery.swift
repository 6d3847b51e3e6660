internal import Satisfiability
import Symbolics

/// The question whether two different points a and b of the domain have one image, for any values of the parameters
/// in the case at hand.
struct CollisionQuery {
  let script: SMTScript

  /// - Throws: the part of the map that has no term.
  init(_ problem: Problem, facts: [Predicate]) throws(Untranslatable) {
    var translation = SolverTranslation()
    let parameters = Self.names("p", problem.parameters.map(\.symbol))
    let points = ["a", "b"].map { Self.names($0, problem.inputs) }
    for name
      in ([problem.parameters.map { parameters[$0.symbol]! }]
      + points.map { point in problem.inputs.map { point[$0]! } }).joined()
    {
      translation.declare(name)
    }
    translation.name(parameters)
    for condition in problem.parameters.map(\.constraint) + facts {
      translation.assert(try translation.condition(condition))
    }
    var images: [[String]] = []
    for point in points {
      translation.name(parameters.merging(point) { $1 })
      let coordinates = problem.inputs.map { Expression($0) }
      let membership = problem.domain.membership(of: coordinates)
      translation.assert(try translation.condition(membership))
      var image: [String] = []
      for formula in problem.composedFormulas { image.append(try translation.term(formula)) }
      images.append(image)
    }
    try translation.assertFacts()
    for (a, b) in zip(images[0], images[1]) { translation.assert("(= \(a) \(b))") }
    let same = problem.inputs.map { "(= \(points[0][$0]!) \(points[1][$0]!))" }
    translation.assert("(not (and \(same.joined(separator: " "))))")
    script = SMTScript(["(set-logic QF_NRA)"] + translation.commands)
  }

  private static func names(_ stem: String, _ symbols: [Symbol]) -> [Symbol: String] {
    Dictionary(
      uniqueKeysWithValues: symbols.enumerated().map { ($0.element, "\(stem)\($0.offset + 1)") })
  }
}
