#include "chat/service.h"

#include "chat/context.h"

namespace parley::chat {

Service::Service(Config config, Dependencies dependencies)
    : context_(std::make_unique<Context>(config, std::move(dependencies))),
      rooms_(std::make_unique<Rooms>(*context_)),
      messages_(std::make_unique<Messages>(*context_)),
      search_(std::make_unique<Search>(*context_)),
      inbox_(std::make_unique<Inbox>(*context_)),
      records_(std::make_unique<Records>(*context_)) {}

Service::~Service() = default;

const work::LatencyHistogram& Service::fanout() const { return context_->fanout; }
void Service::add_observer(Observer& observer) { context_->observers.push_back(&observer); }

Rooms& Service::rooms() { return *rooms_; }
Messages& Service::messages() { return *messages_; }
Search& Service::search() { return *search_; }
Inbox& Service::inbox() { return *inbox_; }
Records& Service::records() { return *records_; }

}  // namespace parley::chat
