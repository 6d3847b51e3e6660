import Symbolics

/// Points that depend on the parameters as the border of a set does: on it, and to either side.
struct BorderPoints {
  let region: Region
  /// The set, as a condition on the region's coordinates.
  let predicate: Predicate
  let context: ProofContext

  /// Simple points with one coordinate put on the border of a comparison, 1 beside it, or halfway
  /// to an end of the coordinate's interval.
  var candidates: [[Expression]] {
    let known = context.parameterAssumptions
    var found: [[Expression]] = []
    for point in bases {
      for (position, symbol) in region.coordinates.enumerated() {
        let others = Dictionary(uniqueKeysWithValues: zip(region.coordinates, point))
          .filter { $0.key != symbol }
        for (left, right) in predicate.comparedPairs where (left - right).contains(symbol) {
          let difference = (left - right).substituting(others)
          guard let border = known.affineRoot(of: difference, in: symbol) else { continue }
          let ends = region.intervals[position].substituting(others)
          let beyond = [ends.lower.value, ends.upper.value].compactMap { $0 }
            .map { (border + $0) / 2 }
          for value in [border, border + 1, border - 1] + beyond {
            var next = point
            next[position] = value.simplified(under: known)
            found.append(next)
          }
        }
      }
    }
    return found
  }

  /// Simple points to start from; in one dimension any will do.
  private var bases: [[Expression]] {
    let count = region.coordinates.count
    return count == 1 ? [[.zero]] : context.points(of: region, 4)
  }
}
