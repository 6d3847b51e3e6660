/// The syntax tree of one statement of a `.flow` file.
struct StatementSyntax: Sendable {
  enum Kind: Sendable {
    case problem(name: String)
    case parameters([ParameterSyntax], areLearned: Bool)
    /// `z in R^3`
    case membership(TargetSyntax, DomainSyntax)
    /// `f : R^3 -> R^3`
    case signature(NameSyntax, DomainSyntax, DomainSyntax)
    /// `x = (…) in R^3`
    case definition(TargetSyntax, FormulaSyntax, DomainSyntax?)
    /// `f(z) = (…) in R^3`
    case map(NameSyntax, TargetSyntax, FormulaSyntax, DomainSyntax?)
    /// `z ~ normal(0, 1)`
    case base(TargetSyntax, DistributionSyntax)
    case question(QuestionSyntax)
    case claim(ClaimSyntax)
    /// A statement with a reported error, and the names that it seems to declare.
    case unreadable(names: Set<String>, isQuestion: Bool)
  }

  let kind: Kind
  let range: SourceRange
  /// Whether LaTeX is used in it.
  let isLatex: Bool
}

/// A name and where it stands.
struct NameSyntax: Hashable, Sendable {
  let text: String
  let range: SourceRange
}

/// What a statement defines: one name, or its coordinates in brackets.
struct TargetSyntax: Sendable {
  let names: [NameSyntax]
  /// Whether it is a bracketed list, `(z1, z2)`.
  let isTuple: Bool
  let range: SourceRange
}

/// One parameter: its name, whether it is an integer, and where it lies.
struct ParameterSyntax: Sendable {
  let name: NameSyntax
  let isInteger: Bool
  let set: SetSyntax?
  /// `s > 0`, with the parameter on the left.
  let bounds: [(relation: Relation, value: FormulaSyntax)]
}

/// `normal(0, sd: 2)`: a distribution with its arguments.
struct DistributionSyntax: Sendable {
  struct Argument: Sendable {
    let label: String?
    let value: Value
    let range: SourceRange
  }
  enum Value: Sendable {
    case formula(FormulaSyntax)
    case set(SetSyntax)
    /// The identity matrix, `I`.
    case identity
  }
  let name: NameSyntax
  let arguments: [Argument]
  let range: SourceRange
}

/// `(0, 1)`, or `z = (0, 1)`.
struct PointSyntax: Sendable {
  /// The name in front, if there is one.
  let name: NameSyntax?
  let formula: FormulaSyntax
}

enum QuestionSyntax: Sendable {
  case proveInvertible
  case inverse
  case jacobian
  case density(at: [PointSyntax])
  case push(PointSyntax)
  case sample(count: Int)
}

enum ClaimSyntax: Sendable {
  case inverse(FormulaSyntax)
  case densityAt(PointSyntax, equals: FormulaSyntax)
  case density(FormulaSyntax)
  case invertible(Bool)
  case logAbsDet(FormulaSyntax)
  case determinant(FormulaSyntax)

  /// d where a value is claimed as a decimal number whose last digit counts 10^-d.
  var decimals: Int? {
    if case .densityAt(_, equals: let value) = self { value.decimals } else { nil }
  }
}

extension FormulaSyntax {
  /// d for a number whose last digit counts 10^-d, 4 for 0.0417 and for 4.17e-2; nil for a whole
  /// number and for every other formula.
  fileprivate var decimals: Int? {
    guard case .number(let digits) = kind else { return nil }
    let parts = digits.split(whereSeparator: { $0 == "e" || $0 == "E" })
    let fraction = parts[0].drop { $0 != "." }.dropFirst()
    guard parts.count > 1 || !fraction.isEmpty else { return nil }
    let exponent = parts.count > 1 ? Int(parts[1]) : 0
    return exponent.map { fraction.count - $0 }
  }
}
