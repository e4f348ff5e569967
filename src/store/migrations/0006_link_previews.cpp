// What messages show of the page that their first link leads to.
#include "store/migration.h"

namespace parley::store {

namespace {

constexpr std::string_view kSql = R"sql(
-- A JSON object, '' for none, 'off' where the author wants none.
ALTER TABLE messages ADD COLUMN link_preview TEXT NOT NULL DEFAULT '';
)sql";

}  // namespace

extern const Migration k0006LinkPreviews;
const Migration k0006LinkPreviews{6, "link_previews", kSql, kSql};

}  // namespace parley::store
