// Products of matrices by a BLAS library (OpenBLAS), for training natively: the same products as KernelMultiplier, with
// wider instructions. Built where CMake finds cblas.h; elsewhere best_multiplier gives our own.
#pragma once

#include <memory>

#include "engine/models/transformer/multiplier.h"

namespace lab {

/// By the library where it was built in, otherwise by the kernel. One for each thread.
std::unique_ptr<Multiplier> best_multiplier();

/// "OpenBLAS (SkylakeX)" or "our own kernel".
const char* multiplier_name();

}  // namespace lab
