import Tensors

// As for bijectors: what a distribution makes of rows is looked at wherever it is used.

extension Distribution {
  /// log p(x), once it is seen to be a number for each row.
  func checkedLogDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    let found = logDensity(x, scope)
    require(
      found.shape.dims.isEmpty,
      "\(type(of: self)) has log-densities \(found.shape); they are a number for each row, the sum over features"
    )
    return found
  }

  /// A sample for each row, once it is seen to have D features.
  func checkedSample(_ noise: Noise, _ scope: Scope) -> Tensor {
    let found = sample(noise, scope)
    require(
      found.shape.dims == [features],
      "\(type(of: self)) of \(features) features makes samples \(found.shape)")
    return found
  }

  /// Stops unless the support is said of each feature.
  func requireSides() {
    requireFeatures(features)
    require(
      support.count == features,
      "\(type(of: self)) of \(features) features says the support of \(support.count)")
  }
}
