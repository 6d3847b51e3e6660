/// Equal cells around integers: from a - ½, each w integers wide.
public struct IntegerCells: Hashable, Sendable {
  /// a - ½
  public let lower: Double
  /// w, a whole number
  public let width: Double
  /// The number of cells
  public let count: Int

  /// Cells that hold what ``Axis/init(_:around:margin:within:isLabelled:)`` shows of integers; of width 1 where these are few.
  ///
  /// - Parameters:
  ///   - values: integers; those that are not finite are left out.
  ///   - limit: the most cells.
  public init(around values: [Double], atMost limit: Int) {
    let interval = Axis("", around: values, margin: 0).interval
    let (first, last) = (interval.lowerBound.rounded(), interval.upperBound.rounded())
    let integers = last - first + 1
    lower = first - 0.5
    width = (integers / Double(limit)).rounded(.up)
    count = Int((integers / width).rounded(.up))
  }

  /// From the first cell to the last
  public var interval: ClosedRange<Double> { lower...lower + width * Double(count) }
}
