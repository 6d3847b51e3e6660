extension Run {
  /// y[i] = x[indices[i]] in runs of consecutive features.
  static func gathering(_ indices: [Int]) -> [Run] {
    var runs: [Run] = []
    for (target, source) in indices.enumerated() {
      if let last = runs.last, last.source + last.count == source {
        runs[runs.count - 1].count += 1
      } else {
        runs.append(Run(source: source, target: target, count: 1))
      }
    }
    return runs
  }

  /// y[indices[i]] += x[i] in runs of consecutive features.
  static func scattering(_ indices: [Int]) -> [Run] {
    gathering(indices).map { Run(source: $0.target, target: $0.source, count: $0.count) }
  }
}
