import Certificates
import Symbolics

/// Two outputs R cos A and R sin A with R > 0 and A in one full turn: polar coordinates of the plane
/// are one to one, so R and A may stand for these outputs.
struct PolarStrategy: Strategy {
  let name = "polar coordinates"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.isSquare else { return .stopped("the dimensions differ") }
    guard let pair = PolarPair.first(in: context) else {
      return .stopped("no two outputs are R cos A and R sin A with R > 0")
    }
    guard let turn = pair.turn(context) else {
      return .stopped("the angle is not shown to stay within one turn")
    }
    let reduced = ProofContext(pair.reduced(context, turn), where: context.facts)
    guard case .settled(let inner) = EliminationStrategy().attempt(reduced),
      let solution = inner.inverse
    else { return .stopped("radius and angle are not shown to determine the unknowns") }
    let values = pair.values(context, turn)
    let inverse = solution.map {
      $0.substituting(values).simplified(under: context.codomainAssumptions)
    }
    let candidates = InverseCandidates(context)
    let whole = candidates.conclusion(inverse, strategy: name)
    if case .settled = whole { return whole }
    guard inner.kind == .bijective else { return whole }
    return candidates.conclusion(inverse, onto: pair.slit(context, turn), strategy: name)
  }
}

/// A full turn, open at both ends: (c - π, c + π) for c = 0 or ±π.
struct Turn {
  let center: Expression

  var interval: Interval { Interval(.open(center - .pi), .open(center + .pi)) }

  /// 1 where the middle of the turn is the positive half of the first axis, -1 for the negative one.
  private var sign: Expression { center.isZero ? .one : .minusOne }

  /// The angle of (x, y) in the turn.
  func angle(_ x: Expression, _ y: Expression) -> Expression {
    center + .call(.atan2, [sign * y, sign * x])
  }

  /// The plane without the ray that the ends of the turn point to.
  func slit(_ x: Expression, _ y: Expression) -> Predicate {
    .any([.compare(y, .unequal, .zero), .compare(sign * x, .greater, .zero).folded])
  }
}

/// The outputs at two positions, R cos A and R sin A.
struct PolarPair {
  let cosine: Int
  let sine: Int
  /// R, positive on the domain.
  let radius: Expression
  /// A
  let angle: Expression

  static func first(in context: ProofContext) -> PolarPair? {
    for (cosine, formula) in context.formulas.enumerated() {
      for case .call(.cos, let arguments) in formula.factors.map(\.form) {
        for sine in context.formulas.indices where sine != cosine {
          if let pair = PolarPair(context, cosine, sine, arguments[0]) { return pair }
        }
      }
    }
    return nil
  }

  private init?(_ context: ProofContext, _ cosine: Int, _ sine: Int, _ angle: Expression) {
    let radius = (context.formulas[cosine] / .call(.cos, [angle]))
    let other = (context.formulas[sine] / .call(.sin, [angle]))
    guard other == radius, context.assumptions.signs(of: radius) == .positive else { return nil }
    self.cosine = cosine
    self.sine = sine
    self.radius = radius
    self.angle = angle
  }

  /// The turn in which A lies on the whole domain.
  func turn(_ context: ProofContext) -> Turn? {
    [Expression.zero, .pi, -.pi].map { Turn(center: $0) }.first {
      context.assumptions.decide($0.interval.membership(of: angle)) == true
    }
  }

  /// The map with R and A in the place of the two outputs.
  func reduced(_ context: ProofContext, _ turn: Turn) -> Problem {
    var stage = context.problem.stages[context.problem.stages.count - 1]
    stage.formulas = context.formulas
    stage.formulas[cosine] = radius
    stage.formulas[sine] = angle
    stage.inputs = context.inputs
    stage.codomain.intervals[cosine] = Interval(.open(.zero), .plusInfinity)
    stage.codomain.intervals[sine] = turn.interval
    stage.codomain.predicate = .always
    return Problem(
      name: context.problem.name, parameters: context.problem.parameters,
      domain: context.domain, stages: [stage])
  }

  /// R and A in terms of the two outputs.
  func values(_ context: ProofContext, _ turn: Turn) -> [Symbol: Expression] {
    let (x, y) = outputs(context)
    return [
      context.outputs[cosine]: (x.power(2) + y.power(2)).squareRoot,
      context.outputs[sine]: turn.angle(x, y),
    ]
  }

  /// The codomain without the ray to which no angle of the turn points.
  func slit(_ context: ProofContext, _ turn: Turn) -> Region {
    let (x, y) = outputs(context)
    var region = context.codomain
    region.predicate = .all([region.predicate, turn.slit(x, y)])
    return region
  }

  private func outputs(_ context: ProofContext) -> (Expression, Expression) {
    (Expression(context.outputs[cosine]), Expression(context.outputs[sine]))
  }
}
