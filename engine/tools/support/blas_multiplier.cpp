#include "engine/tools/support/blas_multiplier.h"

#ifdef DOT_BLAS
#include <cblas.h>
extern "C" void openblas_set_num_threads(int threads);
extern "C" char* openblas_get_corename();
#endif

namespace lab {

#ifdef DOT_BLAS

namespace {

class BlasMultiplier : public Multiplier {
  public:
    void multiply(std::size_t m, std::size_t k, std::size_t n, Factor a, Factor b, float* out, std::size_t out_stride,
                  bool add) override {
        if (m == 0 || n == 0) return;
        const auto side = [](Factor factor) { return factor.transposed ? CblasTrans : CblasNoTrans; };
        const auto whole = [](std::size_t size) { return static_cast<int>(size); };
        cblas_sgemm(CblasRowMajor, side(a), side(b), whole(m), whole(n), whole(k), 1, a.data, whole(a.stride), b.data,
                    whole(b.stride), add ? 1.0f : 0.0f, out, whole(out_stride));
    }
};

}  // namespace

std::unique_ptr<Multiplier> best_multiplier() {
    openblas_set_num_threads(1);  // the trainer has threads of its own
    return std::make_unique<BlasMultiplier>();
}

const char* multiplier_name() { return openblas_get_corename(); }

#else

std::unique_ptr<Multiplier> best_multiplier() { return std::make_unique<KernelMultiplier>(); }

const char* multiplier_name() { return "our own kernel"; }

#endif

}  // namespace lab
