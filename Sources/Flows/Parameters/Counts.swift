import Tensors

/// The most features of a row, and of a context.
let mostFeatures = 100_000
/// The most units of a layer of a network.
let mostUnits = 100_000
/// The most layers, blocks and components that are recorded one after the other.
let mostLayers = 1000

/// Stops unless there is a feature, and no more of them than a model can have.
///
/// - Parameter features: D
func requireFeatures(_ features: Int) {
  requireSome("feature", features, atMost: mostFeatures)
}

/// Stops unless a context is one that a model can have.
///
/// - Parameters:
///   - what: whose context it is, for the message.
///   - counts: C of its parts; 0 for none.
func requireContext(of what: String, _ counts: [Int]) {
  require(counts.allSatisfy { $0 >= 0 }, "\(what): contexts of \(counts) features; 0 is for none")
  require(
    counts.allSatisfy { $0 <= mostFeatures },
    "\(what): contexts of \(counts) features; there may be \(mostFeatures)")
}
