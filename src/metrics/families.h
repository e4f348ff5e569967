// Metrics on their way to text: a family for each name, filled one after the other. Internal to metrics/.
#pragma once

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <limits>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"

namespace parley::metrics {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

constexpr double bound_seconds(Duration bound) { return to_seconds(bound); }
constexpr double bound_seconds(double bound) { return bound; }

class Families {
 public:
  void counter(const std::string& name, const std::string& help, double value, Labels labels = {}) {
    metric(name, help, MetricType::Counter, std::move(labels)).counter.value = value;
  }
  void gauge(const std::string& name, const std::string& help, double value, Labels labels = {}) {
    metric(name, help, MetricType::Gauge, std::move(labels)).gauge.value = value;
  }
  // buckets: not cumulative, one more than bounds.
  template <class Bounds, class Buckets>
  void histogram(const std::string& name, const std::string& help, const Bounds& bounds, const Buckets& buckets,
                 double sum_seconds, Labels labels = {}) {
    auto& h = metric(name, help, MetricType::Histogram, std::move(labels)).histogram;
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < buckets.size(); ++i) {
      total += buckets[i];
      ClientMetric::Bucket bucket;
      bucket.cumulative_count = total;
      bucket.upper_bound = i < bounds.size() ? bound_seconds(bounds[i]) : std::numeric_limits<double>::infinity();
      h.bucket.push_back(bucket);
    }
    h.sample_count = total;
    h.sample_sum = sum_seconds;
  }
  [[nodiscard]] std::string text() const {
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, families_);
    return out.str();
  }

 private:
  ClientMetric& metric(const std::string& name, const std::string& help, MetricType type, Labels labels) {
    // One family's metrics are added one after another, so the last family is the only candidate.
    if (families_.empty() || families_.back().name != name) {
      MetricFamily family;
      family.name = name;
      family.help = help;
      family.type = type;
      families_.push_back(std::move(family));
    }
    families_.back().metric.emplace_back();
    families_.back().metric.back().label = std::move(labels);
    return families_.back().metric.back();
  }

  std::vector<MetricFamily> families_;
};

}  // namespace parley::metrics
