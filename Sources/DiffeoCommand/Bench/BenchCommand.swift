import ArgumentParser
import Formats
import Learning
import Tensors

/// `diffeo bench`: how long a flow of a given size takes on this machine.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "How fast flows train, score and sample on this machine.",
    discussion: """
      Times the same code as fit, score and sample, on random rows:

        train     a step of Adam on a batch, gradient included
        score     the log-densities of a batch
        sample    a batch of samples
        latency   the log-density of one row, the model being in memory
        startup   a new process, from its start to the first log-density of a
                  saved model ('diffeo score MODEL ROWS')

      After a warm-up each figure is taken several times; ms is the median of these,
      ms_min and ms_max are the least and the greatest. params counts trained numbers.
      gflops counts the multiply-adds of dense layers alone, those that masks leave,
      times two; a training step counts as three passes. rss_mb is the peak of the
      process's memory, in units of 10^6 bytes.

      Before anything is said, log-densities of some rows (of sample, also samples) are
      compared with their definition: the flow in basic operations, one number at a time,
      in double precision. max_difference is the greatest difference; one that rounding
      does not explain is an error.

      Examples:
        diffeo bench train --model nsf --features 6 --layers 5 --hidden 64
        diffeo bench score --model maf --features 21 --batch 1000000 --json
        diffeo bench latency --model realnvp --threads 1
      """)

  @Argument(help: "What is timed.")
  var work: BenchWork

  @OptionGroup var options: BenchOptions
  @OptionGroup var threads: ThreadOptions

  @Flag(help: "The answer as one JSON object on one line.")
  var json = false

  func run() throws {
    let subject = try BenchSubject(options, for: work)
    let progress = Progress("timing \(work.rawValue) …")
    defer { progress.finish() }
    let timer = CallTimer(repeats: options.repeats) { number in
      progress.update("timing \(work.rawValue): \(number) of \(options.repeats) …")
    }
    // Before the work: it binds this thread to one processor.
    let count = threads.threads ?? WorkerPool.usableProcessors
    let answer = try BenchAnswer(
      subject, options, work, work.measure(subject, timer, threads), threads: count)
    progress.finish()
    if json { return try Console.print(answer.json.line) }
    for line in answer.lines { try Console.print(line) }
  }
}

/// What is timed.
enum BenchWork: String, ExpressibleByArgument, CaseIterable {
  case train, score, sample, latency, startup

  /// The rows that are computed at once; nil where `--batch` says so.
  var fixedBatch: Int? { self == .latency || self == .startup ? 1 : nil }

  /// The rows that are computed at once where nothing else is said.
  var usualBatch: Int { self == .train ? 256 : 100_000 }
}

/// The flows that can be timed, by the names that `fit` has for them.
enum BenchModel: String, ExpressibleByArgument, CaseIterable {
  case realnvp, nsf, maf, nsfar

  var kind: Architecture.Kind {
    switch self {
    case .realnvp: .realnvp
    case .nsf: .nsf
    case .maf: .maf
    case .nsfar: .nsfar
    }
  }

  /// Whether it has splines, and `--bins` a meaning.
  var hasBins: Bool { self == .nsf || self == .nsfar }
}
