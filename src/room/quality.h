// From what a transport measured to the connection quality that people see.
#pragma once

#include <optional>
#include <vector>

#include "base/time.h"
#include "room/media_api.h"
#include "room/types.h"

namespace parley::room {

struct QualityScore {
  ConnectionQuality quality = ConnectionQuality::kExcellent;
  float score = 5;  // mean opinion score, 1..5
};

// The E-model (ITU-T G.107) cut down to delay and loss; kLost never comes out of a measurement.
QualityScore score_of(const TransportQuality& measured);

// One participant's quality over its transports, evaluated at regular times.
class QualityMeter {
 public:
  void report(const TransportQuality& measured);
  // The worst report since the last call; what was, when there was none.
  QualityScore evaluate();
  void set_lost(bool lost) { lost_ = lost; }

 private:
  std::optional<QualityScore> worst_;
  QualityScore current_;
  bool lost_ = false;
};

}  // namespace parley::room
