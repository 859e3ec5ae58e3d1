// Products of matrices that lie inside larger ones, or lie turned over: what a transformer's passes are made of. The
// engine multiplies by its own kernel; a native trainer may hand in a library that does the same
// (engine/tools/support).
#pragma once

#include <cstddef>
#include <vector>

namespace lab {

/// A matrix over somebody else's floats, its rows `stride` apart. transposed: the floats hold its transpose.
struct Factor {
    const float* data;
    std::size_t stride;
    bool transposed = false;
};

class Multiplier {
  public:
    virtual ~Multiplier() = default;
    /// out[M,N] = a[M,K] · b[K,N], or with add out[M,N] += that. out's rows are out_stride apart; out overlaps neither.
    virtual void multiply(std::size_t m, std::size_t k, std::size_t n, Factor a, Factor b, float* out,
                          std::size_t out_stride, bool add = false) = 0;
};

/// plain: the same bits on every machine, for training that a seed names (kernels.h, namespace plain).
enum class Arithmetic { fastest, plain };

/// By the kernel matmul; what lies otherwise than the kernel wants is copied first.
class KernelMultiplier : public Multiplier {
  public:
    explicit KernelMultiplier(Arithmetic arithmetic = Arithmetic::fastest) : arithmetic_(arithmetic) {}
    void multiply(std::size_t m, std::size_t k, std::size_t n, Factor a, Factor b, float* out, std::size_t out_stride,
                  bool add = false) override;

  private:
    Arithmetic arithmetic_;
    std::vector<float> a_, b_, out_, workspace_;  // used again by the next product
};

}  // namespace lab
