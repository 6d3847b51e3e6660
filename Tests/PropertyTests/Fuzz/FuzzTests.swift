import Certificates
import Exact
import Foundation
import Proofs
import Symbolics
import Testing

/// Whatever the prover says of maps of which nothing is known beforehand must agree with brute force.
@Suite("Random maps against numbers")
struct FuzzTests {
  @Test("No verdict that numbers contradict", arguments: Iterations.seeds(60))
  func verdicts(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 75)
    let source = RandomMap.random(using: &draw).source
    try examine(try parsed(source), source, using: &draw)
  }

  /// Each with one number or one function changed.
  @Test("Nor of the corpus, changed", arguments: Iterations.seeds(30))
  func corpus(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 76)
    let records = try CorpusReader.records(Data(contentsOf: CertifiedMaps.corpus))
    let record = draw.pick(records)
    guard let changed = ChangedMap.random(of: try CorpusReader.problem(record), using: &draw) else {
      return
    }
    let formulas = changed.stages.flatMap(\.formulas).map(\.text)
    try examine(changed, "\(record.id): \(formulas)", using: &draw)
  }

  private func examine(_ problem: Problem, _ name: String, using draw: inout SplitMix64) throws {
    let verdict = Prover.verdict(for: problem, timeLimit: .seconds(20))
    if verdict.certificate != nil { #expect(verdict.checked?.holds == true, "\(name)") }
    for values in Self.values(of: problem.parameters) {
      let objection = Objection(problem, verdict, at: values).found(using: &draw)
      #expect(objection == nil, "\(name) at \(values): \(objection ?? "")\n\(verdict.strategy)")
    }
  }

  /// Some admissible choices of values; the same for all parameters, or in rotation.
  private static func values(of parameters: [Parameter]) -> [[Symbol: Expression]] {
    if parameters.isEmpty { return [[:]] }
    let numbers: [Expression] = [-2, -1, .rational(-1, 3), 0, .rational(1, 2), 1, 3]
    let choices = numbers.indices.flatMap { first in
      [0, 1, 3].map { step in
        Dictionary(
          uniqueKeysWithValues: parameters.enumerated().map {
            ($1.symbol, numbers[(first + step * $0) % numbers.count])
          })
      }
    }
    return choices.filter { values in
      parameters.allSatisfy { parameter in
        parameter.constraint.substituting(values).holds(at: [:]) == true
          && (!parameter.isInteger || values[parameter.symbol]?.rationalValue?.isInteger == true)
      }
    }
  }
}

/// What numbers say against a verdict for some parameter values.
private struct Objection {
  let verdict: Verdict
  let kind: Verdict.Kind?
  let values: [Symbol: Expression]
  let map: Problem

  init(_ problem: Problem, _ verdict: Verdict, at values: [Symbol: Expression]) {
    self.verdict = verdict
    self.values = values
    map = problem.setting(values)
    kind =
      verdict.kind != .conditional
      ? verdict.kind
      : verdict.condition?.holds(at: values).flatMap {
        $0 ? verdict.kindIfTrue : verdict.kindIfFalse
      }
  }

  func found(using draw: inout SplitMix64) -> String? {
    let search = NewtonSearch(map)
    switch kind {
    case .bijective:
      return SampledMap(map).illPosedness ?? SampledMap(map).objectionToInjective(inverse)
        ?? SampledMap(map).objectionToOnto() ?? search.collision(using: &draw, tries: 60)
    case .injectiveNotSurjective:
      return SampledMap(map).illPosedness ?? SampledMap(map).objectionToInjective(inverse)
        ?? search.collision(using: &draw, tries: 60) ?? reachedMissingPoint(search, &draw)
    case .undecided where verdict.injective == .yes:
      return SampledMap(map).objectionToInjective(inverse)
        ?? search.collision(using: &draw, tries: 60)
    case .notInjective:
      return SampledMap(map).illPosedness ?? reachedMissingPoint(search, &draw)
        ?? (Refutation.isShown(verdict.certificate, for: map, at: values)
          ? nil : "nothing shows that it is not injective")
    case .illPosed:
      guard case .illPosed(let evidence)? = verdict.certificate,
        evidence.parameters.isEmpty || evidence.parameters == values
      else { return nil }
      return SampledMap(map).isOutside(at: evidence.witness) ? nil : "it is well-posed there"
    case .undecided, .conditional, nil: return nil
    }
  }

  private var inverse: [Expression]? { verdict.inverse?.map { $0.substituting(values) } }

  /// A preimage of the point that is said to have none.
  private func reachedMissingPoint(_ search: NewtonSearch, _ draw: inout SplitMix64) -> String? {
    guard verdict.kind != .conditional, let missing = verdict.certificate?.missingPoint else {
      return nil
    }
    let target = missing.map { $0.substituting(values).ball(precision: 100).midpointDouble }
    return search.preimage(of: target, using: &draw, tries: 60)
  }
}

extension Certificate {
  /// The point that f is said to miss.
  fileprivate var missingPoint: [Expression]? {
    switch self {
    case .missingPoint(let evidence): evidence.point
    case .both(let parts): parts.lazy.compactMap(\.missingPoint).first
    default: nil
    }
  }
}
