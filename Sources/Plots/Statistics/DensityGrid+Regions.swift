extension DensityGrid {
  /// The edges, two points each, between cells whose numbers are `level` or more and all others, the outside included.
  func edges(ofRegionFrom level: Double) -> [[Point]] {
    func isHigh(_ i: Int, _ j: Int) -> Bool {
      i >= 0 && j >= 0 && i < columns && j < rows && self[i, j] >= level
    }
    func corner(_ i: Int, _ j: Int) -> Point {
      let (right, up) = (Double(i) / Double(columns), Double(j) / Double(rows))
      return Point(
        x.lowerBound + right * (x.upperBound - x.lowerBound),
        y.lowerBound + up * (y.upperBound - y.lowerBound))
    }
    var edges: [[Point]] = []
    for j in 0...rows {
      for i in 0...columns {
        if isHigh(i, j) != isHigh(i - 1, j) { edges.append([corner(i, j), corner(i, j + 1)]) }
        if isHigh(i, j) != isHigh(i, j - 1) { edges.append([corner(i, j), corner(i + 1, j)]) }
      }
    }
    return edges
  }
}
