import Certificates
import Symbolics

/// The map under examination, with everything that strategies look up again and again.
struct ProofContext {
  let problem: Problem
  /// x = f(z), the stages substituted into one another.
  let formulas: [Expression]
  /// What is known: parameters in their sets, z in the domain, and the case being examined.
  let assumptions: Assumptions
  /// What is known of the parameters alone.
  let parameterAssumptions: Assumptions
  /// The conditions on parameters that make up the case being examined.
  let facts: [Predicate]
  /// Whether an elimination states its inverse as a formula where it has one.
  let usesClosedInverses: Bool
  /// Whether a solver may be asked: the last resort, as what it proves is no proof to read.
  private(set) var asksSolver = false

  init(
    _ problem: Problem, where facts: [Predicate] = [], usesClosedInverses: Bool = true
  ) {
    self.problem = problem
    self.usesClosedInverses = usesClosedInverses
    formulas = problem.composedFormulas
    self.facts = facts
    var known = Assumptions(parameters: problem.parameters)
    for fact in facts { known = known.adding(fact) }
    parameterAssumptions = known
    assumptions = known.adding(problem.domain)
  }

  /// The map for those parameter values only that satisfy a condition.
  func restricted(to condition: Predicate) -> ProofContext {
    let (restricted, facts) = problem.restricted(to: condition, facts: facts)
    var context = ProofContext(restricted, where: facts, usesClosedInverses: usesClosedInverses)
    context.asksSolver = asksSolver
    return context
  }

  /// The same map, where a solver may be asked.
  var askingSolver: ProofContext {
    var context = self
    context.asksSolver = true
    return context
  }

  var inputs: [Symbol] { problem.inputs }
  var outputs: [Symbol] { problem.outputs }
  var domain: Region { problem.domain }
  var codomain: Region { problem.codomain }
  var isSquare: Bool { inputs.count == outputs.count }
  var hasParameters: Bool { !problem.parameters.isEmpty }

  /// What is known of a point x of the codomain.
  var codomainAssumptions: Assumptions { parameterAssumptions.adding(codomain) }

  /// f(point), simplified.
  func image(of point: [Expression]) -> [Expression] {
    let values = Dictionary(uniqueKeysWithValues: zip(inputs, point))
    return formulas.map { $0.substituting(values).simplified(under: parameterAssumptions) }
  }

  /// Small readable points of a region, the simplest first.
  func points(of region: Region, _ count: Int) -> [[Expression]] {
    WitnessSearch(in: region, under: parameterAssumptions, pointLimit: 4 * count).points(count)
      .map(\.point)
  }

  /// Small rational points of a region, and multiples of π where a formula has a circular function.
  func pointsAndAngles(of region: Region, _ count: Int) -> [[Expression]] {
    let plain = points(of: region, count)
    guard formulas.contains(where: \.hasCircularFunction) else { return plain }
    var points = plain
    for angle in [Expression.pi, -.pi, 2 * .pi, .rational(1, 2) * .pi] {
      for position in inputs.indices {
        for var point in plain.prefix(60) {
          point[position] = angle
          if parameterAssumptions.decide(region.membership(of: point)) == true {
            points.append(point)
          }
        }
      }
    }
    return points
  }

  /// A small point of a region at which the predicate fails for all parameter values.
  func point(of region: Region, violating predicate: Predicate) -> [Expression]? {
    let search = WitnessSearch(
      in: region, under: parameterAssumptions, mentioning: predicate.freeSymbols)
    if let point = search.first(where: predicate.negation)?.point,
      isPoint(point, of: region, violating: predicate)
    {
      return point
    }
    guard hasParameters else { return nil }
    return BorderPoints(region: region, predicate: predicate, context: self).candidates
      .first { isPoint($0, of: region, violating: predicate) }
  }

  private func isPoint(_ point: [Expression], of region: Region, violating predicate: Predicate)
    -> Bool
  {
    let values = Dictionary(uniqueKeysWithValues: zip(region.coordinates, point))
    return parameterAssumptions.decide(region.membership(of: point)) == true
      && parameterAssumptions.decide(predicate.substituting(values)) == false
  }

  /// Whether the point surely lies in the domain.
  func domainContains(_ point: [Expression]) -> Bool {
    parameterAssumptions.decide(domain.membership(of: point)) == true
  }
}

/// One way to settle a map. Strategies are tried in order, the readable ones first.
protocol Strategy: Sendable {
  /// The name that verdicts and reports show.
  var name: String { get }
  /// Settles the map, or says why it stopped.
  func attempt(_ context: ProofContext) -> StrategyOutcome
}

/// What became of an attempt.
enum StrategyOutcome {
  case settled(Verdict)
  case stopped(String)
  /// Not settled as it stands (with the reason), but perhaps under a condition on the parameters:
  /// both sides are worth proving.
  case dependsOn(Predicate, String)
}

extension Expression {
  /// Whether sin, cos or tan occurs.
  var hasCircularFunction: Bool {
    contains { part in
      switch part.form {
      case .call(.sin, _), .call(.cos, _), .call(.tan, _): true
      default: false
      }
    }
  }
}
