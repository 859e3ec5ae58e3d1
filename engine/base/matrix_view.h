// MatrixView: rows × columns laid over somebody else's floats, row after row.
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>

namespace lab {

/// A dense row-major matrix that owns nothing: element (r, c) is data[r * columns + c].
template <class T>
struct BasicMatrixView {
    std::span<T> data;
    std::size_t rows = 0;
    std::size_t columns = 0;

    [[nodiscard]] std::span<T> row(std::size_t r) const { return data.subspan(r * columns, columns); }
    [[nodiscard]] T& at(std::size_t r, std::size_t c) const { return data[r * columns + c]; }

    operator BasicMatrixView<const T>() const requires(!std::is_const_v<T>) { return {data, rows, columns}; }
};

using MatrixView = BasicMatrixView<const float>;
using MutableMatrixView = BasicMatrixView<float>;

}  // namespace lab
