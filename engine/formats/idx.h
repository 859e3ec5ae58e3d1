// Reader of MNIST's IDX files (LeCun, Cortes & Burges 1998): images of bytes, and labels. Bytes as they are, not
// compressed.
#pragma once

#include <cstdint>
#include <span>

#include "engine/base/result.h"
#include "engine/models/networks/examples.h"

namespace lab {

/// Images [N, 28, 28] and labels [N]; pixels become 0 to 1 (byte / 255), classes are "0" to "9". Errors "bad-file",
/// whose detail is "images" or "labels": what is wrong with which of the two, and what to do.
Result<Examples> read_idx_digits(std::span<const std::uint8_t> images, std::span<const std::uint8_t> labels);

}  // namespace lab
