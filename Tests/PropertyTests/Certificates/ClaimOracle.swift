import Certificates
import Exact
import Symbolics

/// Decides by numbers alone, enclosures at points, whether a claim can be true of a map: without signs,
/// limits, normal forms or anything else that the checker uses.
struct ClaimOracle {
  let file: CertificateFile
  private let precision = 256
  private var problem: Problem { file.problem }

  init(_ file: CertificateFile) { self.file = file }

  /// What the numbers say against the claim; nil when they bear it out.
  func objection() -> String? {
    if file.claim.kind == .illPosed { return isIllPosedSomewhere ? nil : "it is well-posed there" }
    for values in parameterValues {
      let fixed = problem.setting(values)
      let kind: Verdict.Kind?
      switch file.claim.condition.map({ $0.holds(at: values) }) {
      case nil: kind = file.claim.kind
      case .some(true?): kind = file.claim.kindIfTrue
      case .some(false?): kind = file.claim.kindIfFalse
      case .some(nil): continue
      }
      let map = SampledMap(fixed)
      let inverse = kind == .notInjective ? nil : file.claim.inverse
      let found =
        map.illPosedness
        ?? map.objection(to: kind, inverse: inverse?.map { $0.substituting(values) })
        ?? file.claim.image.flatMap { map.objection(toImage: $0.substituting(values)) }
      if let found { return "\(found), at \(values)" }
    }
    return nil
  }

  /// Up to five choices of simple admissible values.
  private var parameterValues: [[Symbol: Expression]] {
    var choices: [[Symbol: Expression]] = [[:]]
    let candidates: [Expression] = [
      1, 2, 0, -1, .rational(1, 2), 3, -2, .rational(1, 3),
    ]
    for (position, parameter) in problem.parameters.enumerated() {
      let own = (candidates[position % 3..<candidates.count] + candidates[..<(position % 3)])
        .filter { parameter.constraint.substituting([parameter.symbol: $0]).holds(at: [:]) == true }
        .filter { !parameter.isInteger || $0.rationalValue?.isInteger == true }
      choices = (0..<(choices.count == 1 ? own.count : choices.count)).map { number in
        choices[number % choices.count].merging([parameter.symbol: own[number % own.count]]) { $1 }
      }
    }
    return Array(choices.prefix(5))
  }

  /// Whether a formula is undefined, or a stated set left, at the witness of the evidence.
  private var isIllPosedSomewhere: Bool {
    guard case .illPosed(let evidence) = file.certificate else { return false }
    let fixed = problem.setting(evidence.parameters)
    let point = evidence.witness.map { $0.substituting(evidence.parameters) }
    return parameterValues.allSatisfy { values in
      let map = SampledMap(fixed.setting(values))
      return map.isOutside(at: point.map { $0.substituting(values) })
    }
  }
}
