import Certificates
import Exact
import Symbolics

/// Where a bijection fails to be a diffeomorphism: f not differentiable, or det Df = 0.
enum RegularityAnalysis {
  /// - Parameters:
  ///   - context: the bijection.
  ///   - determinant: det Df.
  ///   - inverse: f⁻¹ in the outputs, if it has a closed form.
  ///   - steps: the elimination behind the verdict, if there was one; its partial derivatives
  ///     multiply to det Df.
  /// - Returns: nil when neither "everywhere" nor a singular set could be shown.
  static func regularity(
    _ context: ProofContext, determinant: Expression, inverse: [Expression]?,
    steps: [EliminationStep]
  ) -> Verdict.Regularity? {
    let known = context.assumptions
    let kinks = kinks(of: context.formulas, known)
    let isNonzero =
      known.decide(.compare(determinant, .unequal, .zero)) == true
      || hasNonzeroSlopes(steps, context)
    let set: Verdict.SingularSet
    if kinks == .never {
      // By the inverse function theorem f⁻¹ is differentiable where det Df ≠ 0, and only there.
      let zeros = isNonzero ? .never : zeros(of: determinant, known)
      set = Verdict.SingularSet(
        points: zeros, image: inverse.flatMap { image(of: zeros, under: $0, context) },
        failure: .inverse)
    } else if let inverse, let found = zerosOfInverse(inverse, context) {
      set = found
    } else if let kinks {
      let zeros = isNonzero ? .never : zeros(of: determinant, known)
      set = Verdict.SingularSet(points: .any([kinks, zeros]), failure: .either)
    } else if let corners = KinkAnalysis(context: context, slope: determinant).exceptions() {
      let points = corners.map { Predicate.compare(Expression(context.inputs[0]), .equal, $0) }
      set = Verdict.SingularSet(points: .any(points), failure: .either)
    } else if let borders = BorderAnalysis(context: context).exceptions(),
      let others = Self.kinks(of: context.formulas, known, besidesCases: true)
    {
      let zeros = isNonzero ? .never : zeros(of: determinant, known)
      set = Verdict.SingularSet(points: .any([borders, others, zeros]), failure: .either)
    } else {
      return nil
    }
    // A set that misses the domain is no exception; one that may miss it proves nothing.
    if set.points == .never || known.decide(set.points) == false { return .diffeomorphism }
    return hasPoint(set.points, context) ? .bijectionNotSmooth(set) : nil
  }

  /// Whether the domain has a point in the set, whatever the values of the parameters: simple points
  /// are tried, and those that one equation of the set gives one of their coordinates.
  private static func hasPoint(_ set: Predicate, _ context: ProofContext) -> Bool {
    let known = context.parameterAssumptions
    func isInside(_ point: [Expression]) -> Bool {
      let there = set.substituting(Dictionary(uniqueKeysWithValues: zip(context.inputs, point)))
      return context.domainContains(point) && known.decide(there) == true
        && there.expressions.allSatisfy(known.isDefined)
    }
    let simple = context.points(of: context.domain, 60)
    if simple.contains(where: isInside) { return true }
    let equations = set.comparedPairs.map { $0.left - $0.right }
    return simple.prefix(8).contains { point in
      equations.contains { equation in
        context.inputs.indices.contains { position in
          moved(point, position, onto: equation, context).contains(where: isInside)
        }
      }
    }
  }

  /// The point with one coordinate replaced by solutions of an equation, which may contain parameters.
  private static func moved(
    _ point: [Expression], _ position: Int, onto equation: Expression, _ context: ProofContext
  ) -> [[Expression]] {
    let symbol = context.inputs[position]
    var others = Dictionary(uniqueKeysWithValues: zip(context.inputs, point))
    others[symbol] = nil
    let roots = equation.substituting(others).rootCandidates(for: symbol).prefix(4)
    return roots.filter { context.parameterAssumptions.isDefined($0) }.map { root in
      var candidate = point
      candidate[position] = root
      return candidate
    }
  }

  /// If f⁻¹ is smooth: f is differentiable where det Df⁻¹ ≠ 0, and only there.
  private static func zerosOfInverse(_ inverse: [Expression], _ context: ProofContext)
    -> Verdict.SingularSet?
  {
    let onImage = context.codomainAssumptions
    guard kinks(of: inverse, onImage) == .never else { return nil }
    let determinant = Matrix.jacobian(of: inverse, by: context.outputs)
      .determinant(under: onImage).simplified(under: onImage)
    guard !determinant.isZero else { return nil }
    let zeros = zeros(of: determinant, onImage)
    let back = Dictionary(uniqueKeysWithValues: zip(context.outputs, context.formulas))
    return Verdict.SingularSet(
      points: plain(zeros.substituting(back), context.assumptions), image: zeros, failure: .map)
  }

