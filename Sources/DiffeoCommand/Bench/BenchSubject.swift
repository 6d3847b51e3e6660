import Flows
import Learning
import Tensors

/// A flow with random parameters, and random rows for it. All numbers are exact in single precision, so that the
/// same ones can be computed with in double.
struct BenchSubject {
  let architecture: Architecture
  /// The flow with its first parameters, which depend on the options alone.
  let model: Model
  /// The rows that are computed at once.
  let batch: Int

  init(_ architecture: Architecture, features: Int, batch: Int) {
    self.architecture = architecture
    self.batch = batch
    var model = Model(architecture.flow(features: features), key: RandomKey(seed: Self.seed))
    model.parameters.values = model.parameters.values.map { Double(Float($0)) }
    self.model = model
  }

  init(_ options: BenchOptions, for work: BenchWork) throws(CommandFailure) {
    self.init(
      try options.architecture(), features: options.features, batch: try options.rows(of: work))
  }

  static let seed: UInt64 = 0

  /// Rows from a standard normal distribution.
  func rows(_ count: Int) -> Batch {
    let numbers = RandomKey(seed: 1).normals(count * model.features)
    return Batch(features: model.features, numbers.map { Double(Float($0)) })
  }

  /// The same flow as a model file has it, of columns in their own units.
  var learned: LearnedDistribution {
    let scaling = ColumnScaling(map: .identity, mean: 0, deviation: 1)
    let names = (1...model.features).map { "x\($0)" }
    var learned = LearnedDistribution(
      columns: Columns(names: names, scalings: names.map { _ in scaling }),
      givenColumns: Columns(names: [], scalings: []), architecture: architecture,
      provenance: Provenance(seed: Self.seed))
    learned.model.parameters.values = model.parameters.values
    return learned
  }

  /// The number of parameters that are trained.
  var trainedCount: Int {
    model.parameters.declarations.reduce(0) { $0 + ($1.isTrained ? $1.count : 0) }
  }
}
