/// The curves along which a grid's numbers, linear between the centres of cells, are equal to a level: marching
/// squares (Lorensen and Cline 1987), joined to curves that have larger numbers on their left. Outside of the grid
/// numbers count as 0, so that every curve of a positive level is closed.
struct Contours {
  /// Curves; the last point of each is the first.
  private(set) var curves: [[Point]] = []
  private let grid: DensityGrid
  private let level: Double

  /// An edge between two neighbouring corners: from (i, j) to the right or upwards.
  private struct Edge: Hashable {
    let i, j: Int
    let isHorizontal: Bool
  }

  /// The curves of a grid at a level > 0.
  init(of grid: DensityGrid, level: Double) {
    self.grid = grid
    self.level = level
    var next: [Edge: Edge] = [:]
    var starts: [Edge] = []
    // One row of corners more on each side, where the number is 0.
    for j in -1..<grid.rows {
      for i in -1..<grid.columns {
        for (start, end) in segments(i, j) {
          next[start] = end
          starts.append(start)
        }
      }
    }
    for start in starts {
      var curve: [Point] = []
      var edge = start
      while let following = next.removeValue(forKey: edge) {
        if curve.isEmpty { curve.append(crossing(edge)) }
        curve.append(crossing(following))
        edge = following
      }
      if !curve.isEmpty { curves.append(curve) }
    }
  }

  private func value(_ i: Int, _ j: Int) -> Double {
    i >= 0 && j >= 0 && i < grid.columns && j < grid.rows ? grid[i, j] : 0
  }

  /// The pieces between the corners (i, j) and (i + 1, j + 1), each from an edge to an edge.
  private func segments(_ i: Int, _ j: Int) -> [(Edge, Edge)] {
    let corners = [value(i, j), value(i + 1, j), value(i + 1, j + 1), value(i, j + 1)]
    let isAbove = corners.map { $0 >= level }
    let edges = [
      Edge(i: i, j: j, isHorizontal: true), Edge(i: i + 1, j: j, isHorizontal: false),
      Edge(i: i, j: j + 1, isHorizontal: true), Edge(i: i, j: j, isHorizontal: false),
    ]
    // Around the square, counterclockwise: a curve enters through an edge where numbers fall below the level, and
    // leaves through one where they rise, so that what is above lies on its left.
    let falls = (0..<4).filter { isAbove[$0] && !isAbove[($0 + 1) % 4] }
    let rises = (0..<4).filter { !isAbove[$0] && isAbove[($0 + 1) % 4] }
    switch falls.count {
    case 0: return []
    case 1: return [(edges[falls[0]], edges[rises[0]])]
    default:
      // A saddle: the mean tells whether both high corners are joined.
      let isJoined = corners.reduce(0, +) / 4 >= level
      return falls.map { fall in
        (edges[fall], edges[isJoined ? (fall + 1) % 4 : (fall + 3) % 4])
      }
    }
  }

  /// Where the level is between the ends of an edge.
  private func crossing(_ edge: Edge) -> Point {
    let (i, j) = (edge.i + (edge.isHorizontal ? 1 : 0), edge.j + (edge.isHorizontal ? 0 : 1))
    let (first, second) = (value(edge.i, edge.j), value(i, j))
    let share = (level - first) / (second - first)
    let (start, end) = (grid.center(edge.i, edge.j), grid.center(i, j))
    return Point(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y))
  }
}
