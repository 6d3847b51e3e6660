import Flows
import Formats
import Tensors
import Testing

@testable import Learning

/// Numbers far out, and numbers that are none.
@Suite struct FarValueTests {
  private static func learned(
    _ columns: Columns, given: Columns = Columns(names: [], scalings: []),
    _ kind: Architecture.Kind = .normal
  ) -> LearnedDistribution {
    LearnedDistribution(
      columns: columns, givenColumns: given,
      architecture: Architecture(kind, layers: 1, hidden: [8]),
      provenance: Provenance(seed: 1, trainingRows: 0, validationRows: 0, steps: 0))
  }

  private static let unit = ColumnScaling(map: .identity, mean: 0, deviation: 1)

  @Test func aNumberThatTheFormatCannotHoldHasDensityZeroAndSpoilsNoOtherRow() throws {
    let maps: [ColumnMap] = [.identity, .asinh(center: 3, width: 1e-3)]
    for map in maps {
      let scaling = ColumnScaling(map: map, mean: 0, deviation: 1e-3)
      let model = Self.learned(Columns(names: ["x"], scalings: [scaling]))
      let far = Table(columnNames: ["x"], values: [0.5, -1e308, 1.7e308])
      let near = Table(columnNames: ["x"], values: [0.5])
      let found = try model.logDensity(of: far)
      #expect(found[0] == (try model.logDensity(of: near)[0]))
      // asinh takes any number to a few hundreds of deviations, where a normal density is e^-10⁹ but no zero.
      let areZero = found[1...].allSatisfy { map == .identity ? $0 == -.infinity : $0 < -1e9 }
      #expect(areZero, "\(found)")
    }
  }

  /// asinh u = log(u + √(u² + 1)), and its slope, by numbers that do not overflow.
  @Test func asinhHasNoOverflow() {
    let map = ColumnMap.asinh(center: 1e300, width: 1e-9)
    let log = UnaryFunction.logarithm.value
    for x in [-1.7e308, -1e305, 1.7e308] {
      let size = log(x.magnitude / 2) + log(4) - log(1e-9)
      // The centre moves x by less than a part in 10⁵.
      #expect((map.forward(x).magnitude - size).magnitude < 2e-5 && (map.forward(x) < 0) == (x < 0))
      #expect((map.logSlope(x) + log(x.magnitude)).magnitude < 2e-5)
    }
  }

  @Test func givenNumbersTooFarOutAreNamed() throws {
    let given = Columns(names: ["b", "c"], scalings: [Self.unit, Self.unit])
    let model = Self.learned(Columns(names: ["x"], scalings: [Self.unit]), given: given, .maf)
    let rows = Table(columnNames: ["b", "c"], values: [0, 0, 1, 1e300])
    let error = LearningError.farOut(
      FarValue(column: "c", place: RowPlace(row: 1), value: 1e300, usual: -2...2))
    #expect(throws: error) { try model.samples(2, key: RandomKey(seed: 1), given: rows) }
    let scored = Table(columnNames: ["x", "b", "c"], values: [0, 0, 0, 0, 1, 1e300])
    #expect(throws: error) { try model.logDensity(of: scored) }
  }

  /// A tenth of the rows is kept apart; what is far out among the others is what columns are scaled by.
  @Test func aNumberFarOutInARowThatIsKeptApartIsNamedBeforeTraining() throws {
    var plan = FitPlan(rows: 60, features: 1, architecture: Architecture(.normal))
    plan.steps = 1
    var named: [Int] = []
    for row in 0..<60 {
      var values = RandomKey(seed: 1).normals(60)
      values[row] = 1e300
      let table = Table(columnNames: ["x"], values: values)
      do throws(LearningError) {
        _ = try TableFit(table, columns: ["x"], plan: plan).run()
      } catch {
        guard case .farOut(let found) = error else {
          Issue.record("\(error)")
          continue
        }
        #expect((found.column, found.place.row, found.value) == ("x", row, 1e300))
        named.append(row)
      }
    }
    #expect(named.count == 6)
  }

  /// Where the format holds what is given, but not what a network makes of it.
  @Test func samplesAreNumbersOrRefused() throws {
    let given = Columns(names: ["c"], scalings: [Self.unit])
    var model = Self.learned(Columns(names: ["x"], scalings: [Self.unit]), given: given, .maf)
    model.model.parameters.values = model.model.parameters.values.map { $0 * 1e12 }
    #expect(throws: LearningError.self) {
      let rows = Table(columnNames: ["c"], values: [3e38])
      let samples = try model.samples(1, key: RandomKey(seed: 1), given: rows)
      Issue.record("\(samples.values)")
    }
  }

  /// A density that is narrow beside a cell, and cut by its end: masses are differences of Φ.
  @Test func massesOfCrowdedCellsAreRight() throws {
    let scaling = ColumnScaling(map: .identity, mean: 0.48, deviation: 0.05)
    let share = UnaryFunction.normalCDF.value((0.5 - 0.48) / 0.05)
    for dimensions in 1...2 {
      let names = (0..<dimensions).map { "n\($0)" }
      let model = Self.learned(
        Columns(
          names: names, scalings: names.map { _ in scaling }, kinds: names.map { _ in .integer }))
      let rows = (0..<1 << dimensions).map { number in
        (0..<dimensions).map { Double(number >> $0 & 1) }
      }
      let found = try model.logDensity(of: Table(columnNames: names, values: rows.flatMap { $0 }))
      for (row, value) in zip(rows, found) {
        let expected = row.reduce(1) { $0 * ($1 == 0 ? share : 1 - share) }
        #expect((UnaryFunction.exponential.value(value) / expected - 1).magnitude < 2e-3, "\(row)")
      }
    }
  }
}
