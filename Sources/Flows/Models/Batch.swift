package import Tensors

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
    require(0..<rows ~= row, "row \(row) of a batch of \(rows) rows, counted from 0")
    return values[row * features..<(row + 1) * features]
  }

  /// The rows with these numbers.
  ///
  /// - Parameter range: which ones.
  /// - Returns: a batch of them.
  public func slice(_ range: Range<Int>) -> Batch {
    require(
      range.lowerBound >= 0 && range.upperBound <= rows,
      "rows \(range) of a batch of \(rows) rows, counted from 0")
    return Batch(
      features: features, Array(values[range.lowerBound * features..<range.upperBound * features]))
  }

  /// - Throws: ``FlowError`` for rows of another width, and for a number that is not finite, also where it is rounded
  ///   to the number format of a model.
  func check(
    _ what: String, features expected: Int, _ precision: Precision
  ) throws(FlowError) {
    guard features == expected else {
      throw .wrongWidth(what: what, expected: expected, found: features)
    }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(
        what: what, row: index / features, column: index % features, value: values[index])
    }
    if let index = values.firstIndex(where: { !precision.holds($0) }) {
      throw .beyondFloat(
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

extension Batch {
  /// - Throws: ``FlowError`` for no rows, weights of which all are 0, and one that is negative or not finite in a number
  ///   format.
  func check(weights: [Double]?, _ precision: Precision) throws(FlowError) {
    let weights = weights ?? Array(repeating: 1, count: rows)
    require(weights.count == rows, "\(weights.count) weights for \(rows) rows")
    if let row = weights.firstIndex(where: { !($0 >= 0 && precision.holds($0)) }) {
      throw .badWeight(row: row, value: weights[row])
    }
    guard weights.contains(where: { $0 > 0 }) else { throw .noRows }
  }
}

extension Precision {
  /// The largest number of the format.
  package var largest: Double {
    self == .float ? Double(Float.greatestFiniteMagnitude) : .greatestFiniteMagnitude
  }

  /// Whether a number is finite in this format.
  package func holds(_ x: Double) -> Bool { x.magnitude <= largest }

  /// The number, or the largest one of its sign in this format.
  package func clamped(_ x: Double) -> Double { max(-largest, min(largest, x)) }
}
