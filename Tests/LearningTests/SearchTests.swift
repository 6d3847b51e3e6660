import Flows
import Formats
import Foundation
import Tensors
import Testing

@testable import Learning

@Suite struct SearchTests {
  /// Two clusters, which an affine flow of one column cannot have.
  private static let table: Table = {
    let rows = 600
    let noise = RandomKey(seed: 11).normals(rows)
    return Table(
      columnNames: ["x"],
      values: (0..<rows).map { 0.3 * noise[$0] + ($0.isMultiple(of: 2) ? 2 : -2) })
  }()

  private static func plans(members: Int = 1, budget: Double? = nil) -> [FitPlan] {
    let architectures = [
      Architecture(.normal), Architecture(.realnvp, layers: 2, hidden: [8]),
      Architecture(.nsf, layers: 2, hidden: [8], bins: 6),
      Architecture(.maf, layers: 2, hidden: [8]),
      Architecture(.nsfar, layers: 1, hidden: [8], bins: 3),
    ]
    return architectures.map {
      var plan = FitPlan(rows: table.rowCount, features: 1, architecture: $0)
      plan.steps = 3000
      plan.members = members
      plan.timeBudget = budget
      plan.rate = 0.02
      return plan
    }
  }

  private static func fit(members: Int = 1, budget: Double? = nil) throws -> TableFit {
    let plans = plans(members: members, budget: budget)
    return try TableFit(
      table, columns: ["x"], plan: plans[0], alternatives: Array(plans.dropFirst()))
  }

  /// Goes through a search whose outcomes depend on candidate and round as `value` says.
  private func trials(
    _ search: ArchitectureSearch, _ value: (_ candidate: Int, _ round: Int) -> Double?
  ) -> (trials: [ArchitectureSearch.Trial], outcomes: [Double?]) {
    var trials: [ArchitectureSearch.Trial] = []
    var outcomes: [Double?] = []
    while let trial = search.trial(after: outcomes) {
      trials.append(trial)
      outcomes.append(value(trial.candidate, trial.round))
    }
    return (trials, outcomes)
  }

  @Test("each round keeps the better half, and the last one decides")
  func halving() {
    let search = ArchitectureSearch(candidates: Self.plans())
    #expect(search.roundSizes == [5, 3, 2])
    // Candidate 3 begins best, 1 comes first in the end; 0 diverges.
    let values: [[Double?]] = [[nil, 5, 2, 9, 4], [nil, 5, 2, 9, 6], [nil, 8, nil, 3, 7]]
    let (trials, outcomes) = trials(search) { values[$1][$0] }
    #expect(trials.map(\.candidate) == [0, 1, 2, 3, 4, 1, 3, 4, 3, 4])
    #expect(trials.map(\.round) == [0, 0, 0, 0, 0, 1, 1, 1, 2, 2])
    #expect(search.trialCount == trials.count)
    #expect(search.winner(outcomes) == 4)
    // Of equals, and where all diverge, the first.
    #expect(search.winner(self.trials(search) { _, _ in 1 }.outcomes) == 0)
    #expect(search.winner(self.trials(search) { _, _ in nil }.outcomes) == 0)
  }

  @Test("all rounds take equal shares, together two fifths", arguments: [2, 3, 5, 8])
  func effort(_ count: Int) {
    let candidates = Array(Self.plans(budget: 100).prefix(5)) + Self.plans(budget: 100).prefix(3)
    let search = ArchitectureSearch(candidates: Array(candidates.prefix(count)))
    let trials = trials(search) { candidate, _ in Double(candidate) }.trials
    let total = trials.reduce(0) { $0 + $1.plan.timeBudget! }
    #expect((total - 40).magnitude < 1e-9)
    for round in search.roundSizes.indices {
      let share = trials.filter { $0.round == round }.reduce(0) { $0 + $1.plan.timeBudget! }
      #expect((share - 40 / Double(search.roundSizes.count)).magnitude < 1e-9)
    }
  }

