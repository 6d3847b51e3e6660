import Evaluation
import Synchronization
import Tensors

/// A table of rows computed in pieces, by as many threads as there are.
enum RowPieces {
  /// The rows of a piece: enough that handing it out costs nothing, few enough that threads end
  /// together.
  static let rows = 512

  private typealias Piece = Result<[[Double]]?, EvaluationError>

  /// The columns of `compute` for all rows, those of its pieces joined. Fewer rows than two pieces, or
  /// no pool, are computed by the caller.
  ///
  /// - Parameters:
  ///   - rows: the number of rows.
  ///   - pool: the threads that take part; nil for none but the caller.
  ///   - compute: the columns of some rows, which depend on these rows alone.
  /// - Throws: what `compute` throws, for the first piece that it throws for.
  static func columns(
    rows: Int, on pool: WorkerPool?,
    _ compute: (Range<Int>) throws(EvaluationError) -> [[Double]]?
  ) throws(EvaluationError) -> [[Double]]? {
    let pieces = rows / Self.rows
    guard let pool, pool.count > 1, pieces > 1 else { return try compute(0..<rows) }
    let next = Atomic<Int>(0)
    // Each thread writes to places of its own, so that no lock is needed.
    let results = UnsafeMutableBufferPointer<Piece>.allocate(capacity: pieces)
    results.initialize(repeating: .success(nil))
    defer { results.deinitialize().deallocate() }
    withoutActuallyEscaping(compute) { compute in
      pool.run { _ in
        while true {
          let piece = next.add(1, ordering: .relaxed).oldValue
          guard piece < pieces else { return }
          do throws(EvaluationError) {
            let range = piece * rows / pieces..<(piece + 1) * rows / pieces
            results[piece] = .success(try compute(range))
          } catch {
            results[piece] = .failure(error)
          }
        }
      }
    }
    var joined: [[Double]]?
    for piece in results {
      guard let columns = try piece.get() else { return nil }
      if joined == nil { joined = columns.map { _ in [] } }
      for (number, column) in columns.enumerated() { joined![number] += column }
    }
    return joined
  }
}

extension [[Double]] {
  /// The columns cut down to some rows.
  func rows(_ range: Range<Int>) -> [[Double]] {
    range == 0..<rowCount ? self : map { [Double]($0[range]) }
  }
}
