import CKernels
import Testing

@testable import Tensors

@Suite("The registry of operations")
struct RegistryTests {
  @Test("has every operation")
  func operations() {
    let programs = OperationRegistry.all.map(\.program)
    var found: Set<Family> = []
    func visit(_ program: Program) {
      for node in program.nodes {
        found.insert(Family(node.operation))
        if case .loop(let loop) = node.operation { visit(loop.body) }
      }
    }
    for program in programs {
      visit(program)
      visit(program.differentiated("loss"))
    }
    #expect(Family.allCases.filter { !found.contains($0) } == [.placeholder])
  }

  @Test("has every function, reduction and triangle")
  func variants() {
    let operations = Set(OperationRegistry.all.flatMap { $0.program.nodes.map(\.operation) })
    let triangles = (0..<8).map {
      Triangle(isLower: $0 & 1 == 0, hasUnitDiagonal: $0 & 2 == 0, isTransposed: $0 & 4 == 0)
    }
    let wanted =
      UnaryFunction.all.map { Operation.unary($0) }
      + BinaryFunction.allCases.map { .binary($0) } + Reduction.allCases.map { .reduce($0) }
      + [true, false].flatMap { [.linear(transposed: $0), .cumulativeSum(backward: $0)] }
      + triangles.map { .triangularSolve($0) }
    #expect(wanted.filter { !operations.contains($0) } == [])
  }

  @Test("programs call for every kernel of the elementwise tables")
  func kernels() {
    let unary = UnaryFunction.all.compactMap(\.kernel)
    #expect(Set(unary) == Set(0..<Int(DIFFEO_UNARY_COUNT.rawValue)))
    let binary = BinaryFunction.allCases.map(\.kernel)
    #expect(Set(binary) == Set(0..<Int(DIFFEO_BINARY_COUNT.rawValue)))
  }
}

/// The operations without their payload. A new one does not compile until it has a family, and its family fails
/// the test above until the registry has it.
private enum Family: CaseIterable {
  case input, parameter, constant, rowCount, unary, binary, select, gather, scatter, concatenate
  case reduce, cumulativeSum, sumRows, spread, linear, outerRows, matrixProduct, triangularSolve
  case stopGradient, placeholder, argument, countedLoop, loopUntil, root, spline, splinePullback

  init(_ operation: Tensors.Operation) {
    self =
      switch operation {
      case .input: .input
      case .parameter: .parameter
      case .constant: .constant
      case .rowCount: .rowCount
      case .unary: .unary
      case .binary: .binary
      case .select: .select
      case .gather: .gather
      case .scatter: .scatter
      case .concatenate: .concatenate
      case .reduce: .reduce
      case .cumulativeSum: .cumulativeSum
      case .sumRows: .sumRows
      case .spread: .spread
      case .linear: .linear
      case .outerRows: .outerRows
      case .matrixProduct: .matrixProduct
      case .triangularSolve: .triangularSolve
      case .stopGradient: .stopGradient
      case .placeholder: .placeholder
      case .argument: .argument
      case .loop(let loop): loop.hasCondition ? .loopUntil : .countedLoop
      case .root: .root
      case .fused(.spline): .spline
      case .fused(.splinePullback): .splinePullback
      }
  }
}
