import Certificates
import Exact
import Symbolics

/// A map without parameters, known by its values at some points.
struct SampledMap {
  private let problem: Problem
  private let formulas: [Expression]
  /// Points of the domain: a lattice, in one dimension a fine and long one.
  private let points: [[Rational]]
  private let precision = 256

  init(_ problem: Problem) {
    self.problem = problem
    formulas = problem.composedFormulas
    points = Self.lattice(problem.inputs.count).filter { point in
      problem.domain.membership(of: point.map { Expression($0) }).holds(at: [:]) == true
    }
  }

  private static func lattice(_ dimension: Int) -> [[Rational]] {
    if dimension == 1 {
      let near = (-24...24).map { Rational($0, over: 4) }
      let ends = [1, 99].map { Rational($0, over: 100) } + [Rational(1, over: 100_000)]
      let far = (1...12).flatMap { [Rational(10).power($0)!, -Rational(10).power($0)!] }
      return (near + ends + far).sorted().map { [$0] }
    }
    let side = dimension == 2 ? [-2, -1, 0, 1, 2, 3] : [-1, 0, 2]
    return (0..<dimension).reduce([[]]) { found, _ in
      found.flatMap { start in side.map { start + [Rational($0)] } }
    }
  }

  // MARK: Values

  private func values(at point: [Rational]) -> [Ball] {
    let box = Dictionary(uniqueKeysWithValues: zip(problem.inputs, point))
    return formulas.map { $0.ball(at: box, precision: precision) }
  }

  /// Whether an operation is undefined at the point, or a value of a stage outside of its stated set.
  func isOutside(at point: [Expression]) -> Bool {
    let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, point))
    let isInDomain = problem.domain.membership(of: point).holds(at: [:]) == true
    let isUndefined = problem.composedObligations.contains { obligation in
      obligation.guardCondition.substituting(values).holds(at: [:]) == true
        && obligation.predicate?.substituting(values).holds(at: [:]) == false
    }
    let leaves = problem.statedSets.contains { stated in
      stated.region.membership(of: stated.formulas.map { $0.substituting(values) })
        .holds(at: [:]) == false
    }
    return isInDomain && (isUndefined || leaves)
  }

  /// A point of the domain where the map is not defined, or leaves a set.
  var illPosedness: String? {
    let near = points.filter { $0.allSatisfy { $0.magnitude <= 4 } }
    return near.first { isOutside(at: $0.map { Expression($0) }) }.map { "ill-posed at \($0)" }
  }

  // MARK: Claims

  func objection(to kind: Verdict.Kind?, inverse: [Expression]?) -> String? {
    switch kind {
    case .bijective: objectionToInjective(inverse) ?? objectionToOnto()
    case .injectiveNotSurjective: objectionToInjective(inverse) ?? objectionToNotOnto()
    case .undecided: objectionToInjective(inverse)
    case .notInjective: isFolded ? nil : "no two points with one image are found"
    case .conditional, .illPosed, nil: "a verdict that says nothing"
    }
  }

  func objectionToInjective(_ inverse: [Expression]?) -> String? {
    if let inverse {
      let wrong = points.filter { $0.allSatisfy { $0.magnitude <= 4 } }.first {
        !RoundTrip.returns(
          $0, through: formulas, of: problem.inputs, andBackBy: inverse, of: problem.outputs)
      }
      return wrong.map { "the inverse does not lead back to \($0)" }
    }
    return collision.map { "\($0.0) and \($0.1) have one image" }
      ?? (hasBothSigns ? "the determinant has both signs" : nil)
  }

  /// In one dimension: values beyond each rational point of the codomain, on both sides.
  func objectionToOnto() -> String? {
    guard formulas.count == 1, problem.inputs.count == 1, problem.codomain.isProduct else {
      return hasTooFewOutputs ? "the dimensions differ" : nil
    }
    // Not the points next to the ends of the domain, beyond whose values there may be no other.
    let targets = Self.lattice(1).filter {
      $0[0].magnitude <= 4 && $0[0].denominator <= 100
        && problem.codomain.membership(of: $0.map { Expression($0) }).holds(at: [:]) == true
    }
    let values = points.map { self.values(at: $0)[0] }
    let missed = targets.first { target in
      let x = Ball(target[0], precision: precision)
      return !values.contains { !$0.certainlyLess(than: x) }
        || !values.contains { !x.certainlyLess(than: $0) }
    }
    return missed.map { "no value reaches \($0[0])" }
  }

  private var hasTooFewOutputs: Bool { problem.inputs.count != formulas.count }

  /// Some point of the codomain lies far from all values.
  private func objectionToNotOnto() -> String? {
    if formulas.count > problem.inputs.count { return nil }
    let values = points.map { self.values(at: $0) }
    let targets = Self.lattice(formulas.count).filter {
      $0.allSatisfy { $0.magnitude <= 4 }
        && problem.codomain.membership(of: $0.map { Expression($0) }).holds(at: [:]) == true
    }
    // A target with no value beyond it in one coordinate is a hole, as far as numbers can tell.
    let isMissed = targets.contains { target in
      target.indices.contains { i in
        let x = Ball(target[i], precision: precision)
        return !values.contains { !$0[i].certainlyLess(than: x) }
          || !values.contains { !x.certainlyLess(than: $0[i]) }
      }
    }
    return isMissed ? nil : "values lie on all sides of every point"
  }

  // MARK: Folds

  private var isFolded: Bool {
    problem.inputs.count > formulas.count || collision != nil || hasBothSigns
  }

  private var collision: ([Rational], [Rational])? {
    let near = points.filter { $0.allSatisfy { $0.magnitude <= 6 } }
    let images = near.map { values(at: $0) }
    for (i, image) in images.enumerated() where image.allSatisfy(\.isFinite) {
      for j in 0..<i where zip(image, images[j]).allSatisfy({ $0.overlaps($1) }) {
        return (near[j], near[i])
      }
    }
    return nil
  }

  private var hasBothSigns: Bool {
    guard problem.inputs.count == formulas.count, problem.domain.isProduct else { return false }
    let signs = points.filter { $0.allSatisfy { $0.magnitude <= 6 } }.compactMap {
      NumericJacobian.determinant(of: formulas, by: problem.inputs, at: $0)
    }.filter { abs($0) > 1e-9 }.map { $0 > 0 }
    return signs.contains(true) && signs.contains(false)
  }

  // MARK: The image

  /// A value outside of `image`.
  func objection(toImage image: Predicate) -> String? {
    let near = points.filter { $0.allSatisfy { $0.magnitude <= 4 } }
    let outside = near.first { point in
      let box = Dictionary(uniqueKeysWithValues: zip(problem.inputs, point.map { Expression($0) }))
      let values = Dictionary(
        uniqueKeysWithValues: zip(problem.outputs, formulas.map { $0.substituting(box) }))
      return image.substituting(values).holds(at: [:]) == false
    }
    return outside.map { "the value at \($0) lies outside of the image" }
  }
}
