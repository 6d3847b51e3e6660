// A model that memory cannot hold is refused before anything of its size is made.

extension Shape {
  /// The most values of a tensor besides its rows, and of all parameters of a program.
  package static let largestCount = 100_000_000

  /// Stops where a tensor would have too many values.
  ///
  /// - Parameters:
  ///   - dims: its extents.
  ///   - what: what it is, for the message.
  package static func requireSize(_ dims: [Int], of what: @autoclosure () -> String) {
    require(dims.allSatisfy { $0 >= 0 }, "extents must not be negative: \(dims)")
    let count = dims.reduce(1 as Int?) { count, extent in
      count.flatMap { product in
        let (next, overflows) = product.multipliedReportingOverflow(by: extent)
        return overflows ? nil : next
      }
    }
    guard let count else {
      fatalError("\(what()) of extents \(dims) has more values than can be counted; \(advice)")
    }
    require(
      count <= largestCount,
      "\(what()) of extents \(dims) has \(count) values, \(memory(of: count)); \(advice)")
  }

  /// How much memory numbers take.
  static func memory(of count: Int) -> String {
    "\((Double(count) * 0.8e-6).rounded() / 100) GB"
  }

  /// What to do about too many values.
  static var advice: String {
    "there may be \(largestCount), \(memory(of: largestCount)): take fewer features, units, "
      + "components or layers"
  }
}
