/// What the numbers of a column stand for.
public enum ColumnKind: Hashable, Sendable, Codable {
  /// Real numbers.
  case continuous
  /// Integers n; the density is the mass of the cell (n - ½, n + ½) in each such column.
  case integer
  /// Words: number i stands for the i-th of them. Such a column can only be given.
  case words([String])

  var isInteger: Bool { self == .integer }
}
