import Exact
public import Symbolics

extension SolverEvidence {
  /// What is used of the functions in a map that have no term, a sentence for each: "tanh is strictly increasing, …".
  public static func factsUsed(of problem: Problem) -> [String] {
    var functions: [Function] = []
    func visit(_ part: Expression) {
      if case .call(let function, _) = part.form, !functions.contains(function) {
        functions.append(function)
      }
      part.form.children.forEach(visit)
    }
    problem.composedFormulas.forEach(visit)
    return functions.compactMap { function in
      FunctionFacts(function).map { "\(function.name) \($0.words(function.name))" }
    }
  }
}

extension FunctionFacts {
  /// The facts as the end of a sentence about a function of this name.
  fileprivate func words(_ name: String) -> String {
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
    parts += bounds("u", "\(name)(u)").map { "satisfies \($0)" }
    return parts.joined(separator: ", ")
  }
}
