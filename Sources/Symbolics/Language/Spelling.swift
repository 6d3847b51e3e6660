/// Suggestions for names that are not known.
public enum Spelling {
  /// The candidate that is nearest to `word`, when it is near enough to be meant.
  ///
  /// - Parameters:
  ///   - word: what was written.
  ///   - candidates: what may have been meant.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let allowed = word.count <= 3 ? 1 : word.count <= 6 ? 2 : 3
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != word {
      let distance = distance(Array(word.lowercased()), Array(candidate.lowercased()))
      guard distance <= allowed, distance < max(word.count, candidate.count) else { continue }
      // Of equally near candidates one of the same length is likelier: tahn is tanh, not tan.
      let rank = 2 * distance + (candidate.count == word.count ? 0 : 1)
      if rank < best?.distance ?? .max { best = (candidate, rank) }
    }
    return best?.name
  }

  /// The least number of insertions, deletions, replacements and swaps of neighbours that turn one
  /// word into the other (optimal string alignment).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    if abs(a.count - b.count) > 3 || max(a.count, b.count) > 64 { return .max }
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, rows[i - 1][j - 1] + 1)
        }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
