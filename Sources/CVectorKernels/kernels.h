// Everything that is compiled once per instruction set. The including file defines VK_BYTES, VK_FUSED and
// VK_TABLE and sets the target attribute; internal linkage keeps the copies apart.
#pragma STDC FP_CONTRACT OFF

#include "extended_row.h"

namespace {
#include "vectors.h"
#include "exponential.h"
#include "logarithm.h"
#include "reduction.h"
#include "trigonometric.h"
#include "power.h"
#include "operators.h"
#include "digamma.h"
#include "partials.h"
#include "loops.h"
#include "fused.h"
#include "sweeps.h"
#include "range.h"
#include "rescue.h"
#include "evaluate.h"
#include "moments.h"
#include "derivatives.h"
#include "normal_equations.h"
#include "library.h"
}  // namespace

const KernelTable VK_TABLE = {
  apply,
  evaluate<double>,
  evaluate<float>,
  momentsOf<double>,
  momentsOf<float>,
  fusedSquaredError<double>,
  fusedSquaredError<float>,
  jacobianOf<double>,
  jacobianOf<float>,
  normalEquations<double>,
  normalEquations<float>,
  gaussNewton<double>,
  gaussNewton<float>,
  dot,
  addMultiple,
  librarySums,
  pairSearch,
};
