import Exact

/// The functions a notation has words for decide how some calls are laid out.
enum NotationVocabulary {
  /// Every function of the formula language.
  case full
  /// The functions that the corpus syntax lists; the others are spelled out by these.
  case corpus
}

extension Notation {
  /// The layout of an expression.
  init(_ expression: Expression, _ vocabulary: NotationVocabulary = .full) {
    self = Layout(vocabulary: vocabulary).expression(expression)
  }
}

/// Turns expressions into layouts.
struct Layout {
  let vocabulary: NotationVocabulary

  func expression(_ expression: Expression) -> Notation {
    switch expression.form {
    case .rational, .product, .power: quotient(expression)
    case .pi: .constant(.pi)
    case .symbol(let symbol): .symbol(symbol)
    case .sum(let terms): sum(terms)
    case .call(let function, let arguments): call(function, arguments)
    case .piecewise(let branches): .cases(cases(branches))
    case .finiteSum(let sum):
      .finiteSum(
        body: self.expression(sum.body), index: sum.index, lower: self.expression(sum.lower),
        upper: self.expression(sum.upper))
    }
  }

  private func cases(_ branches: [Branch]) -> [Notation.Case] {
    branches.map { branch in
      Notation.Case(
        value: expression(branch.value),
        condition: branch.condition == .always ? nil : predicate(branch.condition))
    }
  }

  private func call(_ function: Function, _ arguments: [Expression]) -> Notation {
    let u = arguments[0]
    if vocabulary == .corpus, let spelled = spelledOut(function, u) { return expression(spelled) }
    switch function {
    case .exp: return u.isOne ? .constant(.e) : .exponential(expression(u))
    case .realRoot(let degree): return .root(expression(u), degree: degree)
    default: return .call(function, arguments.map(expression))
    }
  }

  /// A function the corpus syntax lacks, by functions that it has.
  private func spelledOut(_ function: Function, _ u: Expression) -> Expression? {
    switch function {
    case .expm1: .exp(u) - 1
    case .log1p: .log(1 + u)
    case .logit: .log(u / (1 - u))
    case .realRoot(let degree) where degree != 3:
      .call(.sign, [u]) * .power(.abs(u), .rational(1, degree))
    default: nil
    }
  }

  func predicate(_ predicate: Predicate) -> Notation {
    switch predicate {
    case .always: .truth(true)
    case .never: .truth(false)
    case .compare(let a, let relation, let b): .comparison(expression(a), relation, expression(b))
    case .and(let parts): .conjunction(parts.map(self.predicate))
    case .or(let parts): .disjunction(parts.map(self.predicate))
    case .not(let inner): .negation(self.predicate(inner))
    }
  }
}
