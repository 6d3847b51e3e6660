import Flows
import Formats
import Foundation
import Tensors
import Testing

@testable import Learning

@Suite struct EnsembleTests {
  private static let table: Table = {
    let noise = RandomKey(seed: 5).normals(600)
    return Table(
      columnNames: ["x", "y"],
      values: (0..<300).flatMap { row -> [Double] in
        let x = noise[2 * row]
        return [x, x + 0.5 * noise[2 * row + 1]]
      })
  }()

  private static func learned(
    members: Int, given: [String] = [], steps: Int = 60
  ) throws -> LearnedDistribution {
    var plan = FitPlan(
      rows: 300, features: 2 - given.count, context: given.count,
      architecture: Architecture(.nsf, layers: 2, hidden: [8], bins: 4))
    plan.steps = steps
    plan.members = members
    let names = ["x", "y"].filter { !given.contains($0) }
    return try TableFit(table, columns: names, given: given, plan: plan).run()
  }

  /// The members alone, as models of their own.
  private static func alone(_ learned: LearnedDistribution) -> [LearnedDistribution] {
    (0..<learned.members).map { number in
      var member = LearnedDistribution(
        columns: learned.columns, givenColumns: learned.givenColumns,
        architecture: learned.architecture, provenance: learned.provenance)
      let values = member.model.parameters.arrays.flatMap {
        learned.model.parameters["\(number).\($0.name)"]!
      }
      member.model.parameters.values = values
      return member
    }
  }

  @Test("the density is the mean of the members' densities", arguments: [[], ["x"]])
  func density(_ given: [String]) throws {
    let learned = try Self.learned(members: 3, given: given)
    let members = Self.alone(learned)
    #expect(Set(members.map(\.model.parameters)).count == 3)
    let single = try members.map { try $0.logDensity(of: Self.table) }
    let found = try learned.logDensity(of: Self.table)
    for row in found.indices {
      let mean = single.reduce(0) { $0 + exp($1[row]) } / 3
      // Densities are computed in Float.
      #expect((found[row] - log(mean)).magnitude < 1e-5 * (1 + found[row].magnitude))
    }
  }

  @Test("the first member is the model of a fit without others")
  func first() throws {
    let learned = try Self.learned(members: 2)
    let single = try Self.learned(members: 1)
    #expect(Self.alone(learned)[0].model.parameters == single.model.parameters)
  }

  @Test("each member gives its share of the samples, from its own distribution")
  func samples() throws {
    let scaling = ColumnScaling(map: .identity, mean: 0, deviation: 1)
    var learned = LearnedDistribution(
      columns: Columns(names: ["x", "y"], scalings: [scaling, scaling]),
      givenColumns: Columns(names: [], scalings: []), architecture: Architecture(.normal),
      members: 4,
      provenance: Provenance(
        seed: 1, trainingRows: 1, validationRows: 0, steps: 0, validation: nil))
    // Standard normal distributions around 30 k: no number of one can come from another.
    let members = try Self.alone(learned).enumerated().map { number, member in
      var parameters = member.model.parameters
      try parameters.restore(
        parameters.arrays.map { array in
          array.name.hasSuffix("shift")
            ? .init(name: array.name, dims: array.dims, values: [30 * Double(number), 0]) : array
        })
      return parameters.values
    }
    learned.setMembers(members)
    let rows = try learned.samples(4000, key: RandomKey(seed: 1))
    for number in 0..<4 {
      let own = rows.column(0).filter { ($0 - 30 * Double(number)).magnitude < 10 }
      // 5 deviations of a binomial number, and 5 standard errors of a mean.
      #expect((Double(own.count) - 1000).magnitude < 5 * 750.0.squareRoot())
      let mean = own.reduce(0, +) / Double(own.count)
      #expect((mean - 30 * Double(number)).magnitude < 5 / Double(own.count).squareRoot())
    }
  }

  @Test("a file keeps all members, and one of version 1 is a single flow")
  func file() throws {
    let learned = try Self.learned(members: 3)
    let file = learned.file
    let back = try LearnedDistribution(
      SafetensorsFile(decoding: file.encoded, name: "m"), name: "m")
    #expect(back.members == 3)
    #expect(back.file.encoded == file.encoded)
    #expect(
      try back.logDensity(of: Self.table).map(\.bitPattern)
        == learned.logDensity(of: Self.table).map(\.bitPattern))

    var old = try Self.learned(members: 1).file
    let before = try LearnedDistribution(old, name: "m")
    old.metadata["version"] = "1"
    old.metadata["model"]!.replace("\"members\":1,", with: "")
    #expect(!old.metadata["model"]!.contains("members"))
    old.metadata["checksum"] = old.checksum
    let read = try LearnedDistribution(old, name: "m")
    #expect(read.members == 1 && read.model.parameters == before.model.parameters)

    var hostile = file
    hostile.metadata["model"]!.replace("\"members\":3", with: "\"members\":3000000")
    hostile.metadata["checksum"] = hostile.checksum
    #expect(throws: FormatError.self) { try LearnedDistribution(hostile, name: "m") }
  }
}