  @Test("trials and fit together take the steps of the fit alone", arguments: [2, 5, 8])
  func work(_ count: Int) {
    var plan = FitPlan(rows: 20_000, features: 3, architecture: Architecture(.nsf))
    let steps = plan.steps
    plan.makeRoomForSearch()
    let search = ArchitectureSearch(candidates: Array(repeating: plan, count: count))
    let trials = trials(search) { candidate, _ in Double(candidate) }.trials
    let total = trials.reduce(plan.steps) { $0 + $1.plan.steps }
    // Each number of steps is rounded down.
    #expect(total <= steps && total >= steps - trials.count - 2)
  }

  @Test("what suits the data wins, is trained in full, and is written down")
  func winner() throws {
    let learned = try Self.fit().run(pool: WorkerPool(count: 1))
    // Only splines can have two clusters in one column.
    #expect([.nsf, .nsfar].contains(learned.architecture.kind))
    let trials = try #require(learned.provenance.search)
    #expect(trials.count == 10)
    let last = trials.filter { $0.round == 3 }
    let best = last.max { $0.validation! < $1.validation! }
    #expect(learned.architecture == best?.architecture)
    var alone = Self.plans().first { $0.architecture == learned.architecture }!
    alone.seed = 0
    let single = try TableFit(Self.table, columns: ["x"], plan: alone)
      .run(pool: WorkerPool(count: 1))
    #expect(single.model.parameters == learned.model.parameters)
    let back = try LearnedDistribution(
      SafetensorsFile(decoding: learned.file.encoded, name: "m"), name: "m")
    #expect(back.provenance.search == trials)
  }

  @Test("an interrupted search ends in the same bytes")
  func interrupted() throws {
    let fit = try Self.fit(members: 2)
    let whole = try fit.run(pool: WorkerPool(count: 1)).file.encoded
    var steps = 0
    var files: [[UInt8]] = []
    let observer = FitObserver(
      afterStep: {
        steps += 1
        return steps.isMultiple(of: 333) ? .save : .goOn
      }, save: { files.append($0.file.encoded) })
    #expect(try fit.run(pool: WorkerPool(count: 1), observer: observer).file.encoded == whole)
    #expect(files.count > 6)
    for file in files {
      let checkpoint = try FitCheckpoint(
        SafetensorsFile(decoding: file, name: "c"), name: "c")
      #expect(try fit.run(pool: WorkerPool(count: 1), from: checkpoint).file.encoded == whole)
    }
    var forged = try FitCheckpoint(SafetensorsFile(decoding: files[3], name: "c"), name: "c")
    #expect(forged.trials.count > 1)
    forged.trials.swapAt(0, 1)
    #expect(throws: LearningError.unfitCheckpoint) {
      try fit.run(pool: WorkerPool(count: 1), from: forged)
    }
  }

  @Test("who stops during a search gets the best flow so far")
  func stopped() throws {
    var reports = 0
    let learned = try Self.fit().run {
      if case .trial(let number, of: 10) = $0.stage, number > 5 { reports += 1 }
      return reports > 0 ? .stop : .goOn
    }
    #expect([.nsf, .nsfar].contains(learned.architecture.kind))
    #expect(reports == 1)
  }

  @Test("a search needs rows that choose")
  func noValidation() {
    var plans = Self.plans()
    for index in plans.indices { plans[index].validationShare = 0 }
    #expect(throws: LearningError.noValidation) {
      try TableFit(
        Self.table, columns: ["x"], plan: plans[0], alternatives: Array(plans.dropFirst()))
    }
  }

  @Test("candidates differ, and all can be built", arguments: [100, 50_000], [2, 7])
  func candidates(_ rows: Int, _ features: Int) {
    let candidates = Architecture.candidates(rows: rows, features: features)
    #expect(Set(candidates).count == candidates.count)
    #expect(candidates[0] == FitPlan.architecture(rows: rows, features: features))
    #expect(candidates.allSatisfy { $0.isSound(features: features, context: 3) })
  }
}
