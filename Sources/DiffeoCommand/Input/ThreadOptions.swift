import ArgumentParser
import Tensors

/// How many threads compute rows, and where they run.
struct ThreadOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Threads that compute; by default one a processor that may be used. The order in which a fit adds up rows \
      depends on their number; no other answer does.
      """,
      valueName: "number"))
  var threads: Int?

  @Flag(
    name: .customLong("no-pin"),
    help: "Do not bind threads to processors, as when several commands run at once.")
  var isNotPinned = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads takes 1 to 1024, not \(threads).")
    }
  }
}

/// The threads of a command: there are none until so many rows come together that they are worth it.
final class Workers {
  private let options: ThreadOptions
  private var pool: WorkerPool?

  /// Starting threads takes as long as so many rows.
  private static let fewestRows = 2048

  init(_ options: ThreadOptions) { self.options = options }

  /// The threads that compute `rows` rows; nil for the caller alone.
  func pool(rows: Int) -> WorkerPool? { rows >= Self.fewestRows ? all : nil }

  /// All threads.
  var all: WorkerPool {
    if let pool { return pool }
    let pool = WorkerPool(count: options.threads)
    if !options.isNotPinned, pool.count > 1 { pool.pin() }
    self.pool = pool
    return pool
  }
}
