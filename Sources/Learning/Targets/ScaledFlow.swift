import Flows
import Tensors

/// A flow followed by a learned shift and scale of each feature: a target says nothing of its place and its units before
/// it is fitted. What was learned of them becomes the scaling of columns, as data have it.
struct ScaledFlow {
  /// Both
  let whole: Flow
  private let line: Elementwise

  /// - Parameter flow: what comes first.
  init(_ flow: Flow) {
    line = Elementwise(AffineTransform(maximumLogScale: 20), features: flow.features)
    whole = Flow(base: flow.base, bijector: Chain([flow.bijector, line]))
  }

  /// The shift and the scale of each feature.
  ///
  /// - Parameter parameters: those of a model of the whole.
  func scalings(in parameters: ParameterSet) -> [(shift: Double, scale: Double)] {
    var model = Model(
      Flow(base: StandardNormal(line.features), bijector: line), key: RandomKey(seed: 0),
      precision: .double)
    restore(&model.parameters, from: parameters, part: 1)
    let count = line.features
    let ends = [Double](repeating: 0, count: count) + [Double](repeating: 1, count: count)
    // It is a flow, and these are finite rows of its width.
    let images = try! FlowMap(model, pool: WorkerPool(count: 1))!
      .forward(Batch(features: line.features, ends))
    return zip(images[0], images[1]).map { ($0, $1 - $0) }
  }

  /// Gives a model of one part its parameters.
  ///
  /// - Parameters:
  ///   - own: the parameters of a model of the flow alone, or of the line alone.
  ///   - parameters: those of a model of the whole.
  ///   - part: 0 for the flow, 1 for the line.
  func restore(_ own: inout ParameterSet, from parameters: ParameterSet, part: Int = 0) {
    let prefix = "bijector.\(part)."
    let arrays = parameters.arrays.filter { $0.name.hasPrefix(prefix) }.map {
      NamedArray(
        name: "bijector." + $0.name.dropFirst(prefix.count), dims: $0.dims, values: $0.values)
    }
    // A standard normal base has no parameters, so that these are all.
    try! own.restore(arrays)
  }
}
