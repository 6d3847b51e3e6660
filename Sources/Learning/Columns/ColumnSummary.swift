public import Formats

/// What the values of a column are like.
public struct ColumnSummary: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// Integers where all values are, words where they stand for these.
  public let kind: ColumnKind
  /// The number of missing values.
  public let missing: Int
  /// The number of different values.
  public let distinct: Int
  /// The smallest and the largest value; nil where all are missing.
  public let range: ClosedRange<Double>?
  /// The most frequent value, and how often it is there; nil where no value is there twice.
  public let mode: Mode?

  /// A value, and how often it is there.
  public struct Mode: Hashable, Sendable {
    /// The value.
    public let value: Double
    /// How often.
    public let count: Int
  }

  /// Looks at a column.
  ///
  /// - Parameters:
  ///   - name: the column.
  ///   - table: has it.
  /// - Throws: ``LearningError`` for a missing column.
  public init(of name: String, in table: Table) throws(LearningError) {
    let values = try table.values(of: name)
    var counts: [Double: Int] = [:]
    for value in values where !value.isNaN { counts[value, default: 0] += 1 }
    self.name = name
    missing = values.count { $0.isNaN }
    distinct = counts.count
    range = counts.keys.min().map { $0...counts.keys.max()! }
    // The smallest of the most frequent, so that the order of a dictionary has no influence.
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    mode = most.flatMap { $0.value > 1 ? Mode(value: $0.key, count: $0.value) : nil }
    if let words = table.words(of: name) {
      kind = .words(words)
    } else {
      let areIntegers = counts.keys.allSatisfy { $0 == $0.rounded() && $0.magnitude < 0x1p53 }
      kind = areIntegers && !counts.isEmpty ? .integer : .continuous
    }
  }

  /// Whether there are no two different values.
  public var isConstant: Bool { distinct <= 1 }
}

extension Table {
  /// The numbers of the rows that have a value of each of these columns; those that the table does not have count for
  /// nothing.
  ///
  /// - Parameter names: the columns.
  public func completeRows(in names: [String]) -> [Int] {
    let columns = names.compactMap { column(named: $0) }
    return (0..<rowCount).filter { row in columns.allSatisfy { !$0[row].isNaN } }
  }

  /// How many rows have the same values in these columns as a row above them; missing values are like each other, but
  /// rows without any value do not count.
  ///
  /// - Parameter names: the columns.
  /// - Throws: ``LearningError`` for a missing column.
  public func duplicateRows(in names: [String]) throws(LearningError) -> Int {
    let columns = try names.map { name throws(LearningError) in try values(of: name) }
    var seen: Set<[UInt64]> = []
    return (0..<rowCount).count { row in
      guard columns.contains(where: { !$0[row].isNaN }) else { return false }
      // Zeros of both signs are one number.
      return !seen.insert(columns.map { ($0[row] + 0).bitPattern }).inserted
    }
  }
}
