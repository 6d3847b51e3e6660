import Flows
import Tensors

extension TableFit {
  /// Leads a formula, whose parameters mean something, from where training ends to the maximum of the likelihood of the
  /// training rows.
  func climb(
    _ learned: inout LearnedDistribution, _ pool: WorkerPool
  ) throws(LearningError) {
    let surface = LikelihoodSurface(
      learned.model, rows: training.rows, weights: training.weights, pool: pool)
    let (values, maximum) = LikelihoodClimb(surface).maximum(from: learned.model.parameters.values)
    learned.model.parameters.values = values
    let model = learned.model
    learned.provenance.maximum = maximum.shifted(by: surface.weight * training.meanLogSlope)
    learned.provenance.validation = try validation(of: model, Scorer(model, pool: pool))
  }
}
