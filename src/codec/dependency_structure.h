// The template structure part of the dependency descriptor; used by its reader only.
#pragma once

#include "codec/bits.h"
#include "codec/dependency_descriptor.h"

namespace parley::codec {

// template_dependency_structure() of appendix A. False when cut short or beyond a bound; `out` is then to be discarded.
bool read_structure(BitReader& reader, DependencyStructure& out);

// frame_fdiffs() and its template form differ in how a diff is announced; both end up here. False: too many.
bool add_diff(FrameDiffs& diffs, std::uint32_t diff_minus_one);

}  // namespace parley::codec
