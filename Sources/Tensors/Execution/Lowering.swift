/// Turns a program into kernel calls: which operations one kernel does together, which results need
/// no memory of their own, and where the others lie.
struct Lowering {
  let program: Program
  var nodes: [Node] { program.nodes }

  /// When a node's value is known.
  enum Stage: Comparable {
    /// From the parameters alone, once a run.
    case prologue
    /// In each tile.
    case tile
    /// After the sums over all rows are known.
    case epilogue
  }

  private(set) var stages: [Stage] = []
  /// For each node, how it is computed.
  private(set) var forms: [Form] = []
  /// Where each node's value lies, as far as it has a place.
  var places: [Place?] = []
  var plan = CompiledProgram.Plan()
  /// The kernel calls of each stage, in order.
  var steps: [Stage: [Step]] = [:]

  var tile = SpacePlan()
  /// The number of consumers that need each node's value.
  private(set) var uses: [Int] = []

  init(_ program: Program) {
    self.init(program, stages: Lowering.stages(of: program))
    assignPlaces()
    plan.tileFeatures = tile.size
    plan.prologue = steps[.prologue] ?? []
    plan.tile = Step.gathered(steps[.tile] ?? [])
    plan.epilogue = steps[.epilogue] ?? []
  }

  init(_ program: Program, stages: [Stage]) {
    self.program = program
    self.stages = stages
    uses = Array(repeating: 0, count: program.nodes.count)
    for node in program.nodes { for operand in node.operands { uses[operand] += 1 } }
    for output in program.outputs { uses[output.node] += 1 }
    for gradient in program.parameterGradients { if let gradient { uses[gradient] += 1 } }
    forms = FormChoice(program, uses: uses).forms
    places = Array(repeating: nil, count: program.nodes.count)
  }

  private static func stages(of program: Program) -> [Stage] {
    var stages: [Stage] = []
    for node in program.nodes {
      let latest = node.operands.map { stages[$0] }.max() ?? .prologue
      switch node.operation {
      case .sumRows, .outerRows: stages.append(.epilogue)
      case _ where node.shape.isPerRow:
        require(
          latest < .epilogue,
          "a value for each row, \(node.shape), cannot depend on a sum over all rows: it is known only after "
            + "the last one")
        stages.append(.tile)
      default: stages.append(latest)
      }
    }
    return stages
  }
}

extension Program {
  /// Whether values of rows depend on sums over all rows, so that the rows would have to be gone
  /// through twice. Such a program can be interpreted, but not compiled.
  package var needsTwoPasses: Bool {
    var isAfterSum: [Bool] = []
    for node in nodes {
      let depends = node.operands.contains { isAfterSum[$0] }
      if depends, node.shape.isPerRow { return true }
      isAfterSum.append(depends || node.operation == .sumRows || node.operation == .outerRows)
    }
    return false
  }
}
