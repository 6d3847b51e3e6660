// Signs that sentences are full of: `"\(theMap) is injective"`.

/// f
let theMap = Mathematics.Notation.map
/// f'
let theDerivative = Mathematics.Notation.derivative
/// p1
let theBase = Mathematics.Notation.baseDensity
/// p2
let theDensity = Mathematics.Notation.density
/// det Df
let theDeterminant = Mathematics.Notation.determinant
/// x
let theOutput = Mathematics.Notation.output
/// z
let theInput = Mathematics.Notation.input
