import Certificates
import Symbolics

/// f(T z) = f(z) for a map T ≠ id of the domain into itself: any z with T z ≠ z is a counterexample.
struct SymmetryStrategy: Strategy {
  let name = "symmetry"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    let symmetries = Symmetry.candidates(for: context).filter { $0.leavesInvariant(context) }
    for symmetry in symmetries {
      guard let (first, second) = movedPair(symmetry, context) else { continue }
      var reasons: [CollisionReason] = [.symmetry(symmetry.map, name: symmetry.name)]
      reasons += Collapse.findings(context).map {
        .collapse(variable: $0.variable, where: $0.condition)
      }
      var verdict = Verdict(
        kind: .notInjective, injective: .no, surjective: .undecided, strategy: name)
      verdict.certificate = .collision(
        CollisionEvidence(
          first: first, second: second, image: context.image(of: first), reasons: reasons))
      return .settled(verdict)
    }
    return .stopped("no symmetry of the usual kinds")
  }

  /// The first small point that T moves within the domain.
  private func movedPair(_ symmetry: Symmetry, _ context: ProofContext) -> (
    [Expression], [Expression]
  )? {
    for point in context.points(of: context.domain, 60) {
      let moved = symmetry.apply(to: point, context)
      if moved != point, context.domainContains(moved),
        zip(point, moved).contains(where: { ExactConstant.compare($0, $1).map { $0 != 0 } ?? false }
        )
      {
        return (point, moved)
      }
    }
    return nil
  }
}

/// A map T of the domain, as formulas in z.
struct Symmetry {
  let map: [Expression]
  let name: String

  func apply(to point: [Expression], _ context: ProofContext) -> [Expression] {
    let values = Dictionary(uniqueKeysWithValues: zip(context.inputs, point))
    return map.map { $0.substituting(values).simplified(under: context.parameterAssumptions) }
  }

  /// f∘T = f as formulas.
  func leavesInvariant(_ context: ProofContext) -> Bool {
    let values = Dictionary(uniqueKeysWithValues: zip(context.inputs, map))
    return context.formulas.allSatisfy { formula in
      formula.substituting(values).isIdentical(to: formula, under: context.assumptions)
    }
  }

  /// Sign flips, exchanges, turns, translations by periods, reflections about a point and inversions.
  static func candidates(for context: ProofContext) -> [Symmetry] {
    let z = context.inputs.map { Expression($0) }
    var result = signFlips(z) + exchanges(z) + turns(z)
    for (position, symbol) in context.inputs.enumerated() {
      func changed(_ value: Expression, _ name: String) -> Symmetry {
        var map = z
        map[position] = value
        return Symmetry(map: map, name: name)
      }
      for period in [2 * Expression.pi, .pi, 1, 2] {
        result.append(changed(z[position] + period, "periodic in \(symbol)"))
      }
      for center in [Expression.one, 2, -1, -2] {
        result.append(
          changed(center - z[position], "symmetric about \(symbol) = \((center / 2).text)"))
      }
      result.append(changed(1 / z[position], "unchanged under \(symbol) -> 1/\(symbol)"))
      result.append(changed(-1 / z[position], "unchanged under \(symbol) -> -1/\(symbol)"))
    }
    if z.count > 1 {
      result.append(Symmetry(map: z.map { $0 + 1 }, name: "unchanged under a common shift"))
    }
    return result
  }

  private static func signFlips(_ z: [Expression]) -> [Symmetry] {
    let single = z.indices.map { flipped in
      Symmetry(
        map: z.indices.map { $0 == flipped ? -z[$0] : z[$0] }, name: "even in \(z[flipped].text)")
    }
    guard z.count > 1 else { return single }
    return single + [Symmetry(map: z.map { -$0 }, name: "even")]
  }

  /// Halves and thirds of a turn in the plane of two coordinates: z^2 and z^3 of complex numbers.
  private static func turns(_ z: [Expression]) -> [Symmetry] {
    let sine = Expression.rational(1, 2) * Expression.rational(3).squareRoot
    let angles: [(name: String, cosine: Expression, sine: Expression)] = [
      ("half of a turn", -1, 0), ("a third of a turn", .rational(-1, 2), sine),
    ]
    return pairs(z).flatMap { i, j in
      // Of two coordinates half of a turn is a sign flip.
      angles.dropFirst(z.count == 2 ? 1 : 0).map { name, cosine, sine in
        var map = z
        map[i] = cosine * z[i] - sine * z[j]
        map[j] = sine * z[i] + cosine * z[j]
        return Symmetry(
          map: map, name: "unchanged under \(name) of \(z[i].text) and \(z[j].text)")
      }
    }
  }

  private static func pairs(_ z: [Expression]) -> [(Int, Int)] {
    z.indices.flatMap { i in z.indices.filter { $0 > i }.map { (i, $0) } }
  }

  private static func exchanges(_ z: [Expression]) -> [Symmetry] {
    pairs(z).map { i, j in
      var map = z
      map.swapAt(i, j)
      return Symmetry(map: map, name: "symmetric in \(z[i].text) and \(z[j].text)")
    }
  }
}