  /// {x : f⁻¹(x) ∈ points}
  private static func image(
    of points: Predicate, under inverse: [Expression], _ context: ProofContext
  ) -> Predicate? {
    let values = Dictionary(uniqueKeysWithValues: zip(context.inputs, inverse))
    let image = plain(points.substituting(values), context.codomainAssumptions)
    return image.expressions.allSatisfy(\.definednessObligations.isEmpty) ? image : nil
  }

  /// Equations in simplest form, factor by factor.
  private static func plain(_ set: Predicate, _ known: Assumptions) -> Predicate {
    let parts: [Predicate] = if case .or(let parts) = set { parts } else { [set] }
    return .any(
      parts.map { part in
        part.mapExpressions { $0.simplified(under: known) }.zeroSets(under: known).folded
      })
  }

  /// Whether the partial derivative of every step's equation by its unknown is never zero: by
  /// Schur complements det Df is their product, up to sign.
  private static func hasNonzeroSlopes(_ steps: [EliminationStep], _ context: ProofContext) -> Bool
  {
    var known = context.assumptions.adding(context.codomain)
    for step in steps {
      let slope = step.equation.derivative(by: step.variable).simplified(under: known)
      if known.signs(of: slope).contains(.zero) { return false }
      if step.isSubstituted, let image = step.map.image {
        known = known.adding(step.output, in: image)
      }
    }
    return !steps.isEmpty
  }

  /// Where a determinant is 0, factor by factor; factors that never vanish are left out.
  private static func zeros(of determinant: Expression, _ known: Assumptions) -> Predicate {
    determinant.factored(under: known).zeroSet(under: known).folded
  }

  /// The set where a formula may fail to be differentiable; nil if it cannot be named.
  ///
  /// - Parameter besidesCases: whether the corners of |u|, max and min are left aside.
  private static func kinks(
    of formulas: [Expression], _ known: Assumptions, besidesCases: Bool = false
  ) -> Predicate? {
    var result: [Predicate] = []
    for formula in formulas {
      let hasCorner = besidesCases && formula.isCorner
      guard let inner = innerKinks(of: formula, known, besidesCases),
        let own = hasCorner ? .never : ownKink(of: formula, known)
      else { return nil }
      result += [inner, own]
    }
    return .any(result)
  }

  /// Those of the operands; of the body of a finite sum where they are the same for every index.
  private static func innerKinks(
    of formula: Expression, _ known: Assumptions, _ besidesCases: Bool
  ) -> Predicate? {
    guard case .finiteSum(let sum) = formula.form else {
      return kinks(of: formula.form.children, known, besidesCases: besidesCases)
    }
    let range = Interval(.closed(sum.lower), .closed(sum.upper))
    let found = kinks(of: [sum.body], known.adding(sum.index, in: range, isInteger: true))
    return found.flatMap { $0.freeSymbols.contains(sum.index) ? nil : $0 }
  }

  /// Where the outermost operation alone may fail to be differentiable although it is defined.
  private static func ownKink(of formula: Expression, _ known: Assumptions) -> Predicate? {
    switch formula.form {
    case .piecewise: return nil
    case .power(let base, let exponent): return kink(ofPower: exponent, of: base, known)
    case .call(let function, let arguments):
      let u = arguments[0]
      switch function {
      case .abs, .sign, .floor, .max, .min, .mod, .atan2: return nil
      case .realRoot: return u.zeroSet(under: known)
      case .asin, .acos: return (1 - u.power(2)).zeroSet(under: known)
      case .acosh: return (u - 1).zeroSet(under: known)
      case .lambertw: return (u + .exp(-1)).zeroSet(under: known)
      default: return .never
      }
    default: return .never
    }
  }

  /// Where u^v may fail to be differentiable although it is defined: at u = 0 for 0 < v < 1. For v ≥ 1 the
  /// slope there is 0 or 1, and for v ≤ 0 the power is not defined there.
  private static func kink(
    ofPower v: Expression, of u: Expression, _ known: Assumptions
  ) -> Predicate? {
    if known.isInteger(v) || known.decide(.compare(v, .greaterOrEqual, 1)) == true
      || known.decide(.compare(v, .lessOrEqual, .zero)) == true
    {
      return .never
    }
    let isRoot = known.decide(.all([.compare(v, .greater, .zero), .compare(v, .less, 1)]))
    return isRoot == true ? u.zeroSet(under: known) : nil
  }
}

extension Expression {
  /// Whether the outermost operation is |u|, max or min.
  fileprivate var isCorner: Bool {
    switch form {
    case .call(.abs, _), .call(.max, _), .call(.min, _): true
    default: false
    }
  }
}
