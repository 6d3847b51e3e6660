/// A named real (or integer) quantity of a formula: `z1`, `x2`, `K`, `a12`.
///
/// `z1`, `z_1` and `z[1]` all name the symbol `z1`. Symbols are ordered naturally: `z2` comes before
/// `z10`.
public struct Symbol: Hashable, Sendable, CustomStringConvertible {
  /// The letters before the index: `z` of `z12`, `a` of `a12`.
  public let stem: String
  /// The digits after the letters, or an empty string.
  public let digits: String

  /// The symbol called `name`; trailing digits are its index.
  public init(_ name: String) {
    let digitCount = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
    stem = String(name.dropLast(digitCount))
    digits = String(name.suffix(digitCount))
  }

  /// The symbol `stem` + `index`, as in `z3`.
  public init(_ stem: String, _ index: Int) {
    self.init("\(stem)\(index)")
  }

  /// The name as it is written in formulas and JSON: `z1`.
  public var name: String { stem + digits }
  /// The name.
  public var description: String { name }
}

extension Symbol: Comparable {
  /// Natural order: by stem, then by the number of digits, then by the digits.
  public static func < (a: Symbol, b: Symbol) -> Bool {
    if a.stem != b.stem { return a.stem < b.stem }
    if a.digits.count != b.digits.count { return a.digits.count < b.digits.count }
    return a.digits < b.digits
  }
}
