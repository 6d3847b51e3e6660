import Tensors

/// For each feature, those on which its transform depends: a graph without cycles.
public struct DependencyGraph: Hashable, Sendable {
  /// parents[i] are the features on which feature i depends, ascending.
  public let parents: [[Int]]
  /// The features in an order in which each comes after those on which it depends.
  public let order: [Int]
  /// The place of each feature in the order.
  let positions: [Int]

  /// The given dependencies.
  ///
  /// - Parameter parents: for each feature, those on which it depends, in any order.
  public init(parents: [[Int]]) {
    let count = parents.count
    requireFeatures(count)
    for (feature, own) in parents.enumerated() {
      require(
        own.allSatisfy { (0..<count).contains($0) },
        "feature \(feature) depends on \(own), but there are \(count) features")
    }
    self.parents = parents.map { Array(Set($0)).sorted() }
    var order: [Int] = []
    var isKnown = Array(repeating: false, count: count)
    // Always the first feature whose parents are all known.
    while let next = (0..<count).first(where: { feature in
      !isKnown[feature] && parents[feature].allSatisfy { isKnown[$0] }
    }) {
      isKnown[next] = true
      order.append(next)
    }
    require(
      order.count == count,
      "features \((0..<count).filter { !isKnown[$0] }) depend on each other in a circle")
    self.order = order
    var positions = order
    for (position, feature) in order.enumerated() { positions[feature] = position }
    self.positions = positions
  }

  private init(_ parents: [[Int]], order: [Int]) {
    (self.parents, self.order, positions) = (parents, order, order)
  }

  /// Every feature depends on all before it.
  ///
  /// - Parameter features: D, at most 4000; other graphs may have more.
  /// - Returns: the graph of the natural order.
  public static func natural(_ features: Int) -> DependencyGraph {
    // There are D²/2 pairs.
    require(
      features <= 4000,
      "\(features) features, each depending on all before it, are too many; there may be 4000")
    requireFeatures(features)
    return DependencyGraph((0..<features).map { Array(0..<$0) }, order: Array(0..<features))
  }
}
