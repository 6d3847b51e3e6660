import Tensors

/// Rows at a fixed place in memory, in the number format of a program.
final class StoredRows {
  let features: Int
  private let elements: BatchView.Elements
  private let memory: UnsafeMutableRawPointer

  /// A copy of `batch`.
  ///
  /// - Parameters:
  ///   - batch: the rows.
  ///   - precision: how the numbers are stored.
  init(_ batch: Batch, precision: Precision) {
    features = batch.features
    let values = batch.values
    switch precision {
    case .float:
      let start = UnsafeMutablePointer<Float>.allocate(capacity: max(1, values.count))
      for (index, value) in values.enumerated() { (start + index).initialize(to: Float(value)) }
      memory = UnsafeMutableRawPointer(start)
      elements = .float(start)
    case .double:
      let start = UnsafeMutablePointer<Double>.allocate(capacity: max(1, values.count))
      for (index, value) in values.enumerated() { (start + index).initialize(to: value) }
      memory = UnsafeMutableRawPointer(start)
      elements = .double(start)
    }
  }

  deinit { memory.deallocate() }

  /// Some of the rows, or all of them.
  ///
  /// - Parameter indices: which ones; nil for all.
  /// - Returns: them, as an executor reads them.
  func view(_ indices: UnsafePointer<Int32>? = nil) -> BatchView {
    BatchView(elements, stride: features, indices: indices)
  }
}
