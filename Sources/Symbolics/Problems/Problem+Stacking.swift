/// Why two problems cannot be stacked.
public enum StackingFailure: Error, Sendable, CustomStringConvertible {
  /// The first map has m outputs, the second n inputs.
  case dimensions(outputs: Int, inputs: Int)
  /// The codomain of the first is not seen to lie in the domain of the second.
  case sets(codomain: String, domain: String)

  /// What does not fit.
  public var description: String {
    switch self {
    case .dimensions(let outputs, let inputs):

      "the first map has \(outputs) output\(outputs == 1 ? "" : "s"), "
        + "but the second has \(inputs) input\(inputs == 1 ? "" : "s")"
    case .sets(let codomain, let domain):
      "the codomain \(codomain) of the first map is not seen to lie in the domain \(domain) "
        + "of the second"
    }
  }
}

extension Problem {
  /// x = self(first(z)): the stages of `first`, then those of this problem.
  ///
  /// Domain and base distribution are those of `first`; variables and parameters are renamed where
  /// both problems use one name. Questions that hold for any map (invertibility, inverse, Jacobian)
  /// are kept, points and claims are not.
  ///
  /// - Parameter first: the map that is applied first; its codomain must lie in this domain.
  /// - Returns: the stacked problem.
  /// - Throws: when dimensions or sets do not fit.
  public func stacked(on first: Problem) throws(StackingFailure) -> Problem {
    guard first.outputs.count == inputs.count else {
      throw .dimensions(outputs: first.outputs.count, inputs: inputs.count)
    }
    var taken = Set(first.parameters.map(\.symbol) + first.inputs)
    let lower = first.renamingStages(avoiding: &taken, keepsOutputs: false)
    var renaming: [Symbol: Expression] = [:]
    let parameters = self.parameters.map { parameter in
      let symbol = Self.fresh(parameter.symbol, avoiding: &taken)
      renaming[parameter.symbol] = Expression(symbol)
      return parameter.renamed(to: symbol, renaming)
    }
    for (old, new) in zip(inputs, lower[lower.count - 1].outputs) {
      renaming[old] = Expression(new)
    }
    let domain = self.domain.renamed(to: lower[lower.count - 1].outputs, renaming)
    guard lower[lower.count - 1].codomain.isPlainlyInside(domain) else {
      throw .sets(codomain: first.codomain.text, domain: self.domain.text)
    }
    let upper = renamingStages(avoiding: &taken, keepsOutputs: true, renaming)
    let asked = [Question.proveInvertible, .inverse, .jacobian].filter {
      first.questions.contains($0) || questions.contains($0)
    }
    return Problem(
      name: "\(first.name)-\(name)", parameters: first.parameters + parameters,
      domain: first.domain, stages: lower + upper, base: first.base, questions: asked)
  }

  /// The stages with names for their outputs that are not taken: `h`, `h2` … for inner ones.
  private func renamingStages(
    avoiding taken: inout Set<Symbol>, keepsOutputs: Bool,
    _ start: [Symbol: Expression] = [:]
  ) -> [Stage] {
    var renaming = start
    var result: [Stage] = []
    for (position, stage) in stages.enumerated() {
      let keeps = keepsOutputs && position == stages.count - 1
      let symbols = Self.fresh(stage.outputs, keeps: keeps, avoiding: &taken)
      let inputs = stage.inputs.map { renaming[$0]?.symbolValue ?? $0 }
      for (old, new) in zip(stage.outputs, symbols) { renaming[old] = Expression(new) }
      result.append(stage.renamed(to: symbols, from: inputs, renaming))
    }
    return result
  }

  /// New names for coordinates: a stem that no taken symbol has.
  private static func fresh(
    _ coordinates: [Symbol], keeps: Bool, avoiding taken: inout Set<Symbol>
  ) -> [Symbol] {
    let stems = Set(taken.map(\.stem))
    var symbols = coordinates
    if !keeps || coordinates.contains(where: { stems.contains($0.stem) }) {
      let letters = ["h", "u", "v", "w", "y", "r", "s", "t"]
      let longer = (1...).lazy.map { String(repeating: "h", count: $0 + 1) }
      let stem =
        letters.first { !stems.contains($0) } ?? longer.first { !stems.contains($0) } ?? "h"
      symbols =
        coordinates.count == 1
        ? [Symbol(stem)] : coordinates.indices.map { Symbol(stem, $0 + 1) }
    }
    taken.formUnion(symbols)
    return symbols
  }

  private static func fresh(_ symbol: Symbol, avoiding taken: inout Set<Symbol>) -> Symbol {
    var candidate = symbol
    while taken.contains(candidate) { candidate = Symbol(candidate.stem + "b" + symbol.digits) }
    taken.insert(candidate)
    return candidate
  }
}

extension Parameter {
  fileprivate func renamed(to symbol: Symbol, _ renaming: [Symbol: Expression]) -> Parameter {
    Parameter(
      symbol, in: interval.substituting(renaming), isInteger: isInteger,
      excluding: excluded.map { $0.substituting(renaming) }, isLearned: isLearned)
  }
}

extension Region {
  fileprivate func renamed(to symbols: [Symbol], _ renaming: [Symbol: Expression]) -> Region {
    let region = substituting(renaming)
    return Region(
      coordinates: symbols, intervals: region.intervals, where: region.predicate)
  }

  /// Whether every interval lies in its counterpart and every condition of `other` is one of these,
  /// as far as rational ends and equal formulas show.
  fileprivate func isPlainlyInside(_ other: Region) -> Bool {
    zip(intervals, other.intervals).allSatisfy { $0.isPlainlyInside($1) }
      && other.predicate.conjuncts.allSatisfy {
        $0 == .always || predicate.conjuncts.contains($0)
      }
  }
}

extension Interval {
  fileprivate func isPlainlyInside(_ other: Interval) -> Bool {
    func isWithin(_ end: Endpoint, _ bound: Endpoint, sign: Int) -> Bool {
      guard let outer = bound.value else { return true }
      guard let inner = end.value else { return false }
      let isClosedOut = end.isClosed && !bound.isClosed
      if inner == outer { return !isClosedOut }
      guard let a = inner.rationalValue, let b = outer.rationalValue else { return false }
      return sign > 0 ? a > b : a < b
    }
    return isWithin(lower, other.lower, sign: 1) && isWithin(upper, other.upper, sign: -1)
  }
}

extension Stage {
  fileprivate func renamed(
    to symbols: [Symbol], from inputs: [Symbol], _ renaming: [Symbol: Expression]
  ) -> Stage {
    var stage = substituting(renaming)
    stage.inputs = inputs
    stage.codomain = codomain.renamed(to: symbols, renaming)
    if stage.formulas != formulas { stage.source = stage.formulas.map(\.text) }
    return stage
  }
}
