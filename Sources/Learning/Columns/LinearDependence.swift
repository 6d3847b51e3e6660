public import Formats

/// c ≈ a₀ + Σ aᵢ xᵢ: a column that follows from others. Together they have no density, or one that lies on a plane
/// all but exactly.
public struct LinearDependence: Hashable, Sendable {
  /// A column and its factor.
  public struct Term: Hashable, Sendable {
    /// The name of xᵢ
    public let column: String
    /// aᵢ
    public let factor: Double
  }

  /// The name of c
  public let column: String
  /// aᵢ xᵢ, without those that change c by less than a thousandth of its deviation for one of xᵢ's.
  public let terms: [Term]
  /// a₀; 0 where it is less than rounding, or than what is left
  public let constant: Double
  /// The deviation of c - a₀ - Σ aᵢ xᵢ, as a share of that of c
  public let residual: Double
}

extension Table {
  /// Columns that follow from those before them, to within a ten-thousandth of their deviation: by orthogonalisation
  /// of up to 4000 rows (Gram and Schmidt, each column twice).
  ///
  /// - Parameters:
  ///   - names: the columns that are looked at, in this order.
  ///   - others: columns that they may follow from as well.
  /// - Returns: none for tables of more than 400 columns, or of few rows, in which chance makes dependences.
  public func linearDependences(
    of names: [String], after others: [String] = []
  ) -> [LinearDependence] {
    let all = others + names
    let complete = completeRows(in: all)
    guard !names.isEmpty, all.count <= 400, complete.count > 2 * all.count else { return [] }
    let count = min(
      complete.count, max(2 * all.count + 1, 4_000_000 / (all.count * all.count + 1000)))
    let rows = (0..<count).map { complete[$0 * complete.count / count] }
    var basis = ColumnBasis(rows: count)
    var found: [LinearDependence] = []
    for (index, name) in all.enumerated() {
      guard let column = column(named: name) else { continue }
      let dependence = basis.add(name, rows.map { column[$0] })
      if let dependence, index >= others.count { found.append(dependence) }
    }
    return found
  }
}

/// Columns that none of those before them determine, as combinations of vectors of length 1 at right angles.
private struct ColumnBasis {
  private let rows: Int
  private var names: [String] = []
  private var moments: [Moments] = []
  private var vectors: [[Double]] = []
  /// For each scaled column its parts along the vectors, its own included
  private var parts: [[Double]] = []

  private static let smallest = 1e-4
  private static let leastFactor = 1e-3

  init(rows: Int) { self.rows = rows }

  /// Adds a column, or says how it follows from those that are there.
  mutating func add(_ name: String, _ values: [Double]) -> LinearDependence? {
    let own = Moments(of: values)
    // What is constant, or too large for numbers, is noticed elsewhere.
    guard own.deviation > 0, own.deviation.isFinite else { return nil }
    let unit = own.deviation * Double(rows).squareRoot()
    var rest = values.map { ($0 - own.mean) / unit }
    var along = vectors.map { _ in 0.0 }
    for _ in 0..<2 {
      for (index, vector) in vectors.enumerated() {
        let part = Self.product(vector, rest)
        along[index] += part
        for row in rest.indices { rest[row] -= part * vector[row] }
      }
    }
    let length = Self.product(rest, rest).squareRoot()
    guard length < Self.smallest else {
      names.append(name)
      moments.append(own)
      vectors.append(rest.map { $0 / length })
      parts.append(along + [length])
      return nil
    }
    return dependence(name, own, along, residual: length)
  }

  private func dependence(
    _ name: String, _ own: Moments, _ along: [Double], residual: Double
  ) -> LinearDependence {
    var along = along
    var terms: [LinearDependence.Term] = []
    var (constant, size) = (own.mean, own.mean.magnitude)
    for index in along.indices.reversed() {
      let factor = along[index] / parts[index][index]
      for (other, part) in parts[index].enumerated() { along[other] -= factor * part }
      guard factor.magnitude >= Self.leastFactor else { continue }
      let scaled = factor * (own.deviation / moments[index].deviation)
      constant -= scaled * moments[index].mean
      size += (scaled * moments[index].mean).magnitude
      terms.insert(.init(column: names[index], factor: scaled), at: 0)
    }
    let isNothing = constant.magnitude <= max(1e-9 * size, residual * own.deviation)
    return LinearDependence(
      column: name, terms: terms, constant: isNothing ? 0 : constant, residual: residual)
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
