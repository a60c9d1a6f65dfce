// Postfix nodes to programs, in one pass.
//
// A symbolic stack says of each pending value whether it is a constant, a column or computed. Computed values
// take the slots 0, 1, 2 ... in the order of the stack, so a slot is free again as soon as its value is used.
#include "instructions.h"

#include <string.h>

namespace {

struct FunctionNumbers {
  int8_t of[VK_CLAMP];
  constexpr FunctionNumbers() : of{} {
    for (int8_t &number : of) number = -1;
    for (int i = 0; i < fusedFunctions; i++) of[fusedFunctionCodes[i]] = (int8_t)i;
  }
};
// For each operator its number among the functions that can be fused, or -1.
constexpr FunctionNumbers functionNumbers;

struct Compiler {
  vk_instruction *program;
  // An entry is an instruction's worth of memory: kinds holds its kind, first the column or slot.
  vk_instruction *stack;
  int32_t length = 0;
  int32_t depth = 0;
  int32_t computed = 0;
  // The last step, where a further one can be fused with it: what it is, + - * / (0 to 3) or a function (4
  // and on). The topmost computed value is always the last step's result.
  enum : int { none = -1, firstFunction = 4 };
  int last = none;

  // Whether a subtree of constants overflowed or vanished.
  bool foldsBeyondRange = false;

  // The entry becomes a constant that is no leaf.
  void fold(vk_instruction &entry, int opcode, double value) {
    const double a = fabs(value);
    const bool vanished = a < 0x1p-1000 && (a > 0 || (opcode != VK_ADD && opcode != VK_SUBTRACT));
    foldsBeyondRange |= vanished || !(a < __builtin_inf());
    entry.value = value;
    entry.second = 0;
  }

  // Whether the entry `below` the topmost one is a constant written as `value`.
  bool isLeaf(int32_t below, double value) const {
    const int32_t place = depth - 1 - below;
    if (place < 0) return false;
    const vk_instruction &entry = stack[place];
    return entry.kinds == kindConstant && entry.second && entry.value == value;
  }

  // Takes out the entry below the topmost one.
  void dropBelow() {
    stack[depth - 2] = stack[depth - 1];
    depth--;
  }

  // Translates nodes[at] with those after it if together they make a form that is no plain sequence of
  // operators; `stableForm` says which ones do. Returns how many nodes that took.
  int32_t form(const vk_node *nodes, int32_t at, int32_t count) {
    const int32_t rest = count - at - 1;
    const uint8_t next = rest > 0 ? nodes[at + 1].opcode : 255;
    if (nodes[at].opcode == VK_EXP && depth > 0) {
      if (next == VK_LOG) {
        // A constant is then no leaf any more.
        if (stack[depth - 1].kinds == kindConstant) stack[depth - 1].second = 0;
        return 2;
      }
      if (next == VK_CONSTANT && rest > 1 &&
          ((nodes[at + 2].opcode == VK_SUBTRACT && nodes[at + 1].value == 1) ||
           (nodes[at + 2].opcode == VK_ADD && nodes[at + 1].value == -1))) {
        unary(kernelExponentialMinusOne);
        return 3;
      }
      if ((next == VK_ADD && isLeaf(1, -1)) || (next == VK_SUBTRACT && isLeaf(1, 1))) {
        dropBelow();
        unary(kernelExponentialMinusOne);
        if (next == VK_SUBTRACT) unary(VK_NEGATE);
        return 2;
      }
    } else if (nodes[at].opcode == VK_ADD && next == VK_LOG && depth > 1) {
      if (isLeaf(0, 1)) depth--;
      else if (isLeaf(1, 1)) dropBelow();
      else return 0;
      unary(VK_LOG1P);
      return 2;
    }
    return 0;
  }

  // The entry becomes a computed value, after `operands` computed ones were used up.
  void compute(vk_instruction &entry, int operands) {
    computed -= operands;
    entry.kinds = kindSlot;
    entry.first = (uint16_t)computed;
    computed++;
  }

  void unary(uint8_t opcode) {
    vk_instruction &x = stack[depth - 1];
    if (x.kinds == kindConstant) return fold(x, opcode, vk_kernels().apply(opcode, x.value, 0, 0));
    const int function = functionNumbers.of[opcode];
    if (function >= 0 && last >= 0 && last < firstFunction && x.kinds == kindSlot) {
      program[length - 1].kernel = (uint8_t)(kernelsFunctionOfBinary + function * 4 + last);
      program[length++] = {};
      last = none;
      return;
    }
    vk_instruction &step = program[length++];
    step = {opcode, x.kinds, 0, x.first, 0, 0};
    compute(x, x.kinds == kindSlot);
    step.result = x.first;
    last = function >= 0 ? firstFunction + function : none;
  }

