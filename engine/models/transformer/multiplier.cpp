#include "engine/models/transformer/multiplier.h"

#include <algorithm>
#include <span>

#include "engine/kernels/kernels.h"

namespace lab {

namespace {

/// The factor as a dense matrix [rows, columns]: itself if it is one, else copied into room.
MatrixView dense(Factor from, std::size_t rows, std::size_t columns, std::vector<float>& room) {
    if (!from.transposed && (from.stride == columns || rows == 1)) return {{from.data, rows * columns}, rows, columns};
    room.resize(std::max(room.size(), rows * columns));
    const MatrixView made{{room.data(), rows * columns}, rows, columns};
    if (!from.transposed) {
        for (std::size_t r = 0; r < rows; ++r)
            std::copy_n(from.data + r * from.stride, columns, room.data() + r * columns);
        return made;
    }
    constexpr std::size_t strip = 8;  // rows written side by side: more, far apart as they lie, would crowd the cache
    for (std::size_t r0 = 0; r0 < rows; r0 += strip) {
        for (std::size_t c = 0; c < columns; ++c) {
            for (std::size_t r = r0; r < std::min(rows, r0 + strip); ++r)
                room[r * columns + c] = from.data[c * from.stride + r];
        }
    }
    return made;
}

}  // namespace

void KernelMultiplier::multiply(std::size_t m, std::size_t k, std::size_t n, Factor a, Factor b, float* out,
                                std::size_t out_stride, bool add) {
    const bool plainly = arithmetic_ == Arithmetic::plain;
    if (m == 1 && b.transposed && b.stride == k && !a.transposed && !add)  // row after row as they lie, without a copy
        return (plainly ? plain::matvec : matvec)({{b.data, n * k}, n, k}, {a.data, k}, {out, n});
    const MatrixView left = dense(a, m, k, a_);
    const MatrixView right = dense(b, k, n, b_);
    workspace_.resize(std::max(workspace_.size(), matmul_workspace(m, k, n)));
    const bool direct = !add && (out_stride == n || m == 1);
    if (!direct) out_.resize(std::max(out_.size(), m * n));
    (plainly ? plain::matmul : matmul)(left, right, workspace_, {{direct ? out : out_.data(), m * n}, m, n});
    if (direct) return;
    for (std::size_t r = 0; r < m; ++r) {
        const float* from = out_.data() + r * n;
        float* to = out + r * out_stride;
        for (std::size_t c = 0; c < n; ++c) to[c] = add ? to[c] + from[c] : from[c];
    }
}

}  // namespace lab
