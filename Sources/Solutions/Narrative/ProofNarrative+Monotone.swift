import Certificates
import Symbolics

extension ProofNarrative {
  /// A strictly monotone function of one variable: derivative, limits, inverse.
  func monotone(_ step: EliminationStep, onto image: Region) -> [Step] {
    [derivativeStep(step.map), limitStep(step.map, onto: image), inverseStep(step.map)]
  }

  private func derivativeStep(_ map: ScalarBijection) -> Step {
    let title: Prose =
      switch map.direction {
      case .increasing: "Increasing"
      case .decreasing: "Decreasing"
      case nil: "Strictly monotone"
      }
    if case .pieces(let pieces) = map.justification {
      let parts = pieces.compactMap(\.image).map { "\(Mathematics.interval($0))" as Prose }
      return Step(
        title,
        [
          .paragraph(
            """
            \(theMap) is strictly monotone on each of \(pieces.count) parts of its domain, and their \
            images \(Prose.joined(parts)) are disjoint, so it is injective.
            """)
        ])
    }
    guard case .monotone(let derivative) = map.justification else {
      return Step(
        title, [.paragraph("\(theMap) is a chain of strictly monotone functions, so injective.")])
    }
    let slope = Mathematics.application(names.derivative, [.symbol(map.variable)])
      .equals(.expression(derivative))
    let onDomain = known.adding(map.variable, in: map.domain)
    let direction =
      switch map.direction {
      case .increasing: "strictly increasing"
      case .decreasing: "strictly decreasing"
      case nil: "strictly monotone"
      }
    let why = reason(map, derivative, onDomain)
    let end: Prose =
      "\(why.isEmpty ? "So" : "so") \(theMap) is \(direction) on \(Mathematics.interval(map.domain))"
    return Step(
      title, [.formula(slope), .paragraph("\(why)\(end), and therefore injective.")])
  }

  /// Why the sign of f' makes f strictly monotone; or, where f' has no sign to show, the parts of f
  /// that are monotone themselves.
  private func reason(
    _ map: ScalarBijection, _ derivative: Expression, _ onDomain: Assumptions
  ) -> Prose {
    let signs = onDomain.signs(of: derivative)
    let argument = SignArgument(known: onDomain).sentence(for: derivative)
    let isAnalytic = onDomain.isAnalytic(map.formula, in: [map.variable])
    if signs == .positive || signs == .negative {
      let place: Prose = isAnalytic ? "" : "this holds wherever \(theMap) is differentiable; "
      return argument + place
    }
    if isAnalytic, signs.isNonnegative || signs.isNonpositive {
      let relation = signs.isNonnegative ? ">=" : "<="
      let zeros: Prose = "since \(theMap) is real-analytic and not constant"
      return argument + "\(theDerivative) \(relation) 0 with isolated zeros, \(zeros); "
    }
    let parts = map.formula.terms.filter { $0.contains(map.variable) }.compactMap { term in
      onDomain.trend(of: term, in: map.variable).map { trend -> Prose in
        "\(term) is \(trend == .increasing ? "increasing" : "decreasing")"
      }
    }
    return parts.count < 2
      ? "\(theMap) is a chain of strictly monotone continuous functions, "
      : "\(Prose.joined(parts, separator: " and ")), "
  }

  private func limitStep(_ map: ScalarBijection, onto image: Region) -> Step {
    let title: Prose = "Onto \(image)"
    guard let values = map.image else {
      return Step(title, [.paragraph("The values are those \(theOutput) with \(map.solvable).")])
    }
    let isFalling = map.direction == .decreasing
    let ends = [
      approach(map, at: map.domain.lower, to: isFalling ? values.upper : values.lower, below: true),
      approach(
        map, at: map.domain.upper, to: isFalling ? values.lower : values.upper, below: false),
    ]
    var text: Prose = """
      \(Prose.joined(ends, separator: " and ")); \(theMap) is continuous, so by the intermediate value \
      theorem it takes every value in \(Mathematics.interval(values)), and no other.
      """
    if image == problem.codomain, !image.isWholeSpace {
      text = text + " Into \(Mathematics.interval(.reals)) it would not be onto."
    }
    return Step(title, [.paragraph(text)])
  }

  /// `f(z) -> L as z -> a`, or `f(a) = L` at an end that belongs to the domain.
  private func approach(
    _ map: ScalarBijection, at end: Endpoint, to value: Endpoint, below isLower: Bool
  ) -> Prose {
    let z = Expression(map.variable)
    if end.isClosed, let point = end.value {
      return "\(Mathematics.value(of: names.map, at: [point]).equals(value.mathematics))"
    }
    let limit = Mathematics.value(of: names.map, at: [z]).linked(.to, value.mathematics)
    let attained: Prose = value.isClosed || value.value == nil ? "" : " (not attained)"
    return """
      \(limit) as \(Mathematics.expression(z).linked(.to, end.mathematics))\(attained)
      """
  }

  private func inverseStep(_ map: ScalarBijection) -> Step {
    let value = names.inverseValue
    if let inverse = map.inverse {
      return Step("Inverse", [.formula(value.equals(.expression(inverse)))])
    }
    var blocks: [Block] = [
      .paragraph(
        """
        \(value) exists and is unique by the two steps above; no closed form is known here. It is \
        evaluated by bracketed Newton steps: \(theMap) is monotone, so a bracket always holds the solution.
        """)
    ]
    blocks += smallestCase()
    return Step("Inverse", blocks)
  }

  /// The closed inverse at the least values of integer parameters, if there is one.
  private func smallestCase() -> [Block] {
    var values: [Symbol: Expression] = [:]
    for parameter in problem.parameters where parameter.isInteger {
      guard case .closed(let least) = parameter.interval.lower else { return [] }
      values[parameter.symbol] = least
    }
    guard !values.isEmpty else { return [] }
    let special = problem.setting(values)
    guard let formula = special.composedFormulas.first,
      let map = ScalarBijection.find(
        formula, in: inputs[0], over: special.domain.intervals[0], value: outputs[0],
        under: Assumptions(parameters: special.parameters, region: special.domain)),
      let inverse = map.inverse
    else { return [] }
    let setting = values.keys.sorted().map { symbol in
      "\(Mathematics.symbol(symbol).equals(.expression(values[symbol]!)))" as Prose
    }
    let solution = Mathematics.symbol(inputs[0]).equals(.expression(inverse))
    return [.paragraph("For \(Prose.joined(setting)): \(solution).")]
  }
}

extension Endpoint {
  /// The end's value, or ±∞.
  var mathematics: Mathematics {
    switch self {
    case .minusInfinity: .notation(.init("-inf", latex: #"-\infty"#))
    case .plusInfinity: .notation(.init("inf", latex: #"\infty"#))
    case .open(let value), .closed(let value): .expression(value)
    }
  }
}
