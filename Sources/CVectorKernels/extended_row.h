// An expression on one row in numbers of any magnitude: what the vector kernels ask for where they would
// overflow or vanish. Private to this target.
#pragma once
#include "extended_number.h"
#include "links.h"

// A row of columns in either precision.
struct RowSource {
  const void *const *columns;
  bool isSingle;
  size_t row;

  double feature(uint16_t index) const {
    return isSingle ? (double)((const float *)columns[index])[row] : ((const double *)columns[index])[row];
  }
  // Constants are rounded to the columns' precision, unless they are beyond its range.
  double constant(double value) const {
    const double single = (double)(float)value;
    return isSingle && isfinite(single) && fabs(single) > 0x1p-126 ? single : value;
  }
};

// Values of all nodes.
void extendedValues(const Link *links, int32_t count, const RowSource &row, ExtendedNumber *values);

// Derivatives of the last node by every active one, given all values.
void extendedAdjoints(const Link *links, int32_t count, const ExtendedNumber *values,
                      ExtendedNumber *adjoints);
