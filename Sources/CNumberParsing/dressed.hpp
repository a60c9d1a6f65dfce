#pragma once

#include "CNumberParsing.h"

namespace numbers {

/// Reads a number that is dressed up for people: with a minus sign U+2212, a percent sign behind it, or its
/// digits in groups of three. `marks` are the two bytes that may be the decimal mark.
DressedNumber read_dressed(
    const unsigned char *begin, const unsigned char *end, unsigned char first_mark,
    unsigned char second_mark);

}  // namespace numbers
