// The accumulator machine: a program's topmost value lives in vector registers while the machine jumps from step
// to step. Leaves are read in place; a value is saved to memory only while another one that is no leaf is
// computed. Many registers at once amortise each jump.
//
// Steps are labels of one function: handlers that tail-call each other would need vectors wider than the
// translation unit's default as arguments, which the calling convention puts in memory.

template <class T, class Indices> struct Machine;
template <class T, size_t... I> struct Machine<T, std::index_sequence<I...>> {
  using V = typename VectorOf<T>::Type;
  static constexpr int registers = sizeof...(I);
  static constexpr int lanes = VK_BYTES / sizeof(T);
  static constexpr size_t tile = (size_t)registers * lanes;

  // The accumulator. Only constant indices, or it would not stay in registers.
  struct Accumulator {
    V v[registers];
    VK_MEMBER void loadFrom(const T *p) { ((v[I] = load<V>(p + I * lanes)), ...); }
    VK_MEMBER void storeTo(T *p) const { (store<V>(p + I * lanes, v[I]), ...); }
    VK_MEMBER void fill(V x) { ((v[I] = x), ...); }
    template <int op> VK_MEMBER void apply() { ((v[I] = unary<op>(v[I])), ...); }
    template <int op> VK_MEMBER void applyLeft(const T *right) {
      ((v[I] = binary<op>(v[I], load<V>(right + I * lanes))), ...);
    }
    template <int op> VK_MEMBER void applyRight(const T *left) {
      ((v[I] = binary<op>(load<V>(left + I * lanes), v[I])), ...);
    }
    template <int op> VK_MEMBER void applyLeft(V right) { ((v[I] = binary<op>(v[I], right)), ...); }
    template <int op> VK_MEMBER void applyRight(V left) { ((v[I] = binary<op>(left, v[I])), ...); }
    template <int op> VK_MEMBER void start(const T *left, const T *right) {
      ((v[I] = binary<op>(load<V>(left + I * lanes), load<V>(right + I * lanes))), ...);
    }
    template <int op> VK_MEMBER void start(const T *left, V right) {
      ((v[I] = binary<op>(load<V>(left + I * lanes), right)), ...);
    }
    template <int op> VK_MEMBER void start(V left, const T *right) {
      ((v[I] = binary<op>(left, load<V>(right + I * lanes))), ...);
    }
  };

  using InMemory = InMemorySteps<T, registers>;

  // Evaluates rows `row ..< end`, whole tiles at a time. `row` and `end` count from the start of the columns.
  static __attribute__((noinline)) void run(const vk_instruction *program, const T *const *columns, size_t row,
                                            size_t end, T *out, T *saved) {
#define VK_UNARY_LABEL(op) &&unary##op,
#define VK_ARITHMETIC_LABELS(op)                                                                             \
  &&op##AF, &&op##FA, &&op##AC, &&op##CA, &&op##SA, &&op##FF, &&op##FC, &&op##CF, &&op##SaveFF,              \
    &&op##SaveFC, &&op##SaveCF,
    static const void *const labels[] = {
      &&end_, &&loadFeature, &&saveLoadFeature, &&loadConstant, &&cold,
      VK_ARITHMETIC_LABELS(VK_ADD) VK_ARITHMETIC_LABELS(VK_SUBTRACT) VK_ARITHMETIC_LABELS(VK_MULTIPLY)
        VK_ARITHMETIC_LABELS(VK_DIVIDE) VK_HOT_FUNCTIONS(VK_UNARY_LABEL)};
    Accumulator a{};
    const vk_instruction *ip = program;
#define VK_NEXT goto *labels[ip->handler]
#define VK_FIRST (columns[ip->first] + row)
#define VK_SECOND (columns[ip->second] + row)
#define VK_VALUE splat<V>(ip->value)
#define VK_SAVE (a.storeTo(saved), saved += tile)
    VK_NEXT;

  end_:
    a.storeTo(out);
    row += tile;
    out += tile;
    if (row >= end) return;
    ip = program;
    VK_NEXT;

  loadFeature:
    a.loadFrom(VK_FIRST);
    ip++;
    VK_NEXT;
  saveLoadFeature:
    VK_SAVE;
    a.loadFrom(VK_FIRST);
    ip++;
    VK_NEXT;
  loadConstant:
    a.fill(VK_VALUE);
    ip++;
    VK_NEXT;

  cold:
    a.storeTo(saved);
    saved = InMemory::run(ip, columns, row, saved);
    a.loadFrom(saved);
    ip += ip->length;
    VK_NEXT;

#define VK_STEP(label, action)                                                                               \
  label:                                                                                                     \
  action;                                                                                                    \
  ip++;                                                                                                      \
  VK_NEXT;
#define VK_ARITHMETIC_STEPS(op)                                                                              \
  VK_STEP(op##AF, a.template applyLeft<op>(VK_SECOND))                                                       \
  VK_STEP(op##FA, a.template applyRight<op>(VK_FIRST))                                                       \
  VK_STEP(op##AC, a.template applyLeft<op>(VK_VALUE))                                                        \
  VK_STEP(op##CA, a.template applyRight<op>(VK_VALUE))                                                       \
  VK_STEP(op##SA, (saved -= tile, a.template applyRight<op>(saved)))                                         \
  VK_STEP(op##FF, a.template start<op>(VK_FIRST, VK_SECOND))                                                 \
  VK_STEP(op##FC, a.template start<op>(VK_FIRST, VK_VALUE))                                                  \
  VK_STEP(op##CF, a.template start<op>(VK_VALUE, VK_SECOND))                                                 \
  VK_STEP(op##SaveFF, (VK_SAVE, a.template start<op>(VK_FIRST, VK_SECOND)))                                  \
  VK_STEP(op##SaveFC, (VK_SAVE, a.template start<op>(VK_FIRST, VK_VALUE)))                                   \
  VK_STEP(op##SaveCF, (VK_SAVE, a.template start<op>(VK_VALUE, VK_SECOND)))
#define VK_UNARY_STEP(op) VK_STEP(unary##op, a.template apply<op>())

    VK_ARITHMETIC_STEPS(VK_ADD)
    VK_ARITHMETIC_STEPS(VK_SUBTRACT)
    VK_ARITHMETIC_STEPS(VK_MULTIPLY)
    VK_ARITHMETIC_STEPS(VK_DIVIDE)
    VK_HOT_FUNCTIONS(VK_UNARY_STEP)
  }
};

template <class T> using WideMachine = Machine<T, std::make_index_sequence<8>>;
template <class T> using NarrowMachine = Machine<T, std::make_index_sequence<2>>;
