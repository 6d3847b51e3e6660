import Tensors

// Anybody may write a bijector. What it makes of rows is looked at wherever it is used: a part of other extents would
// give densities that are wrong, and say nothing.

extension Bijector {
  /// f(z), once it is seen to have the features of z.
  func checkedForward(_ z: Tensor, _ scope: Scope) -> Image { checked(forward(z, scope), of: z) }

  /// f⁻¹(x), once it is seen to have the features of x.
  func checkedInverse(_ x: Tensor, _ scope: Scope) -> Image { checked(inverse(x, scope), of: x) }

  private func checked(_ image: Image, of x: Tensor) -> Image {
    require(
      image.value.shape.dims == x.shape.dims,
      "\(type(of: self)) makes \(image.value.shape) of \(x.shape); a bijector keeps the number of features"
    )
    if let shape = image.logDet.misfit(features: x.shape.count) {
      fatalError(
        "\(type(of: self)) of \(x.shape.count) features has log-slopes \(shape); they are one for each feature, or "
          + "a number for each row")
    }
    return image
  }

  /// Stops unless domain, codomain and what is unchanged are said of each feature.
  func requireSides() {
    requireFeatures(features)
    let counts = [domain.count, codomain.count, unchanged.count]
    require(
      counts.allSatisfy { $0 == features },
      "\(type(of: self)) of \(features) features says the domain of \(counts[0]), the codomain of \(counts[1]) and "
        + "of \(counts[2]) whether they are unchanged")
    let sources = unchanged.compactMap { $0 }
    require(
      sources.allSatisfy { 0..<features ~= $0 } && Set(sources).count == sources.count,
      "\(type(of: self)) of \(features) features leaves features \(sources) unchanged, counted from 0"
    )
  }
}

extension LogDet {
  /// The extents of a term that are those of no log-slopes of `features` features; nil for none.
  fileprivate func misfit(features: Int) -> Shape? {
    shapes.first { $0.dims.count > 1 || $0.count > features }
  }
}
