#pragma once

#include "CNumberParsing.h"

namespace numbers {

/// What the text of a cell, without spaces around it, is when it is not known to be a plain number, and its
/// value. `mark` is set to the decimal mark a number used, 0 when none.
CellKind classify(
    const unsigned char *begin, const unsigned char *end, unsigned char first_mark, unsigned char second_mark,
    double *value, unsigned char *mark);

}  // namespace numbers
