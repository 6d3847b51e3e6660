import Exact
public import Symbolics

/// What is used of a function that has no term.
public struct FunctionUse: Sendable, Equatable {
  /// The name of the function.
  public let name: String
  /// Ends of sentences about it: "is strictly increasing".
  public let properties: [String]
  /// What its value g(u) satisfies at every u, in the symbol u.
  public let bounds: [Predicate]
}

extension SolverEvidence {
  /// What is used of the functions in a map that have no term, one entry for each.
  public static func functionsUsed(in problem: Problem) -> [FunctionUse] {
    var functions: [Function] = []
    func visit(_ part: Expression) {
      if case .call(let function, _) = part.form, !functions.contains(function) {
        functions.append(function)
      }
      part.form.children.forEach(visit)
    }
    problem.composedFormulas.forEach(visit)
    return functions.compactMap { function in
      guard let facts = FunctionFacts(function) else { return nil }
      let argument = Symbol("u")
      let value = Expression.call(function, [Expression(argument)])
      return FunctionUse(
        name: function.name, properties: facts.properties,
        bounds: facts.bounds.map { $0.predicate(argument, value) })
    }
  }
}

extension FunctionFacts {
  /// The facts beside bounds, as ends of sentences about the function.
  fileprivate var properties: [String] {
    var parts: [String] = []
    switch trend {
    case .increasing: parts.append("is strictly increasing")
    case .decreasing: parts.append("is strictly decreasing")
    case nil: break
    }
    switch parity {
    case .even: parts.append("is even")
    case .odd: parts.append("is odd")
    case nil: break
    }
    parts += points.map { "is \($0.value) at \($0.argument)" }
    func steepness(_ factor: Rational) -> String {
      factor == 1
        ? "the distance of its arguments" : "\(factor) times the distance of its arguments"
    }
    if let contraction { parts.append("has values closer than \(steepness(contraction))") }
    if let expansion { parts.append("has values farther apart than \(steepness(expansion))") }
    return parts
  }
}
