import Foundation
import Tensors

@testable import Flows

/// What a flow of another library computes for a few rows, layer by layer from data to base. The files
/// are made by `Scripts/peers/run`.
struct PeerReference: Decodable, Sendable {
  let source: String
  let x: [[Double]]
  var layers: [PeerLayer]
  let logDensity: [Double]

  static let names = ["zuko", "nflows", "flowjax"].flatMap { peer in
    ["realnvp", "maf", "coupling-spline", "autoregressive-spline"].map { "\(peer)-\($0)" }
  }

  init(named name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/peers/\(name).json")
    self = try JSONDecoder().decode(PeerReference.self, from: Data(contentsOf: file))
  }
}

/// y = f(x) with f from data to base.
struct PeerLayer: Decodable, Sendable {
  enum Kind: String, Decodable { case permutation, coupling, autoregressive }

  let kind: Kind
  /// Feature i of y is feature order[i] of x.
  let order: [Int]?
  /// The features that a coupling transforms.
  let moved: [Int]?
  /// The features on which each feature's parameters depend.
  let parents: [[Int]]?
  var parameters: PeerParameters?
  let output: [[Double]]
  let logDet: [Double]

  /// The features that have parameters.
  var owners: [Int] { moved ?? parents.map { Array($0.indices) } ?? [] }

  /// f as Diffeo's layer of the same kind whose parameters are what the context says; but for a
  /// permutation.
  var bijector: any Bijector {
    let features = output[0].count
    let given = Perceptron(hidden: [])
    switch kind {
    case .permutation: return Permutation(order!)
    case .coupling:
      return Coupling(
        mask: (0..<features).map { moved!.contains($0) }, transform: parameters!.transform,
        network: given, context: contextFeatures)
    case .autoregressive:
      return Autoregressive(
        parameters!.transform, dependencies: DependencyGraph(parents: parents!),
        context: contextFeatures, network: given)
    }
  }

  /// C, one for each unconstrained parameter
  var contextFeatures: Int { owners.count * (parameters?.transform.parameterCount ?? 0) }

  /// The unconstrained parameters of a row in the layout of the transform.
  func context(row: Int) -> [Double] {
    guard let parameters else { return [] }
    let each = owners.indices.map { parameters.unconstrained(row: row, feature: $0) }
    return switch parameters.transform.layout {
    case .byFeature: each.flatMap { $0 }
    case .byParameter: each[0].indices.flatMap { number in each.map { $0[number] } }
    }
  }
}

/// The constrained values of a layer's transform: rows of numbers for each feature that it transforms.
struct PeerParameters: Decodable, Sendable {
  // y = scale x + shift
  var scale: [[Double]]?
  var shift: [[Double]]?
  // Knots of splines, K + 1 for each feature, and the bound.
  var across: [[[Double]]]?
  var up: [[[Double]]]?
  var slopes: [[[Double]]]?
  let bound: Double?

  /// The least bin and slope that Diffeo's spline allows, below those of all peers.
  private static let least = 1e-5
  private static let maximumLogScale = 8.0

  var transform: any ElementwiseTransform {
    guard let across, let bound else {
      return AffineTransform(maximumLogScale: Self.maximumLogScale)
    }
    return RationalQuadraticTransform(
      Spline(
        bins: across[0][0].count - 1, bound: bound, ends: ends, minimumBin: Self.least,
        minimumSlope: Self.least))
  }

  /// Slopes that are all 1 at the ends belong to the identity outside.
  private var ends: SplineEnds {
    let isIdentity = slopes!.joined().allSatisfy {
      ($0[0] - 1).magnitude < 1e-15 && ($0[$0.count - 1] - 1).magnitude < 1e-15
    }
    return isIdentity ? .identity : .linear
  }

  /// What Diffeo's own constraints turn into these values.
  func unconstrained(row: Int, feature: Int) -> [Double] {
    guard let across, let up, let slopes, let bound else {
      let c = Self.maximumLogScale
      return [shift![row][feature], c * atanh(log(scale![row][feature]) / c)]
    }
    func sizes(_ knots: [Double]) -> [Double] {
      let free = 1 - Self.least * Double(knots.count - 1)
      return zip(knots, knots.dropFirst()).map {
        log((($1 - $0) / (2 * bound) - Self.least) / free)
      }
    }
    // softplus(u + shift) + least, where u = 0 is slope 1.
    let all = slopes[row][feature].map {
      log(expm1($0 - Self.least)) - log(expm1(1 - Self.least))
    }
    return sizes(across[row][feature]) + sizes(up[row][feature])
      + (ends == .identity ? all.dropFirst().dropLast() : all[...])
  }
}

// MARK: - Errors

/// By how much a value y of one feature, its log-slope and its preimage may be off for an ε of the number
/// format, and what an error of x does to y and to the log-slope.
struct PeerSensitivity {
  var value = 0.0
  var logSlope = 0.0
  var preimage = 0.0
  var valueByX = 1.0
  var logSlopeByX = 0.0
}

extension PeerParameters {
  /// First-order bounds for numbers that are off by a few ε: those of the constrained values, which go
  /// through the constraints of two libraries, and of what is summed.
  func sensitivity(row: Int, feature: Int, at x: Double, _ epsilon: Double) -> PeerSensitivity {
    let unit = FlowTolerance.units * epsilon
    guard let across, let up, let slopes, let bound else {
      let (a, b) = (scale![row][feature], shift![row][feature])
      let size = a * x.magnitude + b.magnitude
      return PeerSensitivity(
        value: unit * (1 + log(a).magnitude) * size, logSlope: unit * (1 + log(a).magnitude),
        preimage: unit * (1 + log(a).magnitude) * (size + b.magnitude) / a, valueByX: a)
    }
    guard x.magnitude < bound else {
      // The identity: FlowJAX's splines, which have other ends, are given no such x.
      return PeerSensitivity(value: unit * x.magnitude, preimage: unit * x.magnitude)
    }
    let knots = across[row][feature]
    let bin = knots.lastIndex { $0 <= x }!
    let width = knots[bin + 1] - knots[bin]
    let height = up[row][feature][bin + 1] - up[row][feature][bin]
    let all = [height / width, slopes[row][feature][bin], slopes[row][feature][bin + 1]]
    let (least, most) = (all.min()!, all.max()!)
    // The slope is s² N/M² with means N and M of the three: it lies within these, and its logarithm
    // changes with the place in the bin by 6 most/least at the most.
    let (low, high) = (least * least * least / (most * most), most * most * most / (least * least))
    let place = unit * bound * (1 / width + 1 / height)
    return PeerSensitivity(
      value: unit * bound * (1 + high), logSlope: 6 * place * most / least,
      preimage: unit * bound * (1 + 1 / low), valueByX: high,
      logSlopeByX: 6 * most / least / width)
  }
}
