// The families of the control plane. Internal to metrics/.
#pragma once

#include "metrics/families.h"
#include "metrics/workplace.h"

namespace parley::metrics {

void add_workplace(Families& out, const WorkplaceSnapshot& s);

}  // namespace parley::metrics
