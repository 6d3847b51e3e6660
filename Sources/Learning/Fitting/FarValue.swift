import Flows
import Formats

/// A value that is far from most others of its column.
public struct FarValue: Hashable, Sendable, CustomStringConvertible {
  /// Its column.
  public let column: String
  /// Its row.
  public let place: RowPlace
  /// The value.
  public let value: Double
  /// Most values that a model learns from lie between these.
  public let usual: ClosedRange<Double>

  /// A value, and where most others lie.
  ///
  /// - Parameters:
  ///   - column: its column.
  ///   - place: its row.
  ///   - value: the value.
  ///   - usual: where most values lie.
  public init(column: String, place: RowPlace, value: Double, usual: ClosedRange<Double>) {
    self.column = column
    self.place = place
    self.value = value
    self.usual = usual
  }

  /// `column 'x' is 1e+300 in line 7, while most values to learn from lie between 0.5 and 2.0`
  public var description: String {
    "column '\(column)' is \(value) in \(place), while most values to learn from lie between "
      + "\(usual.lowerBound.brief) and \(usual.upperBound.brief)"
  }
}

extension Table {
  /// Of some rows the value that is most deviations from the mean of its column; nil where none is far out.
  ///
  /// - Parameters:
  ///   - rows: their numbers.
  ///   - sets: the columns that are looked at.
  ///   - distance: what lies nearer, in deviations, is not far out.
  /// - Returns: the first of those that are equally far out.
  func farthest(
    inRows rows: [Int], among sets: [Columns], beyond distance: Double = 8
  ) throws(LearningError) -> FarValue? {
    var farthest: FarValue?
    var largest = distance
    for columns in sets {
      for (index, name) in columns.names.enumerated() {
        if case .words = columns.kinds[index] { continue }
        let (scaling, values) = (columns.scalings[index], try values(of: name))
        for row in rows {
          let distance = scaling.forward(values[row]).magnitude
          // That of a missing value is no number.
          guard distance > largest else { continue }
          largest = distance
          farthest = FarValue(
            column: name, place: place(ofRow: row), value: values[row], usual: scaling.usualRange)
        }
      }
    }
    return farthest
  }
}

extension Double {
  /// With about seven significant digits.
  fileprivate var brief: String {
    let short = Float(self)
    return short.isFinite && (short != 0 || self == 0) ? "\(short)" : "\(self)"
  }
}
