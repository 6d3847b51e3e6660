extension Problem {
  /// The problem as a `.flow` text that reads back as the same problem.
  ///
  /// Formulas stand as they were written where their source still says what they are, else in
  /// canonical form; what such a formula would no longer need in order to be defined is kept as the
  /// condition of a piecewise formula.
  public var flowText: String {
    let plainName = name.map { $0.isLetter || $0.isNumber || "-_ ".contains($0) ? $0 : "-" }
    var lines = ["problem \(String(plainName))"]
    lines += parameters.map(\.flowText)
    lines.append("\(Self.target(inputs)) in \(domain.text)")
    var scope = parameters.map(\.symbol) + inputs
    for (position, stage) in stages.enumerated() {
      let sets = [stage.codomain] + (position == 0 ? [domain] : [])
      lines.append(stage.flowText(names: scope, sets: sets))
      scope += stage.outputs
    }
    if let base { lines += base.flowLines(for: inputs) }
    lines += questions.map(\.flowText)
    lines += claims.map(\.flowText)
    return lines.joined(separator: "\n") + "\n"
  }

  /// `z` for z1 … zn, else the coordinates one by one.
  static func target(_ coordinates: [Symbol]) -> String {
    let stem = coordinates[0].stem
    let numbered = coordinates.indices.map { Symbol(stem, $0 + 1) }
    if coordinates.count > 1, coordinates == numbered { return stem }
    if coordinates.count == 1, coordinates[0].digits.isEmpty { return stem }
    return "(\(coordinates.map(\.name).joined(separator: ", ")))"
  }

  /// A point or a vector: `(0, 1)`, or the one number.
  static func tuple(_ entries: [Expression]) -> String { tuple(entries.map(\.text)) }

  static func tuple(_ entries: [String]) -> String {
    entries.count == 1 ? entries[0] : "(\(entries.joined(separator: ", ")))"
  }
}

extension Parameter {
  /// `param K : integer >= 1`, `learn t in (0, inf)`.
  var flowText: String {
    let kind = isInteger ? " : integer" : ""
    let head = "\(isLearned ? "learn" : "param") \(symbol)\(kind)"
    let isPlain = interval.isReals && excluded.isEmpty
    if isPlain { return head }
    let values = excluded.map(\.text).joined(separator: ", ")
    return "\(head) in \(interval.text)" + (excluded.isEmpty ? "" : " \\ {\(values)}")
  }
}

extension Stage {
  /// `x = (…) in R^n`, with formulas that may use `names`; `sets` have ends that are written too.
  fileprivate func flowText(names: [Symbol], sets: [Region]) -> String {
    let written = zip(formulas, source).map { formula, source in
      let reading = try? Formula.parse(source, names: .only(names))
      return reading == formula ? source : formula.text
    }
    let ends = sets.flatMap(\.intervals).flatMap { [$0.lower.value, $0.upper.value] }
    let texts = guarded(
      source.count == formulas.count ? written : formulas.map(\.text),
      besides: ends.compactMap { $0?.text }, names: names)
    let set = isCodomainStated ? " in \(codomain.text)" : ""
    return "\(Problem.target(outputs)) = \(Problem.tuple(texts))\(set)"
  }

  /// The formulas, the first of them under the conditions that the texts have lost.
  private func guarded(_ texts: [String], besides others: [String], names: [Symbol]) -> [String] {
    let kept = (texts + others).flatMap { Formula.obligations(of: $0, names: names) }
    let lost = obligations.filter { obligation in
      !kept.contains { $0.says(the: obligation) }
    }
    let conditions = lost.compactMap { obligation in
      obligation.indices.isEmpty
        ? obligation.predicate.map { Predicate.any([obligation.guardCondition.negation, $0]) } : nil
    }
    if conditions.isEmpty { return texts }
    let condition = Predicate.all(conditions).text
    return ["piecewise(\(texts[0]) if \(condition))"] + texts.dropFirst()
  }
}

extension Obligation {
  /// Whether both state the same, wherever they come from.
  fileprivate func says(the other: Obligation) -> Bool {
    subject == other.subject && requirement == other.requirement
      && guardCondition == other.guardCondition && indices == other.indices
  }
}

extension Question {
  var flowText: String {
    switch self {
    case .proveInvertible: "prove invertible"
    case .inverse: "inverse"
    case .jacobian: "jacobian"
    case .density(let points):
      points.isEmpty
        ? "density" : "density at \(points.map { Problem.tuple($0) }.joined(separator: ", "))"
    case .push(let point): "push \(Problem.tuple(point))"
    case .sample(let count): "sample \(count)"
    }
  }
}

extension Claim {
  var flowText: String {
    switch statement {
    case .inverse(let formulas): "claim inverse \(Problem.tuple(formulas))"
    case .density(let point, let value):
      "claim density at \(Problem.tuple(point)) = \(value.text)"
    case .densityFormula(let formula): "claim density = \(formula.text)"
    case .invertible(let value): value ? "claim invertible" : "claim not invertible"
    case .logAbsDet(let formula): "claim logdet = \(formula.text)"
    case .determinant(let formula): "claim det = \(formula.text)"
    }
  }
}

extension BaseDistribution {
  /// `z ~ normal(0, 1)`, or a line for each coordinate.
  func flowLines(for coordinates: [Symbol]) -> [String] {
    if case .independent(let parts) = self {
      return zip(coordinates, parts).flatMap { $1.flowLines(for: [$0]) }
    }
    let target =
      coordinates.count == 1 ? coordinates[0].name : Problem.target(coordinates)
    return ["\(target) ~ \(flowText)"]
  }

  private var flowText: String {
    func vector(_ entries: [Expression]) -> String { Problem.tuple(entries) }
    switch self {
    case .normal(let mean, let deviation):
      return "normal(\(vector(mean)), sd: \(vector(deviation)))"
    case .multivariateNormal(let mean, let covariance):
      let rows = covariance.map { "[\($0.map(\.text).joined(separator: ", "))]" }
      return "normal(\(vector(mean)), cov: [\(rows.joined(separator: ", "))])"
    case .uniform(let box): return "uniform(\(SetNotation.text.write(box)))"
    case .logistic(let location, let scale):
      return "logistic(\(vector(location)), \(vector(scale)))"
    case .laplace(let location, let scale):
      return "laplace(\(vector(location)), \(vector(scale)))"
    case .studentT(let degrees): return "student_t(\(vector(degrees)))"
    case .exponential(let rate): return "exponential(\(vector(rate)))"
    case .beta(let a, let b): return "beta(\(vector(a)), \(vector(b)))"
    case .independent(let parts): return parts.map(\.flowText).joined(separator: ", ")
    }
  }
}
