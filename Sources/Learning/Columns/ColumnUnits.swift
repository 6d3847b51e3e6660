import Flows
import Tensors

/// y = (x - m)/s for numbers m and s, feature by feature: what leads from a formula, which speaks of the data as they are, to
/// the scaled columns that all else in a model speaks of.
struct ColumnUnits: Bijector {
  let domain: [Interval]
  let codomain: [Interval]
  private let means: [Double]
  private let deviations: [Double]

  /// - Parameters:
  ///   - columns: m and s of each; no other map.
  ///   - domain: where x lies.
  init(_ columns: Columns, domain: [Interval]) {
    means = columns.scalings.map(\.mean)
    deviations = columns.scalings.map(\.deviation)
    self.domain = domain
    codomain = zip(domain, columns.scalings).map { interval, scaling in
      let ends = [interval.lower, interval.upper].map { ($0 - scaling.mean) / scaling.deviation }
      // Rounding can make the ends of a tiny interval far away one.
      return ends[0] < ends[1] ? Interval(ends[0], ends[1]) : .line
    }
  }

  var features: Int { means.count }

  func forward(_ x: Tensor, _ scope: Scope) -> Image {
    let (means, deviations) = numbers(x.trace)
    return Image((x - means) / deviations, LogDet(-log(deviations)))
  }

  func inverse(_ y: Tensor, _ scope: Scope) -> Image {
    let (means, deviations) = numbers(y.trace)
    return Image(means + deviations * y, LogDet(log(deviations)))
  }

  private func numbers(_ trace: Trace) -> (Tensor, Tensor) {
    (trace.constant(means, [features]), trace.constant(deviations, [features]))
  }
}

extension Architecture {
  /// The flow of scaled columns.
  func flow(of columns: Columns, context: Int) -> Flow {
    guard let formula else { return flow(features: columns.count, context: context) }
    let units = ColumnUnits(columns, domain: formula.flow.support)
    return Flow(base: formula.flow.base, bijector: Chain([formula.flow.bijector, units]))
  }
}
