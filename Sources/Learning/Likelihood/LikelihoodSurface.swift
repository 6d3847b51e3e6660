import Flows
import Tensors

/// L(θ) = Σ w log p(x) over rows, as a function of all parameters of a model, in `Double`.
struct LikelihoodSurface {
  /// Σ w
  let weight: Double
  private let rows: Int
  private let inputs: [[Double]]
  private let executor: Executor

  /// - Parameters:
  ///   - model: without context and states.
  ///   - rows: x
  ///   - weights: w, 1 on average; nil for 1.
  ///   - pool: the workers, on whose number the rounding depends.
  init(_ model: Model, rows: Batch, weights: [Double]?, pool: WorkerPool) {
    let (program, states) = model.trainingProgram(isWeighted: weights != nil)
    precondition(states.isEmpty, "a likelihood is a function of parameters, not of states")
    self.rows = rows.rows
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

  private func column(at parameters: [Double], _ index: Int, scale: Double) -> [Double] {
    // Truncation is about the fourth power of this; rounding is divided by it.
    let wanted = 2e-3 * scale
    // What is added without rounding.
    let step = (parameters[index] + wanted) - parameters[index]
    func gradient(_ steps: Double) -> [Double] {
      var moved = parameters
      moved[index] += steps * step
      return value(at: moved).gradient
    }
    let (near, far) = (zip(gradient(1), gradient(-1)), zip(gradient(2), gradient(-2)))
    return zip(near, far).map { near, far in
      (8 * (near.1 - near.0) - (far.1 - far.0)) / (12 * step)
    }
  }
}
