import Flows
import Tensors

/// How a table is learned. Equal plans, tables, threads and instruction sets give equal models, unless a
/// time budget decides how many steps there are.
public struct FitPlan: Hashable, Sendable, Codable {
  /// Which flow.
  public var architecture: Architecture
  /// Where first parameters, the split of the rows and their order come from.
  public var seed: UInt64 = 0
  /// The number of steps; fewer where the validation rows stop gaining.
  public var steps: Int
  /// Seconds to train for instead of a number of steps.
  public var timeBudget: Double?
  /// The rows of a step.
  public var batch: Int
  /// The longest step.
  public var rate = 5e-3
  /// Decoupled weight decay.
  public var decay = 1e-5
  /// A gradient whose norm is larger is scaled down to it.
  public var maximumNorm = 5.0
  /// The share of the steps in which the rate rises to its largest.
  public var warmUp = 0.02
  /// The share of the rows that are kept apart to choose the best parameters.
  public var validationShare = 0.1
  /// How many flows are trained, each from other first parameters, for the mean of their densities.
  public var members = 1

  /// A plan suited to a table: the more rows, the larger the flow and its batches. A formula, which has few parameters,
  /// learns from all rows: none are kept apart.
  ///
  /// - Parameters:
  ///   - rows: the number of rows.
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - architecture: which flow; chosen by the number of rows where it is nil.
  ///   - batch: the rows of a step; chosen by the number of rows where it is nil.
  public init(
    rows: Int, features: Int, context: Int = 0, architecture: Architecture? = nil,
    batch: Int? = nil
  ) {
    let chosen = architecture ?? FitPlan.architecture(rows: rows, features: features)
    self.architecture = chosen
    if chosen.formula != nil {
      // All rows decide in the end; steps only lead to where Newton's method begins.
      self.batch = batch ?? 256
      steps = 500
      (rate, decay, validationShare) = (2e-2, 0, 0)
      return
    }
    let batch = batch ?? (rows < 2_000 ? 32 : rows < 20_000 ? 64 : 128)
    self.batch = batch
    steps = FitPlan.steps(rows: rows, batch: batch, features, context, chosen)
  }

  /// A plan for a target, of which draws are made as needed.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - architecture: which flow; one with couplings, which is quick in both directions, where it is nil.
  ///   - batch: the draws of a step.
  public init(targetOf features: Int, architecture: Architecture? = nil, batch: Int? = nil) {
    self.architecture = architecture ?? FitPlan.architecture(targetOf: features)
    self.batch = batch ?? 256
    steps = 3000
    (decay, validationShare) = (0, 0)
  }

  /// Which flow suits a target.
  public static func architecture(targetOf features: Int) -> Architecture {
    Architecture(features == 1 ? .nsfar : .nsf, layers: features == 1 ? 2 : 6, hidden: [64, 64])
  }

  /// Takes fewer steps, so that the trials of a search and the fit together are as much work as the fit alone was.
  public mutating func makeRoomForSearch() {
    steps = max(1, Int(Double(steps) / (1 + ArchitectureSearch.share)))
  }

  /// The plan of one member: it takes all steps, but only its share of the time.
  var ofMember: FitPlan {
    var plan = self
    plan.timeBudget = timeBudget.map { $0 / Double(members) }
    return plan
  }

  /// Where the randomness of a member comes from. The first one is the same whatever their number.
  func key(ofMember number: Int) -> RandomKey {
    let key = RandomKey(seed: seed)
    // Smaller numbers are for what a single fit needs.
    return number == 0 ? key : key.split(UInt64(1000 + number))
  }

  /// Which flow suits a table. Depth pays more than width: eight layers of 64 learn 80 000 galaxies better than three
  /// of 64, three of 128 or five of 128 in the same time. Few rows take fewer parameters. In the plane, densities with
  /// edges and holes are usual, which take finer splines; in more dimensions these only cost steps.
  ///
  /// - Parameters:
  ///   - rows: the number of rows.
  ///   - features: D
  public static func architecture(rows: Int, features: Int) -> Architecture {
    guard rows >= 2_000 else { return Architecture(.nsfar, layers: 3, hidden: [32, 32], bins: 8) }
    return switch features {
    case 1: Architecture(.nsfar, layers: 3, hidden: [64, 64], bins: 8)
    case 2: Architecture(.nsfar, layers: 5, hidden: [64, 64], bins: 16)
    default: Architecture(.nsfar, layers: rows < 10_000 ? 5 : 8, hidden: [64, 64], bins: 8)
    }
  }

  /// The multiplications of all steps together: from one minute on two cores with AVX-512 to two with AVX2.
  private static let work = 5e12

  /// As many steps as the work allows, but at most 500 passes over the rows; at least 500 steps.
  private static func steps(
    rows: Int, batch: Int, _ features: Int, _ context: Int, _ architecture: Architecture
  ) -> Int {
    let model = Model(
      architecture.flow(features: features, context: context), key: .init(seed: 0))
    let workOfStep = 3 * Double(model.parameters.values.count) * Double(batch)
    let passes = 500 * max(1, rows / batch)
    return max(500, min(passes, Int(work / workOfStep)))
  }
}
