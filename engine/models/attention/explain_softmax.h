// Where the numbers of a row of softmax come from.
#pragma once

#include <string_view>

#include "engine/base/result.h"
#include "engine/models/attention/softmax_row.h"
#include "engine/models/explanations/explain.h"

namespace lab {

/// Explains a number of a row. Addresses, i from 0:
///   softmax/score[i]  softmax/scaled[i]   scale × score;  softmax/largest  softmax/gap[i]  softmax/exp[i]
///   softmax/exp_sum  softmax/weight[i]  softmax/rest[i]   1 − weight;  softmax/slope[i]   weight × rest
/// Error "unknown-address".
Result<Explanation> explain_softmax(const SoftmaxRow& row, std::string_view address);

}  // namespace lab
