import Formats
import FormulaFits
import Learning
import Tensors

/// A learned model on the command line: where a command takes problems, it also takes the file of a model.
struct ModelArgument {
  let learned: LearnedDistribution
  let path: String

  /// The model in a file; nil where the file is of another kind, text for instance.
  init?(_ path: String, inDouble: Bool = false) throws(FormatError) {
    guard path != "-", try SafetensorsFile.isOne(path) else { return nil }
    let stored = try LearnedDistribution(contentsOf: path, formulas: .proving)
    learned = inDouble ? stored.computing(in: .double) : stored
    self.path = path
  }
}

/// The log-densities of a table's rows under a learned model, batch by batch.
struct ModelScorer: RowScorer {
  let name: String
  private let reader: TableReader
  private let scorer: TableScorer

  init(_ model: ModelArgument, data: TableReader, _ workers: Workers) {
    name = model.path
    reader = data
    scorer = TableScorer(model.learned, pool: workers.all)
  }

  func next() throws -> [[Double]]? {
    guard let table = try reader.nextBatch(maximumRows: DensityTable.batchRows) else { return nil }
    return try failing(of: reader.file) { [try scorer.logDensity(of: table)] }
  }
}

/// The log-densities of a table's rows under a learned model, and the shares of its samples that are less likely.
struct ModelRanker: RowScorer {
  let name: String
  let columnNames = ["logDensity", "quantile"]
  private let reader: TableReader
  private let ranks: LikelihoodRanks

  init(
    _ model: ModelArgument, data: TableReader, samples: Int, seed: UInt64, _ workers: Workers
  ) throws {
    name = model.path
    reader = data
    ranks = try failing(of: model.path) {
      try LikelihoodRanks(
        model.learned, samples: samples, key: RandomKey(seed: seed), pool: workers.all)
    }
  }

  func next() throws -> [[Double]]? {
    guard let table = try reader.nextBatch(maximumRows: DensityTable.batchRows) else { return nil }
    let found = try failing(of: reader.file) { try ranks.ranks(of: table) }
    return [found.logDensity, found.share]
  }
}

/// Rows with the given columns.
struct GivenRows {
  let rows: Table
  /// How many samples there are to be for each.
  let each: Int
  /// The file that they come from; nil for the command line.
  let file: String?
}

/// Samples of a learned model, batch by batch.
struct ModelSampler: RowSampler {
  let name: String
  private let learned: LearnedDistribution
  private let sampler: TableSampler
  private let key: RandomKey
  private let given: GivenRows?
  /// What samples are weighted for; nil for no weights.
  private let target: Target?
  private let pool: WorkerPool

  /// The column of the logarithms of weights.
  private static let weights = "logWeight"

  var columnNames: [String] { learned.columns.names + (target == nil ? [] : [Self.weights]) }

  /// - Parameters:
  ///   - model: what is sampled.
  ///   - seed: of the random numbers.
  ///   - given: what samples are given; nil without.
  ///   - target: what samples are weighted for; nil for no weights.
  ///   - workers: the threads.
  init(
    _ model: ModelArgument, seed: UInt64, given: GivenRows?, target: Target?, _ workers: Workers
  ) {
    name = model.path
    learned = model.learned
    key = RandomKey(seed: seed)
    self.given = given
    self.target = target
    pool = workers.all
    sampler = TableSampler(learned, pool: pool)
  }

  func columns(of rows: Range<Int>) throws -> [[Double]]? {
    // Repeated portion by portion, so that memory does not grow with the number of samples.
    let part = given.map { given in given.rows.keeping(rows.map { $0 / given.each }) }
    let samples = try failing(of: given?.file ?? name) {
      try sampler.samples(rows, key: key, given: part)
    }
    let columns = samples.columnNames.map { samples.column(named: $0)! }
    guard let target else { return columns }
    return columns
      + [try failing(of: name) { try learned.logWeights(of: samples, target: target, pool: pool) }]
  }
}
