// Every step of the schema, in order. A new file of this folder gets two lines here.
#include <array>

#include "store/migration.h"

namespace parley::store {

extern const Migration k0001Accounts;
extern const Migration k0002RoomsAndMessages;
extern const Migration k0003Calls;
extern const Migration k0004Files;
extern const Migration k0005Operations;
extern const Migration k0006LinkPreviews;

std::span<const Migration* const> all_migrations() {
  static const std::array kAll{&k0001Accounts, &k0002RoomsAndMessages, &k0003Calls,
                               &k0004Files,    &k0005Operations,       &k0006LinkPreviews};
  return kAll;
}

}  // namespace parley::store
