/// The functions that formulas may call, by name.
enum FunctionTable {
  /// How a call is read.
  enum Entry: Hashable, Sendable {
    /// A function of one number, applied to each entry of a vector.
    case unary(Function)
    case squareRoot
    case root
    case logarithm
    case lambertw
    case atan2
    case modulo
    case maximum, minimum
    /// w·z and |z| of vectors, the determinant and the transpose of a matrix.
    case dot, norm, determinant, transpose
    /// Forms with a syntax of their own.
    case finiteSum, piecewise

    /// How many arguments it takes.
    var arity: ClosedRange<Int> {
      switch self {
      case .unary, .squareRoot, .norm, .determinant, .transpose: 1...1
      case .logarithm, .lambertw: 1...2
      case .root, .atan2, .modulo, .dot: 2...2
      case .maximum, .minimum: 1...LanguageLimits.dimension
      case .finiteSum: 2...4
      case .piecewise: 1...LanguageLimits.dimension
      }
    }
  }

  static let entries: [String: Entry] = {
    var table: [String: Entry] = [:]
    for function in Function.unary { table[function.name] = .unary(function) }
    table["log"] = .logarithm
    table["ln"] = .logarithm
    table["sqrt"] = .squareRoot
    table["root"] = .root
    table["lambertw"] = .lambertw
    table["atan2"] = .atan2
    table["mod"] = .modulo
    table["max"] = .maximum
    table["min"] = .minimum
    table["dot"] = .dot
    table["norm"] = .norm
    table["det"] = .determinant
    table["transpose"] = .transpose
    table["sum"] = .finiteSum
    table["piecewise"] = .piecewise
    for (name, function) in aliases { table[name] = .unary(function) }
    return table
  }()

  private static let aliases: [(String, Function)] = [
    ("sgn", .sign), ("arcsin", .asin), ("arccos", .acos), ("arctan", .atan), ("arsinh", .asinh),
    ("arcosh", .acosh), ("artanh", .atanh), ("arcsinh", .asinh), ("arccosh", .acosh),
    ("arctanh", .atanh),
  ]

  /// Letters that name a function unless the problem declares them.
  static let letters: [String: String] = ["sigma": "sigmoid", "Phi": "normcdf"]

  /// Names that no problem can declare.
  static let constants: Set<String> = ["e", "pi", "inf"]

  /// Words of the language that are no operands.
  static let reservedWords: Set<String> = [
    "in", "where", "if", "otherwise", "else", "and", "or", "not", "at", "for",
  ]
}
