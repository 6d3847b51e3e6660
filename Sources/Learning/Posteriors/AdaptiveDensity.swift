import Tensors

/// ∫ e^ℓ(y) dy over an interval, by Simpson's rule on cells that are halved where it has not converged. It does not
/// call ℓ: it says at which points it is to be known next, so that the points of many integrals are computed together.
///
/// A cell is halved when both rules of it, with 3 and with 5 points, differ by more than a share of the integral
/// (Lyness 1969); where e^ℓ counts, until it is as narrow as a stated width; and when ℓ has a peak in it that its points
/// do not resolve: peaks far narrower than the first cells are found by the slopes of ℓ around them, where e^ℓ itself is
/// 0. What no rule on points can find is a peak that is hidden below another one at all points of cells of the stated
/// width.
struct AdaptiveDensity {
  /// Points and values of ℓ at its ends, quarters and middle.
  private struct Cell {
    var points: [Double]
    var logs: [Double]

    var width: Double { points[4] - points[0] }
    var highest: Double { logs.max()! }
  }

  /// The points at which ℓ is to be known next; none when all is done.
  private(set) var pending: [Double]
  private var cells: [Cell] = []
  /// Which cells the pending points halve; nil before the first ones.
  private var halved: [Int]?
  private var evaluations = 0
  private let first: [Double]
  private let widest: Double
  private let tolerance: Double

  /// By how much ℓ may differ between the points of a cell with a peak
  private static let peakDrop = 2.0
  /// Where ℓ is farther below its peak, e^ℓ does not count
  private static let negligible = 16.0
  /// The most points
  private static let mostEvaluations = 6000

  /// - Parameters:
  ///   - edges: of the first cells, increasing.
  ///   - widest: the widest cell where e^ℓ counts, for |y| ≤ 4; in proportion to |y| farther out.
  ///   - tolerance: the share of the integral that a cell may be wrong by.
  init(edges: [Double], widest: Double = .infinity, tolerance: Double = 1e-7) {
    first = edges
    self.widest = widest
    self.tolerance = tolerance
    pending = []
    for (start, end) in zip(edges, edges.dropFirst()) {
      for quarter in 0..<4 { pending.append(start + Double(quarter) / 4 * (end - start)) }
    }
    pending.append(edges[edges.count - 1])
  }

  /// Takes ℓ at the pending points, in their order.
  mutating func accept(_ logs: [Double]) {
    precondition(logs.count == pending.count, "\(logs.count) values for \(pending.count) points")
    evaluations += logs.count
    let finite = logs.map { $0.isNaN ? -.infinity : $0 }
    if let halved {
      cells = refined(halved, finite)
    } else {
      cells = (0..<first.count - 1).map { index in
        let range = 4 * index...4 * index + 4
        return Cell(points: Array(pending[range]), logs: Array(finite[range]))
      }
    }
    let next = unresolved
    halved = next
    pending =
      evaluations + 4 * next.count > Self.mostEvaluations
      ? []
      : next.flatMap { index in
        let points = cells[index].points
        return zip(points, points.dropFirst()).map { 0.5 * ($0 + $1) }
      }
  }

  private func refined(_ halved: [Int], _ logs: [Double]) -> [Cell] {
    var result: [Cell] = []
    var next = 0
    for (index, cell) in cells.enumerated() {
      guard next < halved.count, halved[next] == index else {
        result.append(cell)
        continue
      }
      let (points, values) = (pending[4 * next..<4 * next + 4], logs[4 * next..<4 * next + 4])
      func joined(_ old: [Double], _ new: ArraySlice<Double>, _ half: Int) -> [Double] {
        let new = Array(new)
        return [
          old[2 * half], new[2 * half], old[2 * half + 1], new[2 * half + 1], old[2 * half + 2],
        ]
      }
      for half in 0..<2 {
        result.append(
          Cell(
            points: joined(cell.points, points, half), logs: joined(cell.logs, values, half)))
      }
      next += 1
    }
    return result
  }

  private var peak: Double { cells.map(\.highest).max()! }

  /// Simpson's rule with 3 and with 5 points, of e^(ℓ - shift).
  private static func rules(_ cell: Cell, shift: Double) -> (coarse: Double, fine: Double) {
    let f = cell.logs.map { UnaryFunction.exponential.value($0 - shift) }
    return (
      cell.width / 6 * (f[0] + 4 * f[2] + f[4]),
      cell.width / 12 * (f[0] + 4 * f[1] + 2 * f[2] + 4 * f[3] + f[4])
    )
  }

  private var unresolved: [Int] {
    let shift = peak
    guard shift.isFinite else { return [] }
    let rules = cells.map { Self.rules($0, shift: shift) }
    let total = rules.reduce(0) { $0 + $1.fine }
    return cells.indices.filter { index in
      let (coarse, fine) = rules[index]
      // Neighbouring points must differ.
      guard cells[index].width > 1e-12 * (1 + cells[index].points[4].magnitude) else {
        return false
      }
      return (fine - coarse).magnitude / 15 > tolerance * total || hidesPeak(index)
        || isTooWide(index, peak: shift)
    }
  }

  /// Whether ℓ at one of the points in this cell is no smaller than at both points beside it, and falls steeply in the cell.
  private func hidesPeak(_ index: Int) -> Bool {
    let logs = cells[index].logs
    guard cells[index].highest.isFinite, cells[index].highest - logs.min()! > Self.peakDrop else {
      return false
    }
    let before = index > 0 ? cells[index - 1].logs[3] : -.infinity
    let after = index < cells.count - 1 ? cells[index + 1].logs[1] : -.infinity
    let around = [before] + logs + [after]
    return logs.indices.contains { logs[$0] >= around[$0] && logs[$0] >= around[$0 + 2] }
  }

  /// Whether this cell, or one beside it, holds some of the integral, and it is wider than such cells may be.
  private func isTooWide(_ index: Int, peak: Double) -> Bool {
    let cell = cells[index]
    let distance = max(cell.points[0].magnitude, cell.points[4].magnitude)
    guard cell.width > widest * max(1, distance / 4) else { return false }
    return cells[max(0, index - 1)...min(cells.count - 1, index + 1)]
      .contains { $0.highest > peak - Self.negligible }
  }
}

extension AdaptiveDensity {
  /// What is known when no points are pending: points in order, ℓ there, the weights wᵢ with which ∫ e^ℓ f dy =
  /// Σ wᵢ e^ℓᵢ f(yᵢ), and by what share of it the integral may be wrong.
  struct Result {
    var points: [Double] = []
    var logs: [Double] = []
    var weights: [Double] = []
    var error = 0.0
  }

  /// The result; nil where e^ℓ is 0, or not finite, at all points.
  var result: Result? {
    let shift = peak
    guard shift.isFinite else { return nil }
    var result = Result()
    var (total, error) = (0.0, 0.0)
    for cell in cells {
      let (coarse, fine) = Self.rules(cell, shift: shift)
      total += fine
      error += (fine - coarse).magnitude / 15
      // The last point of a cell is the first of the next.
      let weights = [1.0, 4, 2, 4, 1].map { $0 * cell.width / 12 }
      if result.points.isEmpty {
        result.points = [cell.points[0]]
        result.logs = [cell.logs[0]]
        result.weights = [0]
      }
      result.weights[result.weights.count - 1] += weights[0]
      result.points += cell.points.dropFirst()
      result.logs += cell.logs.dropFirst()
      result.weights += weights.dropFirst()
    }
    guard total > 0 else { return nil }
    result.error = error / total
    return result
  }
}
