public import Symbolics

/// p2 as formulas in x: the sum of those terms whose condition holds, and 0 where none does.
public struct DensityFormula: Sendable {
  /// p2 gains `value` where `condition` holds.
  public struct Term: Sendable {
    /// A formula in x.
    public let value: Expression
    /// On x: a preimage exists there, in the support of the base.
    public let condition: Predicate
  }

  /// The terms, one for each condition that differs; no two hold at once unless there are many.
  public let terms: [Term]
  /// Where p2 is not assigned: the critical values, a null set. `.never` if there are none.
  public let exceptional: Predicate

  /// Whether no two of the conditions hold at once, so that p2 is the value of the one that does.
  ///
  /// - Parameter assumptions: what is known of x.
  public func isDisjoint(under assumptions: Assumptions) -> Bool {
    terms.indices.allSatisfy { k in
      terms[..<k].allSatisfy {
        assumptions.decide(.all([$0.condition, terms[k].condition])) == false
      }
    }
  }

  /// The terms as one expression, 0 outside of their conditions.
  public var expression: Expression {
    .sum(
      terms.map { term in
        .piecewise([Branch(term.value, if: term.condition), Branch(.zero, if: .always)])
      })
  }
}

/// One formula z = g(x) for a preimage of x, with both forms of its share of the density.
public struct PreimageBranch: Sendable {
  /// g1(x) … gn(x)
  public let point: [Expression]
  /// On x: g(x) is a preimage exactly where it holds.
  public let condition: Predicate
  /// |det Dg(x)|
  public let inverseDeterminant: Expression
  /// p1(g(x)) on the base's support.
  public let baseDensity: Expression
  /// p1(g(x)) · |det Dg(x)|: the reverse form.
  public let reverseForm: Expression
  /// p1(g(x)) / |det Df(g(x))|: the forward form.
  public let forwardForm: Expression
  /// Whether the two forms were shown to be the same function.
  public let formsAgree: Bool
  /// On x: g(x) lies in the base's support.
  public let support: Predicate
}

/// What is known of the preimages of a point x.
public enum Preimages: Sendable {
  /// Every preimage is given by one of the branches, off the set `exceptional`.
  case branches([PreimageBranch], exceptional: Predicate)
  /// Exactly one for every x of the image, without a closed form: z is the solution of f(z) = x.
  case implicit
  /// Not all of them are known, with the reason.
  case incomplete(String)
}
