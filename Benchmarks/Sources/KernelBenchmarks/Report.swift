/// The figures as an aligned table, or as JSON.
struct Report {
  let level: String
  let measurements: [Measurement]

  var table: String {
    let header = ["", "median", "min", "max", "unit", "target"]
    let rows =
      [header]
      + measurements.map { measurement in
        [
          measurement.name, text(measurement.median), text(measurement.minimum),
          text(measurement.maximum), measurement.unit, target(measurement),
        ]
      }
    let widths = header.indices.map { column in rows.map { $0[column].count }.max()! }
    let lines = rows.map { row in
      row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return (1...3).contains(column) ? space + row[column] : row[column] + space
      }
      .joined(separator: "  ")
    }
    return (["instruction set: \(level); \(repetitions) repetitions"] + lines)
      .map { $0.replacing(#/ +$/#, with: "") }.joined(separator: "\n")
  }

  var json: String {
    let items = measurements.map { measurement in
      let target: String =
        switch measurement.target {
        case .atLeast(let bound): ", \"atLeast\": \(bound)"
        case .below(let bound): ", \"below\": \(bound)"
        case nil: ""
        }
      return "    {\"name\": \"\(measurement.name)\", \"unit\": \"\(measurement.unit)\", "
        + "\"median\": \(measurement.median), \"min\": \(measurement.minimum), "
        + "\"max\": \(measurement.maximum)\(target)}"
    }
    return """
      {
        "level": "\(level)",
        "repetitions": \(repetitions),
        "measurements": [
      \(items.joined(separator: ",\n"))
        ]
      }
      """
  }

  private func text(_ value: Double) -> String {
    let digits = value >= 100 ? 1 : value >= 10 ? 2 : 3
    let scale = [1.0, 10, 100, 1000][digits]
    let rounded = (value * scale).rounded() / scale
    let parts = "\(rounded)".split(separator: ".")
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    return parts[0] + "." + fraction
      + String(repeating: "0", count: max(0, digits - fraction.count))
  }

  private func target(_ measurement: Measurement) -> String {
    let mark = measurement.isReached == true ? "reached" : "missed"
    switch measurement.target {
    case .atLeast(let bound): return "≥ \(bound) \(mark)"
    case .below(let bound): return "< \(bound) \(mark)"
    case nil: return ""
    }
  }
}
