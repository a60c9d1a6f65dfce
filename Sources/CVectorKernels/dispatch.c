#include "CVectorKernels.h"
int vk_instruction_set(void) { return 0; }
