import Certificates
import Symbolics

extension ProofNarrative {
  /// f⁻¹ and the two compositions.
  func inverse(_ formulas: [Expression], onto image: Region) -> [Step] {
    var blocks: [Block] = [.formula(value(ofInverse: formulas))]
    if image != problem.codomain {
      let map = Mathematics.region(image).linked(.to, .region(problem.domain))
      blocks.append(.paragraph("It maps \(map)."))
    }
    return [Step("Inverse", blocks), compositions(onto: image)]
  }

  /// The inverse that the verdict states, if it has a closed form.
  func inverseFormula() -> [Block] {
    verdict.inverse.map { [.formula(value(ofInverse: $0))] } ?? []
  }

  func value(ofInverse formulas: [Expression]) -> Mathematics {
    names.inverseValue.equals(.vector(formulas))
  }

  private func compositions(onto image: Region) -> Step {
    let there = Mathematics.application(names.map, [names.inverseValue])
      .equals(.notation(names.output))
    let back = Mathematics.application(names.inverse, [names.value])
      .equals(.notation(names.input))
    return Step(
      "Check",
      [
        .paragraph(
          """
          \(there) for every \(theOutput) in \(image), and \(back) for every \(theInput) in \(problem.domain), term by \
          term.
          """)
      ])
  }

  /// The Jacobian, its determinant and log|det|; nothing where f is not square or not smooth.
  func jacobian() -> [Step] {
    guard let determinant = verdict.determinant, inputs.count == outputs.count,
      !isMonotoneProof
    else { return [] }
    let matrix = Matrix.jacobian(of: formulas, by: inputs)
    var rows = [DerivationRow(jacobianValue(determinant), because: nil)]
    if let logDet = verdict.logAbsDet {
      rows.append(
        DerivationRow(
          (isScalar ? names.logSlope : .notation(.logDet)).equals(.expression(logDet)),
          because: nil))
    }
    guard !isScalar else { return [Step("Derivative", [.derivation(rows)])] }
    guard let order = triangularOrder(matrix) else {
      var blocks: [Block] = [.derivation(rows)]
      if inputs.count <= 4 {
        let value = Mathematics.notation(.jacobian).equals(.matrix(simplified(matrix)))
        blocks.insert(.formula(value), at: 0)
      }
      return [Step("Jacobian", blocks)]
    }
    let diagonal = order.map { row, column in
      matrix.rows[row][column].simplified(under: known)
    }
    let entries = Prose.joined(diagonal.map { "\($0)" })
    return [
      Step("Jacobian", [.paragraph("\(shape(order)): diagonal \(entries)."), .derivation(rows)])
    ]
  }

  /// Whether f' was the proof and has been shown.
  private var isMonotoneProof: Bool {
    if case .triangular? = verdict.certificate { isScalar } else { false }
  }

  private func simplified(_ matrix: Matrix) -> [[Expression]] {
    matrix.rows.map { $0.map { $0.simplified(under: known) } }
  }

  private func jacobianValue(_ determinant: Expression) -> Mathematics {
    let name =
      isScalar
      ? Mathematics.application(names.derivative, [.symbol(inputs[0])]) : .notation(.determinant)
    return name.equals(.expression(determinant))
  }

  private func shape(_ order: [(Int, Int)]) -> Prose {
    let isOrdered = order.enumerated().allSatisfy { $1.0 == $0 && $1.1 == $0 }
    if isOrdered { return "Lower triangular" }
    let rows = order.map { "\(outputs[$0.0])" as Prose }
    let columns = order.map { "\(inputs[$0.1])" as Prose }
    return """
      Lower triangular with the rows in the order \(Prose.joined(rows)) and the columns in the \
      order \(Prose.joined(columns))
      """
  }

  /// An order of rows and columns in which the matrix is lower triangular, or nil. The entries that
  /// end up on the diagonal are the pairs.
  private func triangularOrder(_ matrix: Matrix) -> [(Int, Int)]? {
    var columns = Array(inputs.indices)
    var rows = Array(outputs.indices)
    var order: [(Int, Int)] = []
    while !columns.isEmpty {
      let next = rows.lazy.compactMap { row -> (Int, Int)? in
        let used = columns.filter { !matrix.rows[row][$0].isZero }
        return used.count == 1 ? (row, used[0]) : nil
      }.first
      guard let (row, column) = next else { return nil }
      order.append((row, column))
      rows.removeAll { $0 == row }
      columns.removeAll { $0 == column }
    }
    return order
  }
}
