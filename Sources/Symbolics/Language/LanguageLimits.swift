/// What the language accepts at most, so that no file can exhaust memory, stack or time.
enum LanguageLimits {
  /// Characters of a file.
  static let fileLength = 1 << 20
  /// Letters and digits of a name.
  static let nameLength = 200
  /// Brackets, signs and exponents inside one another.
  static let nesting = 200
  /// Nodes of the syntax tree of one statement.
  static let syntaxNodes = 50_000
  /// Nodes of one formula, after sums and stages are written out.
  static let expressionSize = 1 << 18
  /// Sums inside one another.
  static let sumNesting = 2
  static let problems = 1000
  /// Coordinates of a variable, rows and columns of a matrix.
  static let dimension = 64
  /// Parameters of one problem, entries of matrices counted each.
  static let parameters = 1024
  /// Numerator and denominator of an exponent, and the degree of a formula.
  static let exponent = 1000
  /// Degree of a root.
  static let rootDegree = 64
  /// Digits of a number, and the size of its decimal exponent.
  static let digits = 400
  static let sampleCount = 10_000_000
  /// Findings reported for one file.
  static let diagnostics = 50
}
