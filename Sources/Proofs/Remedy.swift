import Certificates
import Symbolics

/// What would make an ill-posed map well-posed: conditions on the points and the parameters under which
/// all operations are defined, and sets that hold all values.
struct Remedy {
  private let context: ProofContext
  private let obligations: [Obligation]
  /// What the operations need that the problem does not give, nothing that follows from the rest.
  private let conditions: [Predicate]
  /// Operations inside finite sums, which need something for every index.
  private let indexed: [(predicate: Predicate, indices: [Obligation.IndexRange])]
  /// What is known of the parameters under the conditions, and the part of the domain that is left.
  private let parameters: Assumptions
  private let domain: Region

  /// nil where no such conditions are known, or no point meets them.
  init?(_ context: ProofContext) {
    self.context = context
    obligations = context.problem.composedObligations
    var plain: [Predicate] = []
    var indexed: [(predicate: Predicate, indices: [Obligation.IndexRange])] = []
    for obligation in obligations where context.assumptions.decide(obligation) != true {
      // Where the condition is never met, as in 1/0, nothing would do.
      guard let needed = obligation.condition, Assumptions().decide(needed) != false else {
        return nil
      }
      let indices = obligation.indices.filter { needed.contains($0.index) }
      if indices.isEmpty {
        plain += needed.conjuncts.filter { !plain.contains($0) }
      } else {
        indexed.append((needed, indices))
      }
    }
    self.indexed = indexed
    conditions = Self.independent(plain, under: context.assumptions)
    let inputs = context.inputs
    let facts = conditions.filter { !$0.mentions(inputs) }
    parameters = context.parameterAssumptions.adding(.all(facts))
    let region = context.domain
    domain = Region(
      coordinates: region.coordinates, intervals: region.intervals,
      where: .all([region.predicate] + conditions.filter { $0.mentions(inputs) }))
    guard isPossible else { return nil }
  }

  /// Without what follows from the other conditions.
  private static func independent(_ conditions: [Predicate], under known: Assumptions)
    -> [Predicate]
  {
    var kept = conditions
    for condition in conditions {
      let others = kept.filter { $0 != condition }
      if known.adding(.all(others)).decide(condition) == true { kept = others }
    }
    return kept
  }

  /// Whether all operations are certainly defined at some point.
  private var isPossible: Bool {
    let mentioned = obligations.flatMap { $0.subject.freeSymbols }
      .filter { symbol in !obligations.contains { $0.indices.map(\.index).contains(symbol) } }
    let search = WitnessSearch(in: context.domain, under: parameters, mentioning: mentioned)
    let first = search.first(where: .all(conditions))
    return ((first.map { [$0] } ?? []) + search.points(60)).contains { witness in
      let values = witness.parameters.merging(zip(context.inputs, witness.point)) { $1 }
      return obligations.allSatisfy { Assumptions().decide($0.substituting(values)) == true }
    }
  }

  /// In words of the language; nil where the values are not shown to lie in any sets of this form.
  var text: String? {
    guard let sets = sets() else { return nil }
    let inputs = context.inputs
    let onPoints =
      words(conditions.filter { $0.mentions(inputs) })
      + indexed.filter { $0.predicate.mentions(inputs) }.map(words)
    let onParameters =
      words(conditions.filter { !$0.mentions(inputs) })
      + indexed.filter { !$0.predicate.mentions(inputs) }.map(words)
    var parts: [String] = []
    if !onPoints.isEmpty { parts.append("a domain where " + onPoints.joined(separator: " and ")) }
    if !onParameters.isEmpty {
      parts.append("parameters with " + onParameters.joined(separator: " and "))
    }
    parts += sets
    return parts.isEmpty ? nil : parts.joined(separator: ", and ")
  }

  private func words(_ conditions: [Predicate]) -> [String] {
    conditions.isEmpty ? [] : [Predicate.all(conditions).text]
  }

  private func words(_ part: (predicate: Predicate, indices: [Obligation.IndexRange])) -> String {
    part.predicate.text
      + part.indices.map { " for every \($0.index) from \($0.lower.text) to \($0.upper.text)" }
      .joined(separator: " and")
  }

  /// The sets that take the place of those which the values leave; nil where that is not settled.
  private func sets() -> [String]? {
    var result: [String] = []
    for stated in context.problem.statedSets {
      if case .holds = inclusion(of: stated, in: stated.region) { continue }
      let known = parameters.adding(domain)
      let box = Region(
        coordinates: stated.region.coordinates,
        intervals: stated.formulas.map { known.range(of: $0) }, where: .always)
      guard case .holds = inclusion(of: stated, in: box) else { return nil }
      let isCodomain = stated.stage == context.problem.stages.count - 1
      result.append("\(isCodomain ? "the codomain" : "the set") \(box.text)")
    }
    return result
  }

  private func inclusion(of stated: StatedSet, in set: Region) -> Inclusion {
    Inclusion.check(stated.formulas, from: domain, into: set, under: parameters)
  }
}

extension Obligation {
  /// What makes the operation defined: its condition holds, or it is not reached.
  var condition: Predicate? {
    guard let predicate else { return nil }
    let isImpossible = Assumptions().decide(predicate) == false
    return Predicate.any([guardCondition.negation, isImpossible ? .never : predicate]).folded
  }
}

extension Predicate {
  /// Whether one of the symbols occurs.
  fileprivate func mentions(_ symbols: [Symbol]) -> Bool {
    freeSymbols.contains(where: symbols.contains)
  }

  fileprivate func contains(_ symbol: Symbol) -> Bool { freeSymbols.contains(symbol) }
}
