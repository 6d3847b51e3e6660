internal import CKernels

extension Spline {
  /// The form as the kernels take it, for `features` splines.
  func kernelForm(features: Int) -> diffeo_spline {
    diffeo_spline(
      features: features, bins: bins, bound: bound, min_width: minimumBin, min_height: minimumBin,
      min_slope: minimumSlope, ends: kernelEnds)
  }

  private var kernelEnds: diffeo_spline_ends {
    switch ends {
    case .identity: DIFFEO_SPLINE_IDENTITY
    case .linear: DIFFEO_SPLINE_LINEAR
    case .circular: DIFFEO_SPLINE_CIRCULAR
    }
  }
}
