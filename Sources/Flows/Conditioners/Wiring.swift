import Tensors

/// Which units of a network may see which. Every unit has a label, which stands for a set of features that
/// it may depend on; a unit sees those whose sets are parts of its own (Germain, Gregor, Murray and
/// Larochelle 2015, for any graph of dependencies).
struct Wiring {
  /// The labels of the inputs.
  let inputs: [Int]
  /// The labels of the outputs.
  let outputs: [Int]
  /// The labels that hidden units have, ascending by degree.
  let hiddenLabels: [Int]
  /// The degree of each label: how many features, in their order, have to be known for its set.
  private let degrees: [Int]
  /// The set of each label.
  private let sets: [FeatureSet]

  /// Every unit sees every input.
  static func dense(inputs: Int) -> Wiring {
    Wiring(
      inputs: Array(repeating: 0, count: inputs), outputs: [], hiddenLabels: [0], degrees: [0],
      sets: [FeatureSet([], of: 0)])
  }

  /// An output sees the features on which its owner depends, and the context.
  ///
  /// - Parameters:
  ///   - graph: what the features depend on; the inputs are the features, then the context.
  ///   - context: C
  ///   - owners: for each output, the feature whose parameter it is.
  static func autoregressive(
    _ graph: DependencyGraph, context: Int, owners: [Int]
  ) -> Wiring {
    var labels = Labels(graph)
    let none = labels.label(of: [])
    let features = graph.parents.indices.map { labels.label(of: [$0]) }
    let parents = graph.parents.map { labels.label(of: $0) }
    // Without a context, units that see nothing are of no use; but there must be some.
    let used = Set(parents).subtracting(context > 0 ? [] : [none])
    let hidden =
      used.isEmpty ? [labels.label(of: Array(graph.parents.indices))] : labels.sorted(used)
    return Wiring(
      inputs: features + Array(repeating: none, count: context),
      outputs: owners.map { parents[$0] }, hiddenLabels: hidden, degrees: labels.degrees,
      sets: labels.sets)
  }

  /// The labels of a hidden layer, ascending by degree and as even as possible.
  func hidden(_ width: Int) -> [Int] {
    requireSome("hidden unit", width, atMost: mostUnits)
    return (0..<width).map { hiddenLabels[$0 * hiddenLabels.count / width] }
  }

  /// The degree of a unit.
  func degree(_ label: Int) -> Int { degrees[label] }

  /// W `[to, from]` and b `[to]` of a layer.
  func parameters(
    _ scope: Scope, _ name: String, from: [Int], to: [Int], gain: Double
  ) -> (weights: Tensor, bias: Tensor) {
    let bias = scope.parameter(name + ".bias", [to.count], .constant(0))
    return (weights(scope, name + ".weights", from: from, to: to, gain: gain), bias)
  }

  /// A matrix `[to, from]` that is to be masked; normal at first, with the variance
  /// gain²/(units seen).
  func weights(
    _ scope: Scope, _ name: String, from: [Int], to: [Int], gain: Double
  ) -> Tensor {
    let dims = [to.count, from.count]
    // Counting what is seen takes long where there are many units.
    if let declared = scope.declared(name, dims) { return declared }
    let seen = mask(from: from, to: to).reduce(0, +) / Double(to.count)
    return scope.parameter(name, dims, .normal(deviation: gain / max(1, seen).squareRoot()))
  }

  /// Those of the units with the given labels that a unit may see, by their numbers.
  func seen(by label: Int, among labels: [Int]) -> [Int] {
    labels.indices.filter { sees(label, labels[$0]) }
  }

  /// 1 where a unit may see another, else 0: `[to, from]`.
  func mask(from: [Int], to: [Int]) -> [Double] {
    to.flatMap { to in from.map { sees(to, $0) ? 1 : 0 } }
  }

  /// Whether the set of a label holds that of another one.
  private func sees(_ label: Int, _ other: Int) -> Bool {
    degrees[other] <= degrees[label] && sets[label].contains(sets[other])
  }
}

/// Labels for sets of features.
private struct Labels {
  private let graph: DependencyGraph
  private(set) var sets: [FeatureSet] = []
  private var numbers: [FeatureSet: Int] = [:]
  private(set) var degrees: [Int] = []

  init(_ graph: DependencyGraph) { self.graph = graph }

  /// The label of a set, the same for equal sets.
  mutating func label(of features: [Int]) -> Int {
    let positions = features.map { graph.positions[$0] }
    let set = FeatureSet(positions, of: graph.parents.count)
    if let known = numbers[set] { return known }
    numbers[set] = sets.count
    sets.append(set)
    degrees.append((positions.max() ?? -1) + 1)
    return sets.count - 1
  }

  /// By degree, and by their order of appearance.
  func sorted(_ labels: Set<Int>) -> [Int] {
    labels.sorted { (degrees[$0], $0) < (degrees[$1], $1) }
  }
}

/// A set of features, by their places in the order.
private struct FeatureSet: Hashable {
  private let words: [UInt64]
  /// Whether it holds all features up to its last one.
  private let isBeginning: Bool

  init(_ positions: [Int], of count: Int) {
    var words = [UInt64](repeating: 0, count: count / 64 + 1)
    for position in positions { words[position / 64] |= 1 << UInt64(position % 64) }
    self.words = words
    isBeginning = positions.count == (positions.max() ?? -1) + 1
  }

  /// Whether it holds a set of no higher degree.
  func contains(_ other: FeatureSet) -> Bool {
    isBeginning || zip(words, other.words).allSatisfy { $1 & ~$0 == 0 }
  }
}
