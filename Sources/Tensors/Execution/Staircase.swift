internal import CKernels

/// For each row of a masked matrix, the columns between which all entries lie that may be other than
/// 0. Where units are sorted by what they may see, the ranges are the steps of a staircase.
struct Staircase: Hashable, Sendable {
  /// First and last column of each row, laid out as the kernels' `diffeo_range`.
  private let bounds: [UInt32]

  /// The staircase of a mask `[rows, columns]`; nil if nothing could be skipped.
  init?(mask: [Double], columns: Int) {
    guard mask.contains(0), columns > 0 else { return nil }
    bounds = stride(from: 0, to: mask.count, by: columns).flatMap { start -> [UInt32] in
      let row = mask[start..<start + columns]
      guard let first = row.firstIndex(where: { $0 != 0 }),
        let last = row.lastIndex(where: { $0 != 0 })
      else { return [0, 0] }
      return [UInt32(first - start), UInt32(last - start + 1)]
    }
  }

  /// Calls `body` with the ranges as kernels take them; nil stands for a full matrix.
  static func withRanges<Result>(
    _ staircase: Staircase?, _ body: (UnsafePointer<diffeo_range>?) -> Result
  ) -> Result {
    guard let staircase else { return body(nil) }
    return staircase.bounds.withUnsafeBytes {
      body($0.baseAddress!.assumingMemoryBound(to: diffeo_range.self))
    }
  }
}

extension Lowering {
  /// The staircase of a matrix that is multiplied by a constant mask. What is masked must be finite:
  /// where the mask is 0, so is the product.
  func staircase(of matrix: Int) -> Staircase? {
    let node = nodes[matrix]
    guard case .binary(.multiply) = node.operation, node.shape.dims.count == 2 else { return nil }
    for operand in node.operands {
      guard case .constant(let mask) = nodes[operand].operation,
        mask.values.count == node.shape.count
      else { continue }
      return Staircase(mask: mask.values, columns: node.shape.dims[1])
    }
    return nil
  }

  /// The staircase of the one product that a matrix is used for: other entries do not matter.
  func staircase(usedOf matrix: Int) -> Staircase? {
    guard uses[matrix] == 1,
      let user = nodes[matrix...].firstIndex(where: { $0.operands.contains(matrix) })
    else { return nil }
    return nodes[user].shape == nodes[matrix].shape ? staircase(of: user) : nil
  }
}
