/// The syntax tree of a formula or a condition, as written.
struct FormulaSyntax: Sendable {
  indirect enum Kind: Sendable {
    case number(String)
    case name(String)
    case sum([Term])
    case product([Factor])
    case negative(FormulaSyntax)
    case power(FormulaSyntax, FormulaSyntax)
    case call(FunctionTable.Entry, [FormulaSyntax])
    /// (a, b, …)
    case tuple([FormulaSyntax])
    /// A matrix by its rows.
    case matrix([[FormulaSyntax]])
    case finiteSum(index: String, lower: FormulaSyntax, upper: FormulaSyntax, body: FormulaSyntax)
    case piecewise([BranchSyntax])
    /// a < b < c: one relation between each two neighbours.
    case comparison([FormulaSyntax], [Relation])
    case and([FormulaSyntax])
    case or([FormulaSyntax])
    case not(FormulaSyntax)
    case truth(Bool)
  }

  struct Term: Sendable {
    let isNegative: Bool
    let operand: FormulaSyntax
  }

  struct Factor: Sendable {
    enum Operation: Sendable { case multiply, divide, modulo }
    let operation: Operation
    let operand: FormulaSyntax
  }

  struct BranchSyntax: Sendable {
    let value: FormulaSyntax
    /// No condition means "otherwise".
    let condition: FormulaSyntax?
  }

  let kind: Kind
  let range: SourceRange

  init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

/// The syntax tree of a set: `(0, 1) x R`, `[0, 2]^3 where z1 < z2`.
struct SetSyntax: Sendable {
  indirect enum Kind: Sendable {
    case reals
    case interval(
      lower: FormulaSyntax, upper: FormulaSyntax, isLowerClosed: Bool, isUpperClosed: Bool)
    case product([SetSyntax])
    case power(SetSyntax, Int)
    /// Matrices with entries in a set.
    case matrices(SetSyntax, rows: Int, columns: Int)
    /// Values taken out: `R \ {0, 2}`.
    case without(SetSyntax, [FormulaSyntax])
  }

  let kind: Kind
  let range: SourceRange

  init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }

  /// The number of coordinates; a matrix counts all its entries.
  var dimension: Int {
    switch kind {
    case .reals, .interval: 1
    case .product(let sets): sets.reduce(0) { $0 + $1.dimension }
    case .power(let set, let exponent): set.dimension * exponent
    case .matrices(let set, let rows, let columns): set.dimension * rows * columns
    case .without(let set, _): set.dimension
    }
  }
}

/// A set with the condition that its points must meet.
struct DomainSyntax: Sendable {
  let set: SetSyntax
  let condition: FormulaSyntax?
  let range: SourceRange
}
