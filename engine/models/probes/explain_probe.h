// Where the numbers of a probe come from, down through the transformer whose states it reads.
#pragma once

#include <string_view>

#include "engine/base/result.h"
#include "engine/models/explanations/explain.h"
#include "engine/models/probes/probe.h"
#include "engine/models/transformer/explain_transformer.h"

namespace lab {

/// A probe at a layer of a pass. All of it is borrowed.
struct ProbeContext {
    const Probe& probe;  // of states as wide as the transformer's
    std::size_t layer;   // 0 to L
    const TransformerContext& transformer;
};

/// Explains a number of a probe. t is a row of the pass, k a class, i a component of a state, from 0. [t,k] may also be
/// written [t][k]. Addresses, each after "probe/":
///   score[t,k]                             dot[t,k] + bias[k]
///   dot[t,k]                               class vector · state: weight[k,i] and the transformer's L3/out[t,i]
///   (x[t,i]) weight[k,i]  bias[k]                   learned; standardisation is worked into them largest[t]  gap[t,k]
///   exp[t,k]  exp_sum[t]  probability[t,k]   softmax of the scores of a row
/// of a probe with two classes also
///   margin[t]                              projection[t] + bias_difference: score 1 − score 0
///   projection[t]                          difference · state
///   difference[i]  bias_difference         weight[1,i] − weight[0,i], bias[1] − bias[0]
/// Whatever begins with "transformer/" is explained as explain_transformer does.
/// Error "unknown-address".
Result<Explanation> explain_probe(const ProbeContext& context, std::string_view address);

}  // namespace lab
