internal import CKernels

/// The number format in which a program runs.
public enum Precision: Sendable, Hashable, CaseIterable {
  /// 32 bits, for learning and scoring.
  case float
  /// 64 bits, for checking and for formulas.
  case double

  /// The number of bytes of a value.
  public var bytes: Int { self == .float ? 4 : 8 }
}

/// A program as a list of kernel calls, with the place of every value planned: what an
/// ``Executor`` runs. Compiling generates no code; it takes well under a millisecond a layer.
public struct CompiledProgram: Sendable {
  /// What was compiled.
  public let program: Program
  /// The format of its numbers.
  public let precision: Precision
  let plan: Plan

  /// Plans `program` for one precision.
  public init(_ program: Program, precision: Precision = .float) {
    self.program = program
    self.precision = precision
    var lowering = Lowering(program)
    plan = lowering.finish()
  }

  /// The kernel calls, and how much memory they need.
  struct Plan: Sendable {
    /// Once a run, from the parameters.
    var prologue: [Step] = []
    /// For each tile.
    var tile: [Step] = []
    /// Once a run, from the sums over all rows.
    var epilogue: [Step] = []

    /// Features in a tile.
    var tileFeatures = 0
    /// Numbers that all rows share.
    var fixedCount = 0
    /// Numbers in the workers' sums over rows.
    var sumCount = 0
    /// Numbers in the workers' sums of outer products.
    var productCount = 0
    /// The matrices of dense layers, packed once a run.
    private(set) var packs: [Pack] = []

    var constants: [(offset: Int, values: [Double])] = []
    var rowCounts: [Int] = []
    var sums: [Sum] = []
    var products: [Sum] = []
    /// Where each output lies.
    var outputs: [Place] = []
    /// Where the gradient of each parameter lies.
    var gradients: [Place?] = []

    /// The number of a packed matrix, the same for the same matrix.
    mutating func number(of pack: Pack) -> Int {
      if let known = packs.firstIndex(of: pack) { return known }
      packs.append(pack)
      return packs.count - 1
    }
  }

  /// A matrix `[out, width]` to be packed for products W x, or Wᵀ x.
  struct Pack: Hashable, Sendable {
    let weights: Place
    let out: Int
    let width: Int
    let isTransposed: Bool
    /// Where W may be other than 0; nil for a full matrix.
    let nonzero: Staircase?
  }

  /// Sums over rows: where the workers keep them, and where their total goes in the fixed space.
  struct Sum: Sendable {
    let offset: Int
    let count: Int
    let target: Int
  }
}

extension Lowering {
  /// The plan with the places of the results.
  mutating func finish() -> CompiledProgram.Plan {
    var plan = self.plan
    plan.outputs = program.outputs.map { places[$0.node]! }
    plan.gradients = program.parameterGradients.map { $0.map { places[$0]! } }
    return plan
  }
}
