#pragma once

#include "CNumberParsing.h"

namespace numbers {

/// How the number that begins at `p` was written; it is known to be one, and ends at `end` or at the first
/// byte that is no part of a number.
NumberForm form_of(
    const unsigned char *p, const unsigned char *end, unsigned char first_mark, unsigned char second_mark);

/// The form of what is no number.
constexpr NumberForm no_form = {NUMBER_FORM_NONE, 0, 0};

}  // namespace numbers
