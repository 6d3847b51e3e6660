/// One checked problem: a map from a domain to a codomain, given by formulas, with what is asked.
///
/// The map is a stack of one or more stages; `stages.last` has the outputs x.
public struct Problem: Hashable, Sendable {
  /// The name after `problem`, or the file's.
  public var name: String
  /// The constants left open, in the order declared.
  public var parameters: [Parameter]
  /// The domain, in the coordinates z.
  public var domain: Region
  /// The maps of the stack, applied in this order; at least one.
  public var stages: [Stage]
  /// The distribution of z, if one is stated.
  public var base: BaseDistribution?
  /// What is asked, in the order asked.
  public var questions: [Question]
  /// The answers to be checked, in the order given.
  public var claims: [Claim]
  /// Where its parts were written, for messages.
  public var places: ProblemPlaces

  /// x = stages(z) for z in `domain`; `stages` must not be empty.
  public init(
    name: String, parameters: [Parameter] = [], domain: Region, stages: [Stage],
    base: BaseDistribution? = nil, questions: [Question] = [], claims: [Claim] = [],
    places: ProblemPlaces = ProblemPlaces()
  ) {
    precondition(!stages.isEmpty, "a problem needs at least one stage")
    self.name = name
    self.parameters = parameters
    self.domain = domain
    self.stages = stages
    self.base = base
    self.questions = questions
    self.claims = claims
    self.places = places
  }

  /// The codomain, in the coordinates x.
  public var codomain: Region { stages[stages.count - 1].codomain }
  /// z1 … zn
  public var inputs: [Symbol] { domain.coordinates }
  /// x1 … xm
  public var outputs: [Symbol] { codomain.coordinates }

  /// The whole map x = f(z) as formulas in z: the stages substituted into one another.
  public var composedFormulas: [Expression] {
    var values: [Symbol: Expression] = [:]
    var current: [Expression] = []
    for stage in stages {
      current = stage.formulas.map { $0.substituting(values) }
      values = Dictionary(uniqueKeysWithValues: zip(stage.outputs, current))
    }
    return current
  }
}

extension Problem {
  /// What must hold on the domain for every formula to be defined: the stages' obligations as
  /// conditions on z.
  public var composedObligations: [Obligation] {
    var values: [Symbol: Expression] = [:]
    var result: [Obligation] = []
    for stage in stages {
      result += stage.obligations.map { $0.substituting(values) }
      let formulas = stage.formulas.map { $0.substituting(values) }
      values = Dictionary(uniqueKeysWithValues: zip(stage.outputs, formulas))
    }
    return result
  }
}

extension Problem {
  /// The sets that values were said to lie in, in order: of each stage with a stated set, and of the
  /// last stage in any case.
  public var statedSets: [StatedSet] {
    var values: [Symbol: Expression] = [:]
    var result: [StatedSet] = []
    for (position, stage) in stages.enumerated() {
      let formulas = stage.formulas.map { $0.substituting(values) }
      if stage.isCodomainStated || position == stages.count - 1 {
        result.append(StatedSet(stage: position, formulas: formulas, region: stage.codomain))
      }
      values = Dictionary(uniqueKeysWithValues: zip(stage.outputs, formulas))
    }
    return result
  }
}

/// A set that the values of a stage have to lie in, whatever the point of the problem's domain.
public struct StatedSet: Sendable {
  /// The position of the stage in the stack, from 0.
  public let stage: Int
  /// The stage's values as formulas in z.
  public let formulas: [Expression]
  /// The set, in the coordinates of the stage's outputs.
  public let region: Region
}

/// One map of the stack: outputs = formulas(inputs).
public struct Stage: Hashable, Sendable {
  /// The coordinates that the formulas use: the previous stage's outputs (z for the first).
  public var inputs: [Symbol]
  /// One formula an output.
  public var formulas: [Expression]
  /// The formulas as written (canonical form may reorder), for display: source text.
  public var source: [String]
  /// The codomain in the output coordinates; R^m unless stated.
  public var codomain: Region
  /// Whether the codomain was written down (else it is R^m by default).
  public var isCodomainStated: Bool
  /// What must hold for the formulas to be defined.
  public var obligations: [Obligation]

  /// outputs = `formulas`(`inputs`), the outputs being the coordinates of `codomain`.
  public init(
    inputs: [Symbol], formulas: [Expression], source: [String], codomain: Region,
    isCodomainStated: Bool, obligations: [Obligation]
  ) {
    self.inputs = inputs
    self.formulas = formulas
    self.source = source
    self.codomain = codomain
    self.isCodomainStated = isCodomainStated
    self.obligations = obligations
  }

  /// outputs = `formulas`(`inputs`) onto a stated codomain, defined where the formulas are.
  public init(inputs: [Symbol], formulas: [Expression], codomain: Region) {
    self.init(
      inputs: inputs, formulas: formulas, source: formulas.map(\.text), codomain: codomain,
      isCodomainStated: true, obligations: formulas.flatMap(\.definednessObligations))
  }

