import Tensors

/// The distribution of an integer N = round(X), X having the density of a curve: P(N = n) = F(n + ½) - F(n - ½).
public struct IntegerCurve: Hashable, Sendable {
  /// Σ n P(N = n)
  public let mean: Double
  /// √Σ (n - mean)² P(N = n)
  public let deviation: Double
  /// The n with the largest P(N = n)
  public let mode: Double

  private let curve: DensityCurve
  private let first: Double
  /// P(N = n) of n = `first` and those that follow; none where there are very many of them.
  private let masses: [Double]

  /// Beyond so many cells, a cell is so narrow that moments and intervals are those of X.
  private static let mostCells = 20_000.0

  init(_ curve: DensityCurve) {
    self.curve = curve
    // The sum has no negative zero.
    let ends = [curve.points[0], curve.points[curve.points.count - 1]].map { $0.rounded() + 0 }
    let first = ends[0]
    self.first = first
    guard ends[1] - first < Self.mostCells else {
      (self.mean, deviation, mode) = (curve.mean, curve.deviation, curve.mode.rounded() + 0)
      self.masses = []
      return
    }
    let values = (0...Int(ends[1] - first)).map { first + Double($0) }
    let masses = values.map {
      curve.probability(upTo: $0 + 0.5) - curve.probability(upTo: $0 - 0.5)
    }
    let mean = zip(values, masses).reduce(0) { $0 + $1.0 * $1.1 }
    let variance = zip(values, masses).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
    self.masses = masses
    self.mean = mean
    deviation = variance.squareRoot()
    mode = values[masses.indices.max { masses[$0] < masses[$1] }!]
  }

  /// P(N = n)
  ///
  /// - Parameter n: an integer.
  public func probability(of n: Double) -> Double { probability(from: n, through: n) }

  /// P(m ≤ N ≤ n)
  ///
  /// - Parameters:
  ///   - first: m, an integer.
  ///   - last: n, an integer that is no smaller.
  public func probability(from first: Double, through last: Double) -> Double {
    curve.probability(upTo: last + 0.5) - curve.probability(upTo: first - 0.5)
  }

  /// The smallest n with P(N ≤ n) ≥ p.
  ///
  /// - Parameter p: from 0 to 1.
  public func quantile(_ p: Double) -> Double { curve.quantile(p).rounded() + 0 }

  /// The shortest run of integers that holds at least this mass; of those as short, the likeliest.
  ///
  /// - Parameter mass: in (0, 1).
  public func shortestInterval(holding mass: Double) -> (lower: Double, upper: Double) {
    guard !masses.isEmpty else {
      let interval = curve.shortestInterval(holding: mass)
      return (interval.lower.rounded() + 0, interval.upper.rounded() + 0)
    }
    let sums = masses.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1) }
    let goal = min(mass, sums[sums.count - 1])
    var best = (start: 0, end: masses.count)
    var end = 0
    for start in masses.indices {
      while end < masses.count, sums[end] - sums[start] < goal { end += 1 }
      guard sums[end] - sums[start] >= goal else { break }
      let (length, shortest) = (end - start, best.end - best.start)
      let isLikelier = sums[end] - sums[start] > sums[best.end] - sums[best.start]
      if length < shortest || (length == shortest && isLikelier) { best = (start, end) }
    }
    return (first + Double(best.start), first + Double(best.end - 1))
  }
}
