import Exact

/// A number, a vector or a matrix of formulas.
enum Value: Sendable {
  case scalar(Expression)
  case vector([Expression])
  case matrix([[Expression]])

  /// What it is, in words.
  var kind: String {
    switch self {
    case .scalar: "a number"
    case .vector(let entries): "a vector of dimension \(entries.count)"
    case .matrix(let rows): "a \(rows.count)x\(rows[0].count) matrix"
    }
  }

  /// Every entry, row by row.
  var entries: [Expression] {
    switch self {
    case .scalar(let value): [value]
    case .vector(let entries): entries
    case .matrix(let rows): rows.flatMap { $0 }
    }
  }

  /// The same entries in the simplest shape: a column is a vector, and what has one entry a number.
  var simplest: Value {
    switch self {
    case .scalar: self
    case .vector(let entries): entries.count == 1 ? .scalar(entries[0]) : self
    case .matrix(let rows):
      rows[0].count > 1 ? self : rows.count == 1 ? .scalar(rows[0][0]) : .vector(entries)
    }
  }

  /// Each entry replaced by its image.
  func map(_ transform: (Expression) -> Expression) -> Value {
    switch self {
    case .scalar(let value): .scalar(transform(value))
    case .vector(let entries): .vector(entries.map(transform))
    case .matrix(let rows): .matrix(rows.map { $0.map(transform) })
    }
  }

  func hasShape(of other: Value) -> Bool {
    switch (self, other) {
    case (.scalar, .scalar): true
    case (.vector(let a), .vector(let b)): a.count == b.count
    case (.matrix(let a), .matrix(let b)): a.count == b.count && a[0].count == b[0].count
    default: false
    }
  }
}

/// The names that formulas may use, and what they stand for.
struct Scope {
  private var values: [String: Value] = [:]
  /// Names whose declaration has an error: using them is no further error.
  private var unusable: Set<String> = []
  /// Names that exist but cannot be used here, with the reason.
  private var forbidden: [String: String] = [:]
  /// Names that the problem defines further down.
  var laterNames: Set<String> = []
  /// Symbols that stand for integers, with the least value where one is known.
  private(set) var integers: [Symbol: Rational?] = [:]
  /// Whether every name is a symbol.
  let isOpen: Bool
  /// Whether a name that is missing could be declared; on the command line none can.
  var hasDeclarations = true

  init(isOpen: Bool = false) { self.isOpen = isOpen }

  func value(of name: String) -> Value? {
    if let value = values[name] { return value }
    return isOpen ? .scalar(.symbol(name)) : nil
  }

  /// Whether `name` is taken, by a value or by a declaration with an error.
  func contains(_ name: String) -> Bool { values[name] != nil || unusable.contains(name) }
  func isUnusable(_ name: String) -> Bool {
    unusable.contains(name) || unusable.contains(Symbol(name).stem)
  }
  func reason(against name: String) -> String? { forbidden[name] }
  var names: [String] { values.keys.sorted() }

  mutating func add(_ name: String, _ value: Value) { values[name] = value }
  mutating func remove(_ name: String) { values[name] = nil }
  mutating func markUnusable(_ name: String) { unusable.insert(name) }
  mutating func forbid(_ name: String, because reason: String) {
    values[name] = nil
    forbidden[name] = reason
  }
  /// Makes every name unusable that the symbol occurs in: z1, and z for it or for (z1, z2).
  mutating func forbid(_ symbol: Symbol, because reason: String) {
    let uses = values.filter { $0.value.entries.contains { $0.contains(symbol) } }.map(\.key)
    for name in uses + [symbol.name, symbol.stem] { forbid(name, because: reason) }
  }
  mutating func addInteger(_ symbol: Symbol, atLeast bound: Rational?) {
    integers[symbol] = .some(bound)
  }
  mutating func removeInteger(_ symbol: Symbol) { integers[symbol] = nil }

  /// A variable with its coordinates: the whole under its name, each coordinate under its own.
  mutating func addVariable(_ name: String, _ coordinates: [Symbol]) {
    for symbol in coordinates { values[symbol.name] = .scalar(Expression(symbol)) }
    guard coordinates.count == 1 else {
      values[name] = .vector(coordinates.map { Expression($0) })
      return
    }
    // A one-dimensional variable goes by both names, z and z1.
    values[name] = .scalar(Expression(coordinates[0]))
    if Symbol(name).digits.isEmpty, values[name + "1"] == nil {
      values[name + "1"] = .scalar(Expression(coordinates[0]))
    }
  }

  /// Whether `expression` has integer values for every value of the integer symbols.
  func isIntegerValued(_ expression: Expression) -> Bool {
    switch expression.form {
    case .rational(let value): value.isInteger
    case .symbol(let symbol): integers[symbol] != nil
    case .sum(let terms): terms.allSatisfy(isIntegerValued)
    case .product(let factors): factors.allSatisfy(isIntegerValued)
    default: false
    }
  }

  /// A lower bound of an integer-valued sum of symbols and numbers, where one is known.
  func lowerBound(of expression: Expression) -> Rational? {
    switch expression.form {
    case .rational(let value): return value
    case .symbol(let symbol): return integers[symbol] ?? nil
    case .sum(let terms):
      var total = Rational.zero
      for term in terms {
        guard let bound = lowerBound(of: term) else { return nil }
        total = total + bound
      }
      return total
    case .product:
      let (coefficient, rest) = expression.coefficientAndRest
      guard coefficient.sign > 0, case .symbol = rest.form, let bound = lowerBound(of: rest) else {
        return nil
      }
      return coefficient * bound
    default: return nil
    }
  }
}
