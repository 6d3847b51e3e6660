public import Tensors

/// xᵢ = e^sᵢ zᵢ + gᵢ(z₁, …, zᵢ, c) with g from a network of tanh units whose weights are block-triangular and,
/// from zᵢ to xᵢ, positive (block neural autoregressive flows; De Cao, Aziz and Titov 2019).
///
/// The straight line makes it onto ℝ, which bounded units alone are not. Slopes are sums over paths, as
/// logarithms. Forward costs one pass; the inverse one pass, feature by feature, and a numerical root of
/// each feature's own units, with implicit gradients.
public struct BlockAutoregressive: Bijector {
  /// D
  public let features: Int
  /// C
  public let contextFeatures: Int
  /// The number of units of a feature in each hidden layer.
  public let width: Int
  /// The number of hidden layers.
  public let depth: Int

  /// A layer in the natural order of the features.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C
  ///   - width: units of a feature in each hidden layer.
  ///   - depth: hidden layers.
  public init(features: Int, context: Int = 0, width: Int = 8, depth: Int = 2) {
    requireFeatures(features)
    requireSome("unit", width)
    requireSome("hidden layer", depth, atMost: mostLayers)
    self.features = features
    contextFeatures = context
    self.width = width
    self.depth = depth
  }

  /// All features at once
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    var (units, logSlope): (Tensor, Tensor?) = (z, nil)
    for (number, layer) in parts.layers.enumerated() {
      let sums = layer.matrix.matmul(units) + layer.bias
      let own = layer.logSlope(after: logSlope)
      if number < depth {
        let all = number == 0 ? parts.fromContext.map { sums + $0 } ?? sums : sums
        units = tanh(all)
        logSlope = own - 2 * logCosh(all)
      } else {
        units = sums + z * exp(parts.logScale)
        logSlope = own + softplus(parts.logScale - own)
      }
    }
    return Image(units, LogDet(logSlope!))
  }

  /// One feature after the other: what earlier ones contribute to its units is known, and the root of an
  /// increasing function of it remains.
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let parts = parts(scope)
    var known: [Tensor?] = parts.layers.map { _ in nil }
    var (values, logSlopes): ([Tensor], [Tensor]) = ([], [])
    for feature in 0..<features {
      var offsets = parts.layers.indices.map { parts.layers[$0].offset(feature, known[$0]) }
      if let context = parts.fromContext {
        offsets[0] = offsets[0] + context.slice(feature * width..<(feature + 1) * width)
      }
      let own = FeatureUnits(
        logBlocks: parts.layers.map { $0.logBlocks(of: feature) }, offsets: offsets,
        logScale: parts.logScale.slice(feature..<feature + 1))
      let z = own.root(x.slice(feature..<feature + 1))
      let sums = own.sums(z)
      for (number, units) in ([z] + sums.dropLast().map { tanh($0) }).enumerated() {
        known[number] = known[number].map { Tensor.concatenated([$0, units]) } ?? units
      }
      values.append(z)
      logSlopes.append(-own.logSlope(sums))
    }
    return Image(Tensor.concatenated(values), LogDet(Tensor.concatenated(logSlopes)))
  }

  private struct Parts {
    let layers: [BlockLayer]
    let logScale: Tensor
    /// What the context adds to the units of the first hidden layer.
    let fromContext: Tensor?
  }

  private func parts(_ scope: Scope) -> Parts {
    let widths = [1] + Array(repeating: width, count: depth) + [1]
    let layers = (0...depth).map { number in
      BlockLayer(
        scope.child("\(number)"), features: features, from: widths[number], to: widths[number + 1])
    }
    let logScale = scope.parameter("logScale", [features], .constant(-0.7)).softlyBounded(5)
    let fromContext = scope.required(contextFeatures).map { context in
      scope.parameter(
        "contextWeights", [features * width, contextFeatures], .normal(deviation: 0.1)
      ).matmul(context)
    }
    return Parts(layers: layers, logScale: logScale, fromContext: fromContext)
  }
}

/// A layer from `from` units of each feature to `to` units of each.
private struct BlockLayer {
  let features, from, to: Int
  /// Of which the blocks from earlier features are used, `[D to, D from]`.
  private let weights: Tensor
  /// The logarithms of the weights from a feature to itself, `[D to, from]`.
  private let logBlocks: Tensor
  /// `[D to]`
  let bias: Tensor

