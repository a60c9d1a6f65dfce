#include "CNumberParsing.h"
