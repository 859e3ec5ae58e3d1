// Native kernels for `npm run bench:native`: ours, OpenBLAS's (named by its library's file on the command line), and
// a plain reading of memory, which is what the first two cannot beat where their operands come from there.
//
//   kernels [LIBRARY]
//   prepare dot N | prepare matvec R C | prepare matmul N      makes the operands (tests/bench/cases.ts makes the same)
//   answer                                                     some of the answer's values, evenly spread
//   run TIMES | read TIMES                                     answers, or reads what an answer reads; in seconds
#include "engine/kernels/kernels.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "engine/kernels/simd.h"
#include "tests/bench/native/talk.h"

namespace {

using lab::MatrixView;
using lab::MutableMatrixView;

/// The same numbers from −1 to 1 as `numbers` of tests/bench/cases.ts.
std::vector<float> numbers(std::size_t count, std::uint32_t seed) {
    std::vector<float> out(count);
    std::uint32_t bits = seed * 2654435761u;
    if (bits == 0) bits = 1;
    for (float& x : out) {
        bits ^= bits << 13;
        bits ^= bits >> 17;
        bits ^= bits << 5;
        x = static_cast<float>(static_cast<std::int32_t>(bits) / 2147483648.0);
    }
    return out;
}

/// The three functions of CBLAS that are asked, with their constants (row major, not turned).
struct Blas {
    float (*dot)(int, const float*, int, const float*, int) = nullptr;
    void (*gemv)(int, int, int, int, float, const float*, int, const float*, int, float, float*, int) = nullptr;
    void (*gemm)(int, int, int, int, int, int, float, const float*, int, const float*, int, float, float*,
                 int) = nullptr;
};
constexpr int row_major = 101;
constexpr int as_is = 111;

template <class Function>
void find(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    if (function == nullptr) {
        std::fprintf(stderr, "%s is not in the library\n", name);
        std::exit(1);
    }
}

Blas open_blas(const char* file) {
    void* library = dlopen(file, RTLD_NOW);
    if (library == nullptr) {
        std::fprintf(stderr, "%s\n", dlerror());
        std::exit(2);
    }
    Blas blas;
    find(library, "cblas_sdot", blas.dot);
    find(library, "cblas_sgemv", blas.gemv);
    find(library, "cblas_sgemm", blas.gemm);
    return blas;
}

struct Problem {
    std::string kind;
    std::size_t rows = 0, inner = 0, columns = 0;
    std::vector<float> a, b, out, workspace;
};

Problem prepare(std::istringstream& words) {
    Problem p;
    words >> p.kind >> p.rows;
    if (p.kind == "dot") {
        p.inner = p.rows, p.rows = p.columns = 1;
        p.a = numbers(p.inner, 1), p.b = numbers(p.inner, 2);
    } else if (p.kind == "matvec") {
        words >> p.inner;
        p.columns = 1;
        p.a = numbers(p.rows * p.inner, 3), p.b = numbers(p.inner, 4);
    } else {
        p.inner = p.columns = p.rows;
        p.a = numbers(p.rows * p.inner, 5), p.b = numbers(p.inner * p.columns, 6);
        p.workspace.resize(lab::matmul_workspace(p.rows, p.inner, p.columns));
    }
    p.out.resize(p.rows * p.columns);
    return p;
}

void ours(Problem& p) {
    if (p.kind == "dot") {
        p.out[0] = lab::dot(p.a, p.b);
    } else if (p.kind == "matvec") {
        lab::matvec(MatrixView{p.a, p.rows, p.inner}, p.b, p.out);
    } else {
        lab::matmul(MatrixView{p.a, p.rows, p.inner}, MatrixView{p.b, p.inner, p.columns}, p.workspace,
                    MutableMatrixView{p.out, p.rows, p.columns});
    }
}

void theirs(const Blas& blas, Problem& p) {
    const int m = static_cast<int>(p.rows);
    const int k = static_cast<int>(p.inner);
    const int n = static_cast<int>(p.columns);
    if (p.kind == "dot") {
        p.out[0] = blas.dot(k, p.a.data(), 1, p.b.data(), 1);
    } else if (p.kind == "matvec") {
        blas.gemv(row_major, as_is, m, k, 1, p.a.data(), k, p.b.data(), 1, 0, p.out.data(), 1);
    } else {
        blas.gemm(row_major, as_is, as_is, m, n, k, 1, p.a.data(), k, p.b.data(), n, 0, p.out.data(), n);
    }
}

/// Four running sums of four lanes: little but loads to wait for. (STREAM, McCalpin 1995, copies and adds; what a
/// dot product does to memory is to read it.)
float read(std::span<const float> values) {
    using namespace lab::simd;
    Float4 sums[4] = {splat(0), splat(0), splat(0), splat(0)};
    for (std::size_t i = 0; i + 16 <= values.size(); i += 16) {
        for (std::size_t s = 0; s < 4; ++s) sums[s] = add(sums[s], load(&values[i + 4 * s]));
    }
    return sum_lanes(add(add(sums[0], sums[1]), add(sums[2], sums[3])));
}

}  // namespace

int main(int argc, char** argv) {
    const bool use_blas = argc > 1;
    const Blas blas = use_blas ? open_blas(argv[1]) : Blas{};
    Problem problem;
    float sink = 0;
    const auto once = [&] {
        if (use_blas)
            theirs(blas, problem);
        else
            ours(problem);
        sink += problem.out[0];
    };
    bench::talk([&](std::istringstream& words) {
        std::string what;
        words >> what;
        std::ostringstream out;
        out.precision(9);
        if (what == "prepare") {
            problem = prepare(words);
            out << "ready";
        } else if (what == "answer") {
            once();
            const std::size_t step = std::max<std::size_t>(1, problem.out.size() / 1000);
            for (std::size_t i = 0; i < problem.out.size(); i += step) out << problem.out[i] << ' ';
        } else {
            std::uint64_t times = 0;
            words >> times;
            const auto start = std::chrono::steady_clock::now();
            for (std::uint64_t i = 0; i < times; ++i) {
                if (what == "read")
                    sink += read(problem.a) + (problem.kind == "dot" ? read(problem.b) : 0.0f);
                else
                    once();
            }
            out << bench::seconds_since(start) << ' ' << sink;
        }
        return out.str();
    });
}