  init(_ scope: Scope, features: Int, from: Int, to: Int) {
    (self.features, self.from, self.to) = (features, from, to)
    weights = scope.parameter(
      "weights", [features * to, features * from],
      .normal(deviation: 0.3 / Double(max(1, features * from)).squareRoot()))
    logBlocks = scope.parameter(
      "logBlocks", [features * to, from],
      .constant(-UnaryFunction.logarithm.value(Double(from)))
    ).softlyBounded(5)
    bias = scope.parameter("bias", [features * to], .normal(deviation: to > 1 ? 1 : 0))
  }

  /// The whole matrix, `[D to, D from]`.
  var matrix: Tensor {
    let places = (0..<features * to).flatMap { row in
      (0..<features * from).map { column in (row, column) }
    }
    let mask = places.map { row, column in column / from < row / to ? 1.0 : 0 }
    let blocks = Tensor.concatenated([
      exp(logBlocks).reshaped(features * to * from), bias.trace.constant([0], [1]),
    ])
    let indices = places.map { row, column in
      column / from == row / to ? row * from + column % from : features * to * from
    }
    let dims = weights.shape.dims
    return weights.masked(mask) + blocks.selecting(indices).reshaped(dims)
  }

  /// log Σ exp over the paths to each unit, `[D to]`, from those to the units before, `[D from]`.
  func logSlope(after before: Tensor?) -> Tensor {
    guard let before else { return logBlocks.reshaped(features * to) }
    let indices = (0..<features * to).flatMap { row in
      (0..<from).map { row / to * from + $0 }
    }
    return (before.selecting(indices).reshaped(features * to, from) + logBlocks).logSumExp()
  }

  /// What earlier features and the bias contribute to the units of a feature, `[B, to]`.
  func offset(_ feature: Int, _ known: Tensor?) -> Tensor {
    let own = bias.slice(feature * to..<(feature + 1) * to)
    guard let known else { return own }
    let block = weights.slice(feature * to..<(feature + 1) * to).columns(0..<feature * from)
    return block.matmul(known) + own
  }

  func logBlocks(of feature: Int) -> Tensor {
    logBlocks.slice(feature * to..<(feature + 1) * to)
  }
}

/// The units of one feature as functions of it, with what earlier features contribute.
private struct FeatureUnits {
  /// `[to, from]` of each layer
  let logBlocks: [Tensor]
  /// `[B, to]` of each layer
  let offsets: [Tensor]
  /// `[1]`
  let logScale: Tensor

  /// The units of each layer before the activation; those of the last one are the image.
  func sums(_ z: Tensor) -> [Tensor] {
    FeatureUnits.sums(z, logBlocks.map { exp($0) }, offsets, exp(logScale))
  }

  private static func sums(
    _ z: Tensor, _ blocks: [Tensor], _ offsets: [Tensor], _ scale: Tensor
  ) -> [Tensor] {
    var (units, sums): (Tensor, [Tensor]) = (z, [])
    for (number, (block, offset)) in zip(blocks, offsets).enumerated() {
      let sum = block.matmul(units) + offset
      sums.append(number == blocks.count - 1 ? sum + z * scale : sum)
      units = tanh(sum)
    }
    return sums
  }

  /// The logarithm of the slope where units are these.
  func logSlope(_ sums: [Tensor]) -> Tensor {
    var logSlope = logBlocks[0].reshaped(logBlocks[0].shape.count)
    for (sum, block) in zip(sums, logBlocks.dropFirst()) {
      let paths = logSlope - 2 * logCosh(sum)
      logSlope = (paths.tiled(block.shape.dims[0]) + block).logSumExp()
    }
    return logSlope + softplus(logScale - logSlope)
  }

  /// The z whose image is x.
  func root(_ x: Tensor) -> Tensor {
    let blocks = logBlocks.map { exp($0) }
    let scale = exp(logScale)
    // Units of the last hidden layer lie within ±1.
    let line = (x - offsets[offsets.count - 1]) / scale
    let margin = 1.01 * blocks[blocks.count - 1].sum() / scale + 1e-3 * (1 + abs(line))
    return Tensor.solved(
      between: (line - margin).withoutGradient, and: (line + margin).withoutGradient,
      captured: [x, scale] + blocks + offsets, tolerance: 0
    ) { z, captured in
      let own = captured.dropFirst(2)
      let sums = FeatureUnits.sums(
        z, Array(own.prefix(blocks.count)), Array(own.dropFirst(blocks.count)), captured[1])
      return sums[sums.count - 1] - captured[0]
    }
  }
}
