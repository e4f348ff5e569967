// What messages show of their links: fetched after the message went out, kept with it, told like an edit. A message
// whose preview was still under way when the server stopped stays without. Inside chat only.
#pragma once

#include "chat/context.h"

namespace parley::chat {

// Returns at once. Not in end-to-end encrypted rooms, whose links the server cannot read.
void want_link_preview(Context& context, const store::Room& room, const store::Message& message);

}  // namespace parley::chat
