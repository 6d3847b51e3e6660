public import Certificates
public import Densities
public import Symbolics

/// Checks the claims of a problem against what was proven of its map.
///
/// A formula that is claimed has to be defined wherever what it stands for is, and to be the same
/// function there; a verdict under a condition on the parameters has its claims checked under it.
public struct ClaimCheck {
  let problem: Problem
  let verdict: Verdict
  let density: PushforwardDensity?
  /// x = f(z), the stages substituted into one another.
  let formulas: [Expression]
  /// The condition on the parameters under which f is a bijection; `.always` if that is not the
  /// verdict.
  let condition: Predicate
  /// What is known of the parameters, `condition` included.
  let parameters: Assumptions

  /// - Parameters:
  ///   - problem: the problem with its claims.
  ///   - verdict: what was proven of the map.
  ///   - density: the density of x, if it can be stated.
  public init(_ problem: Problem, verdict: Verdict, density: PushforwardDensity?) {
    self.problem = problem
    self.verdict = verdict
    self.density = density
    formulas = problem.composedFormulas
    let isConditional = verdict.kind == .conditional && verdict.kindIfTrue == .bijective
    condition = isConditional ? verdict.condition ?? .always : .always
    parameters = Assumptions(parameters: problem.parameters).adding(condition)
  }

  /// The answers to all claims, in their order.
  public func answers() -> [ClaimAnswer] { problem.claims.map(answer) }

  func answer(to claim: Claim) -> ClaimAnswer {
    if verdict.kind == .illPosed {
      return Finding.open("The problem is ill-posed.").answer(to: claim)
    }
    let finding =
      switch claim.statement {
      case .invertible(let claimed): invertible(claimed)
      case .inverse(let formulas): inverse(formulas, claim.obligations)
      case .determinant(let formula): determinant(formula, claim.obligations)
      case .logAbsDet(let formula): logAbsDet(formula, claim.obligations)
      case .density(let point, let value):
        densityValue(at: point, value, claim.obligations, decimals: claim.decimals)
      case .densityFormula(let formula): densityFormula(formula, claim.obligations)
      }
    return finding.answer(to: claim)
  }

  /// What is found, without the claim that it is about.
  enum Finding {
    case right(Prose)
    case wrong(Prose, Witness? = nil)
    case open(Prose)

    func answer(to claim: Claim) -> ClaimAnswer {
      switch self {
      case .right(let why):
        ClaimAnswer(claim: claim, judgement: .right, reason: why, witness: nil)
      case .wrong(let why, let witness):
        ClaimAnswer(claim: claim, judgement: .wrong, reason: why, witness: witness)
      case .open(let why):
        ClaimAnswer(claim: claim, judgement: .undecided, reason: why, witness: nil)
      }
    }
  }

  // MARK: Points

  var onDomain: Assumptions { parameters.adding(problem.domain) }
  var onCodomain: Assumptions { parameters.adding(problem.codomain) }

  /// Whether what is claimed is defined at every point of the region where `facts` hold.
  func definedness(_ obligations: [Obligation], over region: Region, where facts: Predicate)
    -> Definedness
  {
    Definedness.check(
      obligations, over: region, parameters: problem.parameters,
      facts: .all([condition, facts]))
  }

  /// Points at which a claimed formula is tried: simple ones, and those where it changes over from one
  /// case to another.
  func points(of region: Region, trying claimed: [Expression]) -> [Witness] {
    let search = WitnessSearch(in: region, under: parameters)
    return search.points(40) + search.points(besides: claimed.flatMap(\.caseBorders), 40)
  }

  /// The formula at the witness; nil when one of the operations is not certainly defined there.
  func value(
    _ formula: Expression, _ symbols: [Symbol], _ witness: Witness, needing needed: [Obligation]
  ) -> Expression? {
    let values = witness.parameters.merging(zip(symbols, witness.point)) { $1 }
    let isDefined = (needed + formula.definednessObligations(under: parameters)).allSatisfy {
      Assumptions().decide($0.substituting(values)) == true
    }
    return isDefined ? formula.substituting(values).simplified() : nil
  }

  /// `, with a = 2`: the parameter values at which the witness was taken.
  func setting(_ witness: Witness) -> Prose {
    values(witness).map { ", with \($0)" } ?? ""
  }

  /// `a = 2`: the values of the problem's parameters at the witness; nil if it has none.
  func values(_ witness: Witness) -> Prose? {
    let own = Set(problem.parameters.map(\.symbol))
    let values = witness.parameters.keys.filter(own.contains).sorted().map { symbol -> Prose in
      "\(Mathematics.symbol(symbol).equals(.expression(witness.parameters[symbol]!)))"
    }
    return values.isEmpty ? nil : Prose.joined(values)
  }

  func differ(_ a: Expression, _ b: Expression) -> Bool {
    guard let order = ExactConstant.compare(a, b) else { return false }
    return order != 0
  }

  /// ` where a != 0`, for an answer that depends on that.
  func proviso(_ condition: Predicate) -> Prose {
    condition == .always ? "" : " where \(condition)"
  }
}