  // Does x . y in one kernel with the step that computed its topmost operand.
  void fuse(uint8_t opcode, vk_instruction &x, const vk_instruction &y) {
    vk_instruction &step = program[length - 1];
    const bool swapped = y.kinds == kindSlot;
    const vk_instruction &other = swapped ? x : y;
    const int outer = (opcode - VK_ADD) * 2 + swapped;
    const int inner = last < firstFunction ? kernelsBinaryOfBinary + last * 8
                                           : kernelsBinaryOfFunction + (last - firstFunction) * 8;
    step.kernel = (uint8_t)(inner + outer);
    step.kinds |= other.kinds << 4;
    program[length++] = {0, 0, 0, other.first, 0, other.value};
    last = none;
    compute(x, (x.kinds == kindSlot) + (y.kinds == kindSlot));
    step.result = x.first;
  }

  // x^c for exponents where multiplication, division or a root gives the power at a fraction of the cost.
  bool shortPower(double exponent) {
    uint8_t opcode;
    if (exponent == 2 || exponent == 4) opcode = VK_SQUARE;
    else if (exponent == 3) opcode = VK_CUBE;
    else if (exponent == 0.5) opcode = VK_SQRT;
    else if (exponent == -1) opcode = VK_INVERSE;
    else return exponent == 1;
    unary(opcode);
    if (exponent == 4) unary(opcode);
    return true;
  }

  void binary(uint8_t opcode) {
    vk_instruction &x = stack[depth - 2];
    const vk_instruction &y = stack[depth - 1];
    depth--;
    const uint8_t kinds = x.kinds | y.kinds << 2;
    if (__builtin_expect(kinds == 0, 0)) {
      fold(x, opcode, vk_kernels().apply(opcode, x.value, y.value, 0));
      return;
    }
    const bool left = x.kinds == kindConstant, right = y.kinds == kindConstant;
    if (opcode == VK_POWER && right && shortPower(y.value)) return;
    const int operands = (x.kinds == kindSlot) + (y.kinds == kindSlot);
    if (last >= 0 && opcode <= VK_DIVIDE && operands) return fuse(opcode, x, y);
    const bool arithmetic = opcode <= VK_DIVIDE && (left || right);
    vk_instruction &step = program[length++];
    step.kernel = arithmetic ? kernelsWithConstant + 2 * (opcode - VK_ADD) + left : opcode;
    step.kinds = kinds;
    step.first = x.first;
    step.second = y.first;
    step.value = left ? x.value : y.value;
    compute(x, operands);
    step.result = x.first;
    last = opcode <= VK_DIVIDE ? opcode - VK_ADD : none;
  }

  void ternary(uint8_t opcode) {
    vk_instruction *x = stack + depth - 3;
    depth -= 2;
    const uint8_t kinds = x[0].kinds | x[1].kinds << 2 | x[2].kinds << 4;
    if (kinds == 0) {
      fold(*x, opcode, vk_kernels().apply(opcode, x[0].value, x[1].value, x[2].value));
      return;
    }
    const int operands = (x[0].kinds == kindSlot) + (x[1].kinds == kindSlot) + (x[2].kinds == kindSlot);
    vk_instruction *step = program + length;
    length += 3;
    step[0] = {opcode, kinds, 0, x[0].first, x[1].first, x[0].value};
    step[1] = {opcode, kinds, 0, x[2].first, 0, x[1].value};
    step[2] = {opcode, kinds, 0, 0, 0, x[2].value};
    compute(*x, operands);
    step[0].result = x->first;
    last = none;
  }
};

}  // namespace

int32_t vk_compile(const vk_node *nodes, int32_t count, vk_instruction *program) {
  if (count < 1) return 0;
  Compiler c{program, program + count + 3};
  for (int32_t i = 0; i < count; i++) {
    const vk_node &node = nodes[i];
    const uint8_t opcode = node.opcode;
    if (opcode == VK_EXP || opcode == VK_ADD) {
      const int32_t taken = c.form(nodes, i, count);
      if (taken) {
        i += taken - 1;
        continue;
      }
    }
    if (opcode <= VK_FEATURE) {
      // For constants `second` tells leaves.
      c.stack[c.depth++] = {0, opcode, 0, node.feature, 1, node.value};
    } else if (opcode <= VK_LOGICAL_AND) {
      if (c.depth < 2) return 0;
      c.binary(opcode);
    } else if (opcode >= VK_NEGATE && opcode <= VK_CEIL) {
      if (c.depth < 1) return 0;
      c.unary(opcode);
    } else if (opcode >= VK_CLAMP && opcode <= VK_IF_ELSE) {
      if (c.depth < 3) return 0;
      c.ternary(opcode);
    } else {
      return 0;
    }
    if (__builtin_expect(c.computed > 65535, 0)) return 0;
  }
  if (c.depth != 1) return 0;
  const vk_instruction &root = c.stack[0];
  if (root.kinds != kindSlot) c.program[c.length++] = {root.kinds, root.kinds, 0, root.first, 0, root.value};
  // The nodes follow, for rows on which the steps overflow.
  program[c.length] = {c.foldsBeyondRange, 0, 0, 0, 0, (double)count};
  memcpy(program + c.length + 1, nodes, count * sizeof *nodes);
  return c.length;
}
