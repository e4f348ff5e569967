// docs/permissions.md, from the table.
#include "auth/authorize.h"

namespace parley::auth {

namespace {

constexpr std::string_view kHead = R"(# Permissions

Generated from the table in `src/auth/permission_table.cpp`. A test fails when this page is stale; this writes it anew:
`PARLEY_WRITE_PERMISSIONS=1 build/debug/bin/unit_auth --gtest_filter='PermissionsPage.*'`

One function, `auth::authorize(subject, action, object)`, is asked by REST, sockets, files and media tokens alike.
What stands nowhere here is refused.

## In a room

A *stranger* is no member of the room; "public" and "private" is the room's visibility. A *guest* came by a guest link,
or is a member with that role; one who came by a link exists in that room alone. *Administrator* is what administrators
of the server may in any room without being members; as members they also have what their role there says.

)";

constexpr std::string_view kRoomColumns =
    "| action | | stranger (private) | stranger (public) | guest | member | moderator | owner | administrator | "
    "archived "
    "| direct |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";

constexpr std::string_view kNotes = R"(
- **own**: what one wrote, uploaded, started or shares oneself. **if opened**: where the room's or the share's settings
  say so (guests may upload; everybody may draw). **if granted**: a grant of that file names the person or the link.
  **below**: members whose role is below one's own, and roles below one's own. **up to**: likewise, one's own included.
- **archived**: whether it goes on in an archived room. **direct**: what differs in a conversation of two: *never*, or
  allowed to *both*.
- A **locked** room: nobody below moderator joins it or its calls unless a moderator lets them in.
- The **last owner** can neither leave nor be removed nor get another role, not even by an administrator.
- Who may not see a room is told that there is none ("not found"), whatever they ask.
- Administrators manage rooms and members but do not read: messages, files and calls of a room are for its members. An
  administrator who makes himself a member is in the audit log, and the room sees it.

## On the server

| action | | guest | account | administrator |
| --- | --- | --- | --- | --- |
)";

constexpr std::string_view kTail = R"(
- For accounts, **own** is one's own account. The last administrator cannot be demoted, disabled or deleted.
- Files outside any room: the uploader may everything with them; others read what was granted to them; guests upload
  none.
)";

std::string_view words(Allow cell) {
  switch (cell) {
    case Allow::kYes:
      return "yes";
    case Allow::kOwn:
      return "own";
    case Allow::kOwnOrOpened:
      return "own, or if opened";
    case Allow::kOpened:
      return "if opened";
    case Allow::kGranted:
      return "if granted";
    case Allow::kBelow:
      return "below";
    case Allow::kUpTo:
      return "up to";
    case Allow::kNo:
      break;
  }
  return "–";
}

std::string_view words(InDirect direct) {
  switch (direct) {
    case InDirect::kNever:
      return "never";
    case InDirect::kMembers:
      return "both";
    case InDirect::kSame:
      break;
  }
  return "";
}

void add_cell(std::string& page, std::string_view text) {
  page += text.empty() ? " |" : " ";
  if (text.empty()) return;
  page += text;
  page += " |";
}

void add_row(std::string& page, const Rule& rule) {
  page += "|";
  add_cell(page, "`" + std::string(rule.name) + "`");
  add_cell(page, rule.meaning);
  for (std::size_t i = 0; i < kColumnCount; ++i) {
    const auto column = static_cast<Column>(i);
    const bool shown =
        rule.in_room || column == Column::kGuest || column == Column::kMember || column == Column::kAdmin;
    if (shown) add_cell(page, words(rule.cells[i]));
  }
  if (rule.in_room) {
    add_cell(page, rule.when_archived ? "yes" : "–");
    add_cell(page, words(rule.direct));
  }
  page += "\n";
}

}  // namespace

std::string permissions_page() {
  std::string page(kHead);
  page += kRoomColumns;
  for (const Rule& rule : rules()) {
    if (rule.in_room) add_row(page, rule);
  }
  page += kNotes;
  for (const Rule& rule : rules()) {
    if (!rule.in_room) add_row(page, rule);
  }
  page += kTail;
  return page;
}

}  // namespace parley::auth
