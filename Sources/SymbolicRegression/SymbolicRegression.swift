// What users of the library need, under one import.
@_exported import Algebra
@_exported import Arrays
@_exported import Evaluation
@_exported import Expressions
@_exported import Noise
@_exported import Reports
@_exported import Search
@_exported import Tables
