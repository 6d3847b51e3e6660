import Exact

/// Base distributions: `normal(0, I)`, `uniform([0, 2]^3)` …
struct Distributions {
  let elaborator: FormulaElaborator
  let dimension: Int
  let problem: ProblemElaborator

  init(_ elaborator: FormulaElaborator, dimension: Int, problem: ProblemElaborator) {
    self.elaborator = elaborator
    self.dimension = dimension
    self.problem = problem
  }

  /// Distributions whose argument is a set.
  static let boxNames: Set<String> = ["uniform", "U"]

  private static let usages = [
    "normal": "normal(mean, sd)", "uniform": "uniform([0, 1]^n)",
    "logistic": "logistic(loc, scale)", "laplace": "laplace(loc, scale)",
    "student_t": "student_t(df)", "exponential": "exponential(rate)", "beta": "beta(a, b)",
  ]

  func distribution(_ syntax: DistributionSyntax) throws(AlreadyReported) -> BaseDistribution {
    var arguments = Arguments(syntax.arguments)
    let result: BaseDistribution
    switch syntax.name.text {
    case "normal", "N": result = try normal(&arguments, syntax)
    case "uniform", "U": return try uniform(syntax)
    case "logistic":
      result = .logistic(
        location: try vector(arguments.take("loc"), default: 0),
        scale: try positive(arguments.take("scale"), default: 1))
    case "laplace":
      result = .laplace(
        location: try vector(arguments.take("loc"), default: 0),
        scale: try positive(arguments.take("scale"), default: 1))
    case "student_t":
      result = .studentT(degreesOfFreedom: try positive(needed("df", &arguments, syntax)))
    case "exponential":
      result = .exponential(rate: try positive(needed("rate", &arguments, syntax)))
    case "beta":
      result = .beta(
        a: try positive(needed("a", &arguments, syntax)),
        b: try positive(needed("b", &arguments, syntax)))
    default:
      let known = Self.usages.keys.sorted()
      let near = Spelling.nearest(to: syntax.name.text, among: known)
      throw problem.failure(
        "unknown distribution '\(syntax.name.text)'",
        hint: near.map { "did you mean '\($0)'?" }
          ?? "distributions are \(known.joined(separator: ", "))", at: syntax.name.range)
    }
    if let extra = arguments.rest.first {
      throw problem.failure(
        "unexpected argument of \(syntax.name.text)", hint: usage(syntax), at: extra.range)
    }
    return result
  }

  /// Arguments by label, or by position when they have none.
  private struct Arguments {
    private(set) var rest: [DistributionSyntax.Argument]
    init(_ list: [DistributionSyntax.Argument]) { rest = list }

    mutating func take(_ label: String) -> DistributionSyntax.Argument? {
      let position =
        rest.firstIndex { $0.label == label } ?? rest.firstIndex { $0.label == nil }
      return position.map { rest.remove(at: $0) }
    }

    mutating func takeLabelled(_ label: String) -> DistributionSyntax.Argument? {
      rest.firstIndex { $0.label == label }.map { rest.remove(at: $0) }
    }
  }

  private func usage(_ syntax: DistributionSyntax) -> String? {
    Self.usages[syntax.name.text].map { "write \($0)" }
  }

  private func needed(
    _ label: String, _ arguments: inout Arguments, _ syntax: DistributionSyntax
  ) throws(AlreadyReported) -> DistributionSyntax.Argument {
    if let argument = arguments.take(label) { return argument }
    throw problem.failure(
      "\(syntax.name.text) needs the argument '\(label)'", hint: usage(syntax), at: syntax.range)
  }

  private func value(_ argument: DistributionSyntax.Argument) throws(AlreadyReported) -> Value {
    guard case .formula(let formula) = argument.value else {
      throw problem.failure("expected a number or a vector", at: argument.range)
    }
    let value = try elaborator.value(of: formula)
    try elaborator.checkDefined(at: argument.range)
    return value
  }

  /// One number for all coordinates, or one for each.
  private func vector(_ argument: DistributionSyntax.Argument?, default standard: Expression = 0)
    throws(AlreadyReported) -> [Expression]
  {
    guard let argument else { return Array(repeating: standard, count: dimension) }
    switch try value(argument) {
    case .scalar(let number): return Array(repeating: number, count: dimension)
    case .vector(let entries) where entries.count == dimension: return entries
    case let other:
      throw problem.failure(
        "expected a number or a vector of dimension \(dimension), found \(other.kind)",
        at: argument.range)
    }
  }

  private func positive(
    _ argument: DistributionSyntax.Argument?, default standard: Expression = 1
  ) throws(AlreadyReported) -> [Expression] {
    let entries = try vector(argument, default: standard)
    for entry in entries {
      guard let argument else { break }
      if let number = entry.rationalValue, number.sign <= 0 {
        throw problem.failure("expected a positive number, found \(number)", at: argument.range)
      }
      if let parameter = problem.parameters.first(where: { $0.symbol == entry.symbolValue }),
        !parameter.isPlainlyPositive
      {
        let name = parameter.symbol.name
        throw problem.failure(
          "'\(name)' must be positive here", hint: "declare it: param \(name) > 0",
          at: argument.range)
      }
    }
    return entries
  }

