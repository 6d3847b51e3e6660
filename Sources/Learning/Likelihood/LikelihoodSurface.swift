import Flows
import Tensors

/// L(θ) = Σ w log p(x) over rows, as a function of all parameters of a model, in `Double`.
struct LikelihoodSurface {
  /// Σ w
  let weight: Double
  private let rows: Int
  private let inputs: [[Double]]
  private let executor: Executor
  private let parameters: ParameterSet
  /// nil without weights
  private let scorer: Scorer?
  private let batch: Batch
  private let weights: [Double]?

  /// - Parameters:
  ///   - model: without context and states.
  ///   - rows: x
  ///   - weights: w, 1 on average; nil for 1.
  ///   - pool: the workers, on whose number the rounding depends.
  init(_ model: Model, rows: Batch, weights: [Double]?, pool: WorkerPool) {
    let (program, states) = model.trainingProgram(isWeighted: weights != nil)
    precondition(states.isEmpty, "a likelihood is a function of parameters, not of states")
    self.rows = rows.rows
    parameters = model.parameters
    self.weights = weights
    batch = rows
    scorer = weights.map { _ in Scorer(model, pool: pool) }
    weight = Double(rows.rows)
    inputs = [rows.values] + (weights.map { [$0] } ?? [])
    executor = Executor(CompiledProgram(program, precision: .double), pool: pool)
  }

  /// L and ∂L/∂θ; either may be no number where a density is 0.
  func value(at parameters: [Double]) -> (value: Double, gradient: [Double]) {
    let found = executor.values(rows: rows, inputs: inputs, parameters: parameters)
    return (-weight * found.outputs[0][0], found.gradients.map { -weight * $0 })
  }

  /// -∂²L/∂θ², from central differences of fourth order of the gradient.
  ///
  /// - Parameters:
  ///   - parameters: θ
  ///   - scales: for each parameter, how far log p of a single row is about a parabola.
  /// - Returns: the matrix, row by row; nil where a gradient is not finite.
  func information(at parameters: [Double], scales: [Double]) -> [[Double]]? {
    let columns = parameters.indices.map { column(at: parameters, $0, scale: scales[$0]) }
    guard columns.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
    return columns.indices.map { i in
      columns.indices.map { 0.5 * (columns[i][$0] + columns[$0][i]) }
    }
  }

  /// Σ w² s sᵀ, s = ∂ log p(x)/∂θ of each row from central differences of fourth order.
  ///
  /// - Parameters:
  ///   - parameters: θ
  ///   - scales: for each parameter, how far log p of a single row is about a parabola.
  /// - Returns: the matrix, row by row; nil without weights, and where a score is not finite.
  func scoreSum(at parameters: [Double], scales: [Double]) -> [[Double]]? {
    guard let weights, let scorer else { return nil }
    let scores = parameters.indices.map { index in
      Self.slopes(at: parameters, index, scale: scales[index]) { logDensities($0, scorer) }
    }
    guard scores.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
    return scores.map { first in
      scores.map { second in
        zip(weights, zip(first, second)).reduce(0) { $0 + $1.0 * $1.0 * $1.1.0 * $1.1.1 }
      }
    }
  }

  /// log p of each row.
  private func logDensities(_ values: [Double], _ scorer: Scorer) -> [Double] {
    var moved = parameters
    moved.values = values
    // The rows were learned from, so that the model takes them.
    return try! scorer.logDensity(of: batch, given: nil, with: moved)
  }

  /// -∂²L/∂θ∂θᵢ
  private func column(at parameters: [Double], _ index: Int, scale: Double) -> [Double] {
    Self.slopes(at: parameters, index, scale: scale) { value(at: $0).gradient }.map { -$0 }
  }

  /// ∂f/∂θᵢ of each number of f, from central differences of fourth order.
  private static func slopes(
    at parameters: [Double], _ index: Int, scale: Double, _ function: ([Double]) -> [Double]
  ) -> [Double] {
    // Truncation is about the fourth power of this; rounding is divided by it.
    let wanted = 2e-3 * scale
    // What is added without rounding.
    let step = (parameters[index] + wanted) - parameters[index]
    func values(_ steps: Double) -> [Double] {
      var moved = parameters
      moved[index] += steps * step
      return function(moved)
    }
    let (near, far) = (zip(values(1), values(-1)), zip(values(2), values(-2)))
    return zip(near, far).map { near, far in
      (8 * (near.0 - near.1) - (far.0 - far.1)) / (12 * step)
    }
  }
}
