import COpenBLAS
import Randomness
import Testing

@Suite struct MatrixProductTests {
  @Test(arguments: [(false, false), (false, true), (true, false), (true, true)])
  func `products agree with sums`(transposed: (Bool, Bool)) {
    var stream = RandomStream(seed: 3)
    let (m, n, k) = (7, 5, 9)
    let a = (0..<m * k).map { _ in Float(stream.normal()) }
    let b = (0..<k * n).map { _ in Float(stream.normal()) }
    let before = (0..<m * n).map { _ in Float(stream.normal()) }
    for beta in [Float(0), 1, 0.5] {
      var (fast, portable) = (before, before)
      let (lda, ldb) = (transposed.0 ? m : k, transposed.1 ? k : n)
      blas_sgemm(
        transposed.0 ? 1 : 0, transposed.1 ? 1 : 0, Int32(m), Int32(n), Int32(k), a, Int32(lda), b,
        Int32(ldb), beta, &fast, Int32(n))
      blas_sgemm_portable(
        transposed.0 ? 1 : 0, transposed.1 ? 1 : 0, Int32(m), Int32(n), Int32(k), a, Int32(lda), b,
        Int32(ldb), beta, &portable, Int32(n))
      for i in 0..<m {
        for j in 0..<n {
          var sum = Double(beta) * Double(before[i * n + j])
          for p in 0..<k {
            let left = transposed.0 ? a[p * m + i] : a[i * k + p]
            let right = transposed.1 ? b[j * k + p] : b[p * n + j]
            sum += Double(left) * Double(right)
          }
          #expect(abs(Double(fast[i * n + j]) - sum) < 1e-5)
          #expect(abs(Double(portable[i * n + j]) - sum) < 1e-5)
        }
      }
    }
  }
}
