import Flows
import Tensors

/// What a fit computes from: equal identities lead to equal models.
struct FitIdentity: Hashable, Codable {
  let plan: FitPlan
  /// Those of a search.
  let candidates: [FitPlan]
  let columns: Columns
  let givenColumns: Columns
  /// The number of training and of validation rows.
  let rows: [Int]
  /// The fingerprint of all scaled rows.
  let data: UInt64
  let threads: Int

  /// The first thing that differs, as it was and as it is; nil where nothing does.
  func difference(from other: FitIdentity) -> String? {
    for (old, new) in zip(described, other.described) where old.value != new.value {
      return "\(old.name): \(old.value), now \(new.value)"
    }
    guard plan == other.plan, candidates == other.candidates else {
      return "a setting of the training"
    }
    return self == other ? nil : "the numbers in the table, or how their columns are mapped"
  }

  /// What can be said of it in words, the most telling first.
  private var described: [(name: String, value: String)] {
    [
      ("modelled columns", columns.names.joined(separator: ", ")),
      ("given columns", givenColumns.names.joined(separator: ", ")),
      ("number of rows", String(rows.reduce(0, +))),
      ("seed", String(plan.seed)),
      ("number of steps", String(plan.steps)),
      ("time budget in seconds", plan.timeBudget.map { "\($0)" } ?? "none"),
      ("flow", plan.architecture.summary),
      ("formula", plan.architecture.formula?.text ?? "none"),
      ("flows to try", candidates.map(\.architecture.summary).joined(separator: "; ")),
      ("bound", "\(plan.architecture.bound)"),
      ("number of members", String(plan.members)),
      ("rows of a step", String(plan.batch)),
      ("longest step", "\(plan.rate)"),
      ("share of validation rows", "\(plan.validationShare)"),
      ("number of threads", String(threads)),
    ]
  }
}

/// A hash of numbers that is the same in each run of the program: FNV-1a (Fowler, Noll and Vo) with 64 bits.
struct Fingerprint {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ numbers: [Double]) {
    add(UInt64(numbers.count))
    for number in numbers { add(number.bitPattern) }
  }

  private mutating func add(_ bits: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      value = (value ^ (bits >> shift & 0xFF)) &* 0x100_0000_01B3
    }
  }
}
