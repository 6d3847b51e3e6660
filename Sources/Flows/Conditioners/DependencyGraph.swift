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
    order = DependencyGraph.order(self.parents)
    let rest = Set(0..<count).subtracting(order)
    require(rest.isEmpty, "features \(rest.sorted()) depend on each other in a circle")
    var positions = order
    for (position, feature) in order.enumerated() { positions[feature] = position }
    self.positions = positions
  }

  /// Always the first feature whose parents are all known, as far as there is one.
  private static func order(_ parents: [[Int]]) -> [Int] {
    var children = parents.map { _ in [Int]() }
    for (feature, own) in parents.enumerated() {
      for parent in own { children[parent].append(feature) }
    }
    var unknown = parents.map(\.count)
    var isKnown = parents.map { _ in false }
    var (order, next): ([Int], Int) = ([], 0)
    while next < parents.count {
      guard !isKnown[next], unknown[next] == 0 else {
        next += 1
        continue
      }
      isKnown[next] = true
      order.append(next)
      for child in children[next] { unknown[child] -= 1 }
      // None before it was ready, and so none is but its children.
      next = min(next + 1, children[next].first { unknown[$0] == 0 } ?? next + 1)
    }
    return order
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
