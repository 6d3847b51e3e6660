/// How a formula is laid out on paper, before a notation (plain text, corpus syntax, LaTeX) is
/// chosen: signs pulled to the front, negative powers in denominators, terms and factors in the
/// order in which people write them.
indirect enum Notation {
  /// A nonnegative integer, by its digits.
  case number(String)
  case symbol(Symbol)
  case constant(Constant)
  /// Two or more terms, each added or subtracted.
  case sum([Term])
  /// -u
  case negative(Notation)
  /// Two or more factors, none of them a fraction or negative.
  case product([Notation])
  case fraction(Notation, Notation)
  case power(Notation, Notation)
  /// e^u
  case exponential(Notation)
  /// The root of some degree; the real root when the degree is odd.
  case root(Notation, degree: Int)
  case call(Function, [Notation])
  case cases([Case])
  case finiteSum(body: Notation, index: Symbol, lower: Notation, upper: Notation)
  case comparison(Notation, Relation, Notation)
  case conjunction([Notation])
  case disjunction([Notation])
  case negation(Notation)
  case truth(Bool)

  enum Constant { case pi, e, infinity }

  struct Term {
    let isNegative: Bool
    let body: Notation
  }

  /// A branch of a piecewise formula; no condition means "otherwise".
  struct Case {
    let value: Notation
    let condition: Notation?
  }
}

/// How tightly a layout holds together, loosest first.
enum Precedence: Int, Comparable {
  case disjunction, conjunction, negation, comparison, sum, product, power, atom

  static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }
}

extension Notation {
  var isOne: Bool { if case .number("1") = self { true } else { false } }

  /// Whether it begins with a digit when written, so that a number in front would run into it.
  var startsWithDigit: Bool {
    switch self {
    case .number: true
    case .power(let base, _): base.startsWithDigit
    case .fraction(let above, _): above.startsWithDigit
    case .product(let factors): factors[0].startsWithDigit
    default: false
    }
  }
}

/// Writes layouts in one notation. Brackets are set in one place, by comparing precedences.
protocol NotationRenderer {
  /// The layout, without brackets around it.
  func write(_ notation: Notation) -> String
  /// How tightly this notation's way of writing the layout holds together.
  func precedence(of notation: Notation) -> Precedence
  func bracketed(_ text: String) -> String
}

extension NotationRenderer {
  /// The layout as an operand that must hold together at least as tightly as `level`.
  func operand(_ notation: Notation, _ level: Precedence) -> String {
    let text = write(notation)
    return precedence(of: notation) < level ? bracketed(text) : text
  }

  func bracketed(_ text: String) -> String { "(\(text))" }

  /// Terms with their signs; `plus` and `minus` carry their spaces.
  func writeSum(_ terms: [Notation.Term], plus: String, minus: String) -> String {
    var text = ""
    for (position, term) in terms.enumerated() {
      if position == 0 {
        text = term.isNegative ? "-" : ""
      } else {
        text += term.isNegative ? minus : plus
      }
      text += operand(term.body, .product)
    }
    return text
  }

  func list(_ items: [Notation], separator: String) -> String {
    items.map(write).joined(separator: separator)
  }
}