  /// The coordinates that the stage produces, one a formula.
  public var outputs: [Symbol] { codomain.coordinates }
}

/// What a problem asks.
public enum Question: Hashable, Sendable {
  /// Is the map a bijection onto its codomain?
  case proveInvertible
  /// f⁻¹ as formulas.
  case inverse
  /// ∂f/∂z, its determinant and log|det|.
  case jacobian
  /// The density at the given points, or as a formula when there are none.
  case density(at: [[Expression]])
  /// The image x of one base point z, with its density.
  case push([Expression])
  /// Random points x, `count` of them.
  case sample(count: Int)
}

/// A student's answer to be checked.
public struct Claim: Hashable, Sendable {
  /// What is claimed.
  public enum Statement: Hashable, Sendable {
    /// f⁻¹ as formulas in x, one a coordinate of z.
    case inverse([Expression])
    /// p2 at one point x.
    case density(at: [Expression], equals: Expression)
    /// A formula for the density in x.
    case densityFormula(Expression)
    /// Whether the map is a bijection onto its codomain.
    case invertible(Bool)
    /// |det| or log|det| formulas as functions of z.
    case logAbsDet(Expression)
    /// det ∂f/∂z as a formula in z.
    case determinant(Expression)
  }
  /// What is claimed.
  public let statement: Statement
  /// The claim as written.
  public let source: String
  /// What must hold for the claimed formulas, as written, to be defined.
  public let obligations: [Obligation]
  /// d where a value is claimed as a decimal number whose last digit counts 10^-d: 0.0417 has 4; nil
  /// for every other claim.
  public let decimals: Int?
  /// `statement`, written as `source`, which is defined where `obligations` hold.
  public init(
    _ statement: Statement, source: String, obligations: [Obligation] = [], decimals: Int? = nil
  ) {
    self.statement = statement
    self.source = source
    self.obligations = obligations
    self.decimals = decimals
  }
}

extension Problem {
  /// The problem with parameters fixed (`--set K=7`): they disappear from the parameter list.
  public func setting(_ values: [Symbol: Expression]) -> Problem {
    var result = self
    let f: (Expression) -> Expression = { $0.substituting(values) }
    result.parameters.removeAll { values[$0.symbol] != nil }
    result.domain = domain.substituting(values)
    result.base = base?.mapExpressions(f)
    result.stages = stages.map { $0.substituting(values) }
    result.questions = questions.map { $0.mapExpressions(f) }
    result.claims = claims.map { claim in
      Claim(
        claim.statement.mapExpressions(f), source: claim.source,
        obligations: claim.obligations.map { $0.substituting(values) }, decimals: claim.decimals)
    }
    return result
  }
}

extension Problem {
  /// The parameters that the domain, the map or the base mentions.
  public var mentionedParameters: [Parameter] {
    parameters.filter { parameter in
      let other = setting([parameter.symbol: .symbol(parameter.symbol.name + "_")])
      return other.domain != domain || other.stages != stages || other.base != base
    }
  }
}

extension Stage {
  func substituting(_ values: [Symbol: Expression]) -> Stage {
    var result = self
    result.formulas = formulas.map { $0.substituting(values) }
    result.codomain = codomain.substituting(values)
    result.obligations = obligations.map { $0.substituting(values) }
    return result
  }
}

extension Obligation {
  /// Symbols replaced everywhere (indices of finite sums are not symbols of the problem).
  public func substituting(_ values: [Symbol: Expression]) -> Obligation {
    let mapped: Requirement =
      if case .within(let interval) = requirement {
        .within(interval.substituting(values))
      } else { requirement }
    return Obligation(
      subject.substituting(values), mapped, if: guardCondition.substituting(values), source: source,
      indices: indices.map {
        IndexRange(
          $0.index, from: $0.lower.substituting(values), to: $0.upper.substituting(values))
      })
  }
}

extension Question {
  func mapExpressions(_ f: (Expression) -> Expression) -> Question {
    switch self {
    case .proveInvertible, .inverse, .jacobian, .sample: self
    case .density(let points): .density(at: points.map { $0.map(f) })
    case .push(let point): .push(point.map(f))
    }
  }
}

extension Claim.Statement {
  func mapExpressions(_ f: (Expression) -> Expression) -> Claim.Statement {
    switch self {
    case .inverse(let formulas): .inverse(formulas.map(f))
    case .density(let point, let value): .density(at: point.map(f), equals: f(value))
    case .densityFormula(let formula): .densityFormula(f(formula))
    case .invertible: self
    case .logAbsDet(let formula): .logAbsDet(f(formula))
    case .determinant(let formula): .determinant(f(formula))
    }
  }
}
