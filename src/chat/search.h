// Search over messages and file names that the asker may see.
#pragma once

#include "auth/subject.h"
#include "chat/answer.h"
#include "chat/views.h"

namespace parley::chat {

class Context;

class Search {
 public:
  explicit Search(Context& context) : context_(context) {}

  // Newest first, or best first. Error invalid_argument with field "q" names what the query has wrong.
  Answer<Page<SearchItem>> find(auth::Subject subject, SearchRequest request);

 private:
  Context& context_;
};

}  // namespace parley::chat
