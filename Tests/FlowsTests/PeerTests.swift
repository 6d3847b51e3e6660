import Foundation
import Tensors
import Testing

@testable import Flows

/// Transforms, masks, orders and whole flows against those of Zuko, nflows and FlowJAX, whose own networks
/// computed the parameters. Diffeo's layers get them as a context.
@Suite("Flows of other libraries")
struct PeerTests {
  /// A difference as a multiple of what is allowed.
  private typealias Excess = Double

  @Test("layers have the same values and log-dets", arguments: PeerReference.names)
  func layers(name: String) throws {
    let reference = try PeerReference(named: name)
    var x = reference.x
    for (number, layer) in reference.layers.enumerated() {
      for precision in Precision.allCases {
        let excess = Self.excess(of: layer, x, precision)
        #expect(excess <= 1, "\(name), layer \(number), \(precision): \(excess)")
      }
      x = layer.output
    }
  }

  @Test("whole flows have the same densities", arguments: PeerReference.names)
  func densities(name: String) throws {
    let reference = try PeerReference(named: name)
    for precision in Precision.allCases {
      let excess = try Self.excess(of: reference, precision)
      #expect(excess <= 1, "\(name), \(precision): \(excess)")
    }
  }

  @Test("changed parameters are noticed", arguments: PeerReference.names)
  func changes(name: String) throws {
    let reference = try PeerReference(named: name)
    #expect(try Self.excess(of: reference, .double) <= 1)
    var x = reference.x
    for (number, layer) in reference.layers.enumerated() {
      for (what, changed) in layer.changes(by: 1e-5) {
        #expect(Self.excess(of: changed, x, .double) > 1, "\(name), layer \(number): \(what)")
      }
      x = layer.output
    }
  }

  /// Values, log-dets and preimages of one layer.
  private static func excess(
    of layer: PeerLayer, _ x: [[Double]], _ precision: Precision
  ) -> Excess {
    let bijector = layer.bijector
    let trial = Trial(bijector, Trial(bijector).parameters.passing(to: [layer]))
    let contexts = x.indices.map(layer.context)
    func images(_ direction: SplineDirection, _ rows: [[Double]]) -> [[Double]] {
      let executor = Executor(
        CompiledProgram(trial.program(direction), precision: precision),
        pool: WorkerPool(count: 1))
      let inputs = [rows.flatMap { $0 }] + (contexts[0].isEmpty ? [] : [contexts.flatMap { $0 }])
      return executor.values(
        rows: rows.count, inputs: inputs, parameters: trial.parameters.values
      ).outputs
    }
    let (forward, back) = (images(.forward, x), images(.inverse, layer.output))
    var worst = 0.0
    func compare(_ a: Double, _ b: Double, _ allowed: Double) {
      // NaN counts as too far.
      worst = max(worst, a == b ? 0 : ((a - b).magnitude / allowed).nanAsInfinity)
    }
    for row in x.indices {
      let bounds = layer.sensitivities(row: row, at: x[row], precision)
      for i in bounds.indices {
        let place = row * bounds.count + i
        compare(forward[0][place], layer.output[row][i], bounds[i].value)
        compare(back[0][place], x[row][i], bounds[i].preimage)
      }
      let logDet = bounds.reduce(0) { $0 + $1.logSlope }
      compare(forward[1][row], layer.logDet[row], logDet)
      let byPreimage = bounds.reduce(0) { $0 + $1.logSlopeByX * $1.preimage }
      compare(back[1][row], -layer.logDet[row], logDet + byPreimage)
    }
    return worst
  }

  /// The log-density of a whole flow; errors of a layer go on through those after it.
  private static func excess(
    of reference: PeerReference, _ precision: Precision
  ) throws -> Excess {
    let features = reference.x[0].count
    let total = reference.layers.reduce(0) { $0 + $1.contextFeatures }
    // Every layer sees the whole context, and picks its own part by the weights.
    let layers = reference.layers.map { $0.bijector.widened(context: total).inverted }
    var model = Model(
      Flow(base: StandardNormal(features), bijector: Chain(layers.reversed())),
      key: RandomKey(seed: 1), precision: precision)
    model.parameters = model.parameters.passing(to: reference.layers)
    let contexts = reference.x.indices.flatMap { row in
      reference.layers.flatMap { $0.context(row: row) }
    }
    let found = try model.logDensity(
      of: Batch(features: features, reference.x.flatMap { $0 }),
      given: Batch(features: total, contexts))
    return reference.x.indices.reduce(0) { worst, row in
      let allowed = reference.allowedError(row: row, precision)
      let difference = (found[row] - reference.logDensity[row]).magnitude
      return max(worst, (difference / allowed).nanAsInfinity)
    }
  }
}

