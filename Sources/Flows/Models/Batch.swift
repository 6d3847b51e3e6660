import Tensors

/// Rows of numbers, one after the other: `[B, features]`.
public struct Batch: Hashable, Sendable {
  /// The number of values a row has.
  public let features: Int
  /// All values, row after row.
  public let values: [Double]

  /// Rows that lie one after the other.
  ///
  /// - Parameters:
  ///   - features: the number of values a row has.
  ///   - values: B times as many numbers.
  public init(features: Int, _ values: [Double]) {
    require(
      features >= 1 && values.count.isMultiple(of: features),
      "\(values.count) values are no rows of \(features)")
    self.features = features
    self.values = values
  }

  /// Rows that are given one by one.
  ///
  /// - Parameter rows: at least one, all of the same number of values.
  public init(rows: [[Double]]) {
    require(
      !rows.isEmpty, "a batch of no rows needs Batch(features:_:), which says how wide they are")
    let features = rows[0].count
    let other = rows.firstIndex { $0.count != features }
    require(
      other == nil, "row 0 has \(features) values, but row \(other!) has \(rows[other!].count)")
    self.init(features: features, rows.flatMap { $0 })
  }

  /// B
  public var rows: Int { values.count / features }

  /// Row number `row`.
  public subscript(row: Int) -> ArraySlice<Double> {
    values[row * features..<(row + 1) * features]
  }

  /// The rows with these numbers.
  ///
  /// - Parameter range: which ones.
  /// - Returns: a batch of them.
  public func slice(_ range: Range<Int>) -> Batch {
    Batch(
      features: features, Array(values[range.lowerBound * features..<range.upperBound * features]))
  }

  /// - Throws: ``FlowError`` for rows of another width, and for a number that is not finite.
  func check(_ what: String, features expected: Int) throws(FlowError) {
    guard features == expected else {
      throw .wrongWidth(what: what, expected: expected, found: features)
    }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(
        what: what, row: index / features, column: index % features, value: values[index])
    }
  }

  /// - Throws: ``FlowError`` for a number outside of its column's interval.
  func check(within support: [Interval]) throws(FlowError) {
    for (index, value) in values.enumerated() where !support[index % features].contains(value) {
      throw .outsideSupport(
        row: index / features, column: index % features, value: value,
        support: support[index % features])
    }
  }
}
