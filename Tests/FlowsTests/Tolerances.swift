import Tensors

/// Tolerances of the laws, and where they come from.
enum FlowTolerance {
  /// Units of ε for a formula that a test writes out itself: sixteen operations in a row that are good to 4 units
  /// each, as functions and sums of eight terms are.
  static let units = 64.0
  /// The comparisons of all laws together, at the most.
  static let comparisons = 1e6

  /// Units of ε that results of programs, one run on what the other one gives, may be off by, counted at the largest
  /// number involved and multiplied by the condition number.
  ///
  /// To first order an error is Σₖ aₖ δₖ over all operations k, where |δₖ| ≤ cₖ ε is its rounding, as
  /// ``Program/squaredRoundings`` counts, and aₖ is what the result changes by; a program that is stable has none that
  /// matters more than what goes into it: |aₖ| is the condition number at the most. With roundings that are
  /// independent and 0 on average (Higham and Mary 2019), Hoeffding's inequality says that a sum exceeds
  /// λ √(Σ cₖ²) with a chance of 2 exp(-λ²/2), which for all comparisons together is ``falseAlarm``.
  /// These are 8 to 550 units, of which the laws were seen to use a third at the most; a wrong term in a formula takes
  /// some 10⁹.
  static func units(of programs: [Program]) -> Double {
    let squares = programs.reduce(0) { $0 + $1.squaredRoundings }
    let chance = falseAlarm / (2 * comparisons)
    return (-2 * UnaryFunction.logarithm.value(chance) * max(1, squares)).squareRoot()
  }

  /// The step of a central difference: the cube root of ε in Double.
  static let step = 6e-6
  /// step² times a third derivative of moderate size, and ε/step times the size of what is summed.
  static let difference = 4e-8
  /// How often the step is halved at the most: then rounding of numbers of the size 1 is at 2⁸ ε/step, a
  /// quarter of what is allowed above.
  static let halvings = 8
  /// The chance that a statistical test fails although samples follow the density. The keys are fixed,
  /// so that a test which has passed once passes always.
  static let falseAlarm = 1e-6

  static func epsilon(_ precision: Precision) -> Double {
    precision == .float ? Double(Float.ulpOfOne) : Double.ulpOfOne
  }
}

/// Matrices of numbers, for checks only.
struct Matrix {
  let size: Int
  var entries: [Double]

  /// The largest sum of magnitudes in a row.
  var norm: Double {
    (0..<size).map { row in
      (0..<size).reduce(0) { $0 + entries[row * size + $1].magnitude }
    }.max() ?? 0
  }

  /// log|det| and the inverse, by elimination with row exchanges.
  var logDetAndInverse: (logDet: Double, inverse: Matrix) {
    var a = entries
    var b = (0..<size * size).map { $0 % (size + 1) == 0 ? 1.0 : 0 }
    var logDet = 0.0
    for k in 0..<size {
      let pivot = (k..<size).max { a[$0 * size + k].magnitude < a[$1 * size + k].magnitude }!
      for j in 0..<size {
        a.swapAt(k * size + j, pivot * size + j)
        b.swapAt(k * size + j, pivot * size + j)
      }
      let divisor = a[k * size + k]
      logDet += UnaryFunction.logarithm.value(divisor.magnitude)
      for j in 0..<size {
        a[k * size + j] /= divisor
        b[k * size + j] /= divisor
      }
      for row in 0..<size where row != k {
        let factor = a[row * size + k]
        for j in 0..<size {
          a[row * size + j] -= factor * a[k * size + j]
          b[row * size + j] -= factor * b[k * size + j]
        }
      }
    }
    return (logDet, Matrix(size: size, entries: b))
  }
}