extension Double {
  fileprivate var nanAsInfinity: Double { isNaN ? .infinity : self }
}

extension Bijector {
  /// A layer whose network sees a longer context.
  fileprivate func widened(context: Int) -> any Bijector {
    switch self {
    case let layer as Coupling:
      Coupling(
        mask: layer.mask, transform: layer.transform, network: layer.network, context: context)
    case let layer as Autoregressive:
      Autoregressive(
        layer.transform, dependencies: layer.dependencies, context: context,
        network: layer.network)
    default: self
    }
  }
}

extension ParameterSet {
  /// Weights with which the networks of the layers pass on each its own part of the context.
  fileprivate func passing(to layers: [PeerLayer]) -> ParameterSet {
    var (passing, start) = (self, 0)
    // The chain begins at the base.
    for (number, layer) in layers.enumerated() where layer.contextFeatures > 0 {
      let part = layers.count - 1 - number
      let prefix = layers.count > 1 ? "bijector.\(part).network." : "network."
      let bias = range(of: prefix + "outputBias")!
      let weights = range(of: prefix + "outputWeights")!
      passing.values.replaceSubrange(bias, with: bias.map { _ in 0 })
      passing.values.replaceSubrange(weights, with: weights.map { _ in 0 })
      let columns = weights.count / bias.count
      let total = layers.reduce(0) { $0 + $1.contextFeatures }
      for output in 0..<layer.contextFeatures {
        passing.values[
          weights.lowerBound + output * columns + columns - total + start + output] = 1
      }
      start += layer.contextFeatures
    }
    return passing
  }
}

extension PeerLayer {
  /// What may be off for each feature of the output.
  fileprivate func sensitivities(
    row: Int, at x: [Double], _ precision: Precision
  ) -> [PeerSensitivity] {
    var found = x.map { _ in PeerSensitivity() }
    for (place, feature) in owners.enumerated() {
      found[feature] = parameters!.sensitivity(
        row: row, feature: place, at: x[feature], FlowTolerance.epsilon(precision))
    }
    if precision == .float {
      // What passes is rounded.
      let unit = FlowTolerance.epsilon(precision)
      for i in found.indices {
        let (before, after) = (unit * x[i].magnitude, unit * output[row][i].magnitude)
        found[i].value += after + before * found[i].valueByX
        found[i].preimage += before + after
        found[i].logSlope += before * found[i].logSlopeByX
      }
    }
    return found
  }

  /// The layer with some of its numbers changed a little, by the name of these.
  fileprivate func changes(by share: Double) -> [(String, PeerLayer)] {
    func changed(_ change: (inout PeerParameters) -> Void) -> PeerLayer {
      var layer = self
      change(&layer.parameters!)
      return layer
    }
    func scaled(_ table: [[Double]]?) -> [[Double]]? { table?.map { $0.map { $0 * (1 + share) } } }
    // Only what lies between the ends.
    func inner(_ table: [[[Double]]]?) -> [[[Double]]]? {
      table?.map { row in
        row.map { knots in
          [knots[0]] + knots.dropFirst().dropLast().map { $0 + share * ($0 == 0 ? 1 : $0) }
            + [knots[knots.count - 1]]
        }
      }
    }
    guard let parameters else { return [] }
    if parameters.scale != nil {
      return [
        ("scales", changed { $0.scale = scaled($0.scale) }),
        ("shifts", changed { $0.shift = scaled($0.shift) }),
      ]
    }
    return [
      ("places", changed { $0.across = inner($0.across) }),
      ("heights", changed { $0.up = inner($0.up) }),
      ("slopes", changed { $0.slopes = inner($0.slopes) }),
    ]
  }
}

extension PeerReference {
  /// The error that rounding allows the log-density of a row.
  fileprivate func allowedError(row: Int, _ precision: Precision) -> Double {
    var (x, errors) = (self.x[row], self.x[row].map { _ in 0.0 })
    var allowed = 0.0
    for layer in layers {
      let bounds = layer.sensitivities(row: row, at: x, precision)
      allowed += zip(bounds, errors).reduce(0) { $0 + $1.0.logSlope + $1.0.logSlopeByX * $1.1 }
      let before = layer.order.map { order in order.map { errors[$0] } } ?? errors
      errors = zip(bounds, before).map { $0.value + $0.valueByX * $1 }
      x = layer.output[row]
    }
    let unit = FlowTolerance.units * FlowTolerance.epsilon(precision)
    let size = x.reduce(Double(x.count)) { $0 + $1 * $1 } + logDensity[row].magnitude
    return allowed + unit * size + zip(x, errors).reduce(0) { $0 + $1.0.magnitude * $1.1 }
  }
}
