import Tensors

extension ElementwiseTransform {
  /// f(x; θ), once it is seen to have the features of x.
  func checkedForward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    checked(forward(x, parameters), of: x)
  }

  /// f⁻¹(y; θ), once it is seen to have the features of y.
  func checkedInverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    checked(inverse(y, parameters), of: y)
  }

  private func checked(_ image: ElementwiseImage, of x: Tensor) -> ElementwiseImage {
    require(
      image.value.shape.dims == x.shape.dims,
      "\(type(of: self)) makes \(image.value.shape) of \(x.shape); a transform acts feature by feature"
    )
    return image
  }
}
