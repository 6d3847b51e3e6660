import Foundation
import Tensors

@testable import Flows

/// Whether samples follow a density in any number of dimensions, without its integral.
///
/// A sample x is moved along one axis to x', as likely as x' would be to x. If x has the density p, then
/// min(1, p(x')/p(x)) s(x, x') has mean 0 for every s with s(x', x) = -s(x, x'): what flows from one point to the
/// other flows back (Metropolis, Rosenbluth, Rosenbluth, Teller and Teller 1953). With s = ±1 its values lie in
/// [-1, 1], so that by Hoeffding's inequality a mean of n of them is beyond √(2 log(2/α)/n) with a chance of α.
struct DetailedBalance {
  let model: Model
  /// The same context in as many rows; nil without context.
  let context: (_ rows: Int) -> Batch?

  /// The samples that are moved along each axis.
  private static let rows = 8000

  /// The largest of the means, as a share of its bound: above 1 with a chance of ``FlowTolerance/falseAlarm`` for all
  /// means together where samples follow the density.
  func worst() throws -> (share: Double, what: String) {
    let features = model.features
    let means = try means()
    let chance = FlowTolerance.falseAlarm / Double(2 * means.count)
    var worst = (share: 0.0, what: "")
    for (what, mean, count) in means {
      let share = mean.magnitude / (-2 * log(chance) / Double(count)).squareRoot()
      if share > worst.share { worst = (share, "\(what) of \(features): \(mean)") }
    }
    return worst
  }

  private func means() throws -> [(what: String, mean: Double, count: Int)] {
    let features = model.features
    let count = Self.rows * features
    let places = try places()
    let x = try model.samples(count, key: RandomKey(seed: 41), given: context(count)).values
    let moved = moved(x, places)
    let (before, after) = (try logDensities(x), try logDensities(moved))
    return (0..<features).flatMap { axis in
      let neighbour = (axis + 1) % features
      /// What flows up in a function of a feature and its neighbour.
      func mean(
        _ what: String, _ function: (_ own: Double, _ other: Double) -> Double
      ) -> (what: String, mean: Double, count: Int) {
        let rows = stride(from: axis, to: count, by: features)
        let sum = rows.reduce(0.0) { sum, row in
          let other = x[row * features + neighbour] - places[neighbour].center
          let (old, new) = (x[row * features + axis], moved[row * features + axis])
          let center = places[axis].center
          let change = function(new - center, other) - function(old - center, other)
          let accepted = min(1, exp(after[row] - before[row]))
          return sum + (change > 0 ? accepted : change < 0 ? -accepted : 0)
        }
        return ("\(what) of feature \(axis)", sum / Double(Self.rows), Self.rows)
      }
      return [
        mean("place") { own, _ in own }, mean("distance") { own, _ in own.magnitude },
        mean("product with the next") { own, other in own * other },
      ]
    }
  }

  /// Each row along the axis of its number, by steps of all sizes from 6 spreads down to half of one.
  private func moved(_ x: [Double], _ places: [(center: Double, spread: Double)]) -> [Double] {
    var moved = x
    let numbers = RandomKey(seed: 42).uniforms(2 * x.count / model.features)
    for row in 0..<x.count / model.features {
      let axis = row % model.features
      let size = places[axis].spread * exp2(2.5 - 3.5 * numbers[2 * row])
      moved[row * model.features + axis] += size * (2 * numbers[2 * row + 1] - 1)
    }
    return moved
  }

  /// The median and half the distance of the quartiles of each feature, from other samples.
  private func places() throws -> [(center: Double, spread: Double)] {
    let count = 1000
    let pilot = try model.samples(count, key: RandomKey(seed: 40), given: context(count)).values
    return (0..<model.features).map { feature in
      let column = stride(from: feature, to: pilot.count, by: model.features).map { pilot[$0] }
        .sorted()
      return (column[count / 2], 0.5 * (column[3 * count / 4] - column[count / 4]))
    }
  }

  /// Where a row has density 0 or none, -∞.
  private func logDensities(_ rows: [Double]) throws -> [Double] {
    let batch = Batch(features: model.features, rows)
    return try model.logDensity(of: batch, given: context(batch.rows)).map {
      $0.isNaN ? -.infinity : $0
    }
  }
}
