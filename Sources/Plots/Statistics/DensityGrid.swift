import Tensors

/// Numbers on a grid of equal cells, by rows from below: cell (i, j) is i cells from the left, j from below.
public struct DensityGrid: Hashable, Sendable {
  /// The interval of each axis
  public let x, y: ClosedRange<Double>
  /// The number of cells along each axis
  public let columns, rows: Int
  /// The number of cell (i, j) at j · columns + i
  public private(set) var values: [Double]

  /// A grid of these numbers.
  public init(x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int, values: [Double]) {
    precondition(
      columns > 0 && values.count.isMultiple(of: columns) && !values.isEmpty,
      "\(values.count) numbers in \(columns) columns")
    precondition(
      x.lowerBound < x.upperBound && y.lowerBound < y.upperBound, "an empty grid: \(x), \(y)")
    self.x = x
    self.y = y
    self.columns = columns
    rows = values.count / columns
    self.values = values
  }

  /// How many of the points (xᵢ, yᵢ) lie in each cell; others are left out.
  public init(
    countsOf xs: [Double], _ ys: [Double], x: ClosedRange<Double>, y: ClosedRange<Double>,
    columns: Int,
    rows: Int
  ) {
    self.init(
      x: x, y: y, columns: columns, values: [Double](repeating: 0, count: columns * rows))
    for (a, b) in zip(xs, ys) where x.contains(a) && y.contains(b) {
      let i = Int((a - x.lowerBound) / (x.upperBound - x.lowerBound) * Double(columns))
      let j = Int((b - y.lowerBound) / (y.upperBound - y.lowerBound) * Double(rows))
      values[min(j, rows - 1) * columns + min(i, columns - 1)] += 1
    }
  }

  /// The centre of cell (i, j).
  public func center(_ i: Int, _ j: Int) -> Point {
    func place(_ range: ClosedRange<Double>, _ share: Double) -> Double {
      range.lowerBound + share * (range.upperBound - range.lowerBound)
    }
    return Point(
      place(x, (Double(i) + 0.5) / Double(columns)), place(y, (Double(j) + 0.5) / Double(rows)))
  }

  /// The number of cell (i, j).
  public subscript(i: Int, j: Int) -> Double { values[j * columns + i] }

  /// The grid convolved with a normal density of these deviations in cells, cut off at 4 deviations; what would
  /// leave the grid stays at its edge.
  ///
  /// - Parameters:
  ///   - horizontally: the deviation along x; 0 for none.
  ///   - vertically: the deviation along y.
  public func smoothed(horizontally: Double, vertically: Double) -> DensityGrid {
    let across = DensityGrid.weights(deviation: horizontally)
    let along = DensityGrid.weights(deviation: vertically)
    func spread(_ grid: [Double], _ weights: [Double], isRow: Bool) -> [Double] {
      var result = [Double](repeating: 0, count: grid.count)
      let reach = weights.count / 2
      for j in 0..<rows {
        for i in 0..<columns where grid[j * columns + i] != 0 {
          for (index, weight) in weights.enumerated() {
            let a = isRow ? min(max(i + index - reach, 0), columns - 1) : i
            let b = isRow ? j : min(max(j + index - reach, 0), rows - 1)
            result[b * columns + a] += weight * grid[j * columns + i]
          }
        }
      }
      return result
    }
    var result = self
    result.values = spread(spread(values, across, isRow: true), along, isRow: false)
    return result
  }

  private static func weights(deviation: Double) -> [Double] {
    guard deviation > 0 else { return [1] }
    let reach = Int((4 * deviation).rounded(.up))
    let weights = (-reach...reach).map { step in
      let t = Double(step) / deviation
      return UnaryFunction.exponential.value(-0.5 * t * t)
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  /// The number t such that cells whose numbers are t or larger hold a share of the sum of all: what is above it is
  /// the smallest region with that share.
  ///
  /// - Parameter share: in (0, 1).
  public func level(holding share: Double) -> Double {
    let sorted = values.sorted(by: >)
    let goal = share * sorted.reduce(0, +)
    var sum = 0.0
    for value in sorted {
      sum += value
      if sum >= goal { return value }
    }
    return sorted.last!
  }
}