  /// normal(mean, sd), normal(mean, cov: S), normal(mean, S), normal(0, I)
  private func normal(_ arguments: inout Arguments, _ syntax: DistributionSyntax)
    throws(AlreadyReported) -> BaseDistribution
  {
    let covariance = arguments.takeLabelled("cov")
    let mean = try vector(arguments.take("mean"), default: 0)
    if let covariance { return try normal(mean, covariance: covariance) }
    let spread = arguments.take("sd")
    guard let spread else {
      return .normal(mean: mean, deviation: Array(repeating: 1, count: dimension))
    }
    switch spread.value {
    case .identity:
      return .normal(mean: mean, deviation: Array(repeating: 1, count: dimension))
    case .formula where spread.label == nil:
      if case .matrix = try value(spread) { return try normal(mean, covariance: spread) }
    default: break
    }
    if syntax.name.text == "N", try vector(spread) != Array(repeating: 1, count: dimension) {
      throw problem.failure(
        "in N(m, s) it is not clear whether s is the variance or the standard deviation",
        hint: "write normal(m, sd: …)", at: spread.range)
    }
    return .normal(mean: mean, deviation: try positive(spread))
  }

  private func normal(_ mean: [Expression], covariance: DistributionSyntax.Argument)
    throws(AlreadyReported) -> BaseDistribution
  {
    if case .identity = covariance.value {
      return .normal(mean: mean, deviation: Array(repeating: 1, count: dimension))
    }
    guard case .matrix(let rows) = try value(covariance), rows.count == dimension,
      rows[0].count == dimension
    else {
      throw problem.failure(
        "expected a \(dimension)x\(dimension) matrix as the covariance", at: covariance.range)
    }
    for i in rows.indices {
      for j in 0..<i where rows[i][j] != rows[j][i] {
        throw problem.failure(
          "the covariance is not symmetric: entries (\(j + 1), \(i + 1)) and (\(i + 1), \(j + 1)) "
            + "differ", at: covariance.range)
      }
    }
    let numbers = rows.map { $0.compactMap(\.rationalValue) }
    if numbers.allSatisfy({ $0.count == dimension }), !Self.isPositiveDefinite(numbers) {
      throw problem.failure("the covariance is not positive definite", at: covariance.range)
    }
    return .multivariateNormal(mean: mean, covariance: rows)
  }

  /// Whether elimination without row exchanges meets positive pivots only.
  private static func isPositiveDefinite(_ matrix: [[Rational]]) -> Bool {
    var rows = matrix
    for k in rows.indices {
      let pivot = rows[k][k]
      if pivot.sign <= 0 { return false }
      for i in rows.indices.dropFirst(k + 1) {
        let factor = rows[i][k] / pivot
        for j in rows.indices.dropFirst(k) { rows[i][j] = rows[i][j] - factor * rows[k][j] }
      }
    }
    return true
  }

  /// uniform([0, 2]^3), or uniform(a, b) for [a, b] in each coordinate.
  private func uniform(_ syntax: DistributionSyntax) throws(AlreadyReported) -> BaseDistribution {
    let arguments = syntax.arguments
    var box: [Interval]
    if arguments.count == 1, case .set(let set) = arguments[0].value {
      box = try problem.intervals(of: set, elaborator).map(\.interval)
    } else if arguments.count == 2 {
      let (lower, upper) = (try vector(arguments[0]), try vector(arguments[1]))
      box = zip(lower, upper).map { Interval(.closed($0), .closed($1)) }
      try problem.checkNotEmpty(box, at: syntax.range)
    } else {
      throw problem.failure(
        "uniform needs a box", hint: "write uniform([0, 1]^\(dimension))", at: syntax.range)
    }
    if box.count == 1, dimension > 1 {
      throw problem.failure(
        "the box has dimension 1, but z has \(dimension)",
        hint: "write uniform(\(box[0].text)^\(dimension))", at: syntax.range)
    }
    guard box.count == dimension else {
      throw problem.failure(
        "the box has dimension \(box.count), but z has \(dimension)", at: syntax.range)
    }
    for interval in box {
      guard let lower = interval.lower.value, let upper = interval.upper.value, lower != upper
      else {
        throw problem.failure(
          "a uniform distribution needs a bounded box that is no single point", at: syntax.range)
      }
    }
    return .uniform(box)
  }
}

extension Parameter {
  /// Whether its interval lies in (0, ∞), seen from a rational lower end.
  fileprivate var isPlainlyPositive: Bool {
    switch interval.lower {
    case .open(let value): value.isPlainlyNonnegative
    case .closed(let value): value.isPlainlyPositive
    case .minusInfinity, .plusInfinity: false
    }
  }
}
