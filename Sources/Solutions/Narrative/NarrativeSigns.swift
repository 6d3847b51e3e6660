// Signs that sentences are full of: `"\(theMap) is injective"`.

/// f
let theMap = Mathematics.Notation.map
/// p1
let theBase = Mathematics.Notation.baseDensity
/// p2
let theDensity = Mathematics.Notation.density
/// det Df
let theDeterminant = Mathematics.Notation.determinant
