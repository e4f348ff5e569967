#include "store/backup.h"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/crc.hpp>
#include <boost/json.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "base/random.h"
#include "base/uuid.h"
#include "store/audit.h"
#include "store/connection.h"
#include "store/members.h"
#include "store/messages.h"
#include "store/rooms.h"
#include "store/schema.h"
#include "store/search.h"
#include "store/server_keys.h"
#include "store/users.h"
#include "unit/store/store_harness.h"

namespace parley::store {

namespace {

namespace fs = std::filesystem;

std::string uuid(int n) {
  std::string text = std::to_string(n);
  return "018f0000-0000-7000-8000-" + std::string(12 - text.size(), '0') + text;
}

Result<void, Error> add_message(Session& s, int n, const std::string& reply_to) {
  Message message;
  message.id = uuid(n);
  message.room_id = uuid(2);
  message.seq = n;
  message.sender_id = uuid(1);
  message.content = "Straße №" + std::to_string(n) + " \"quoted\"\n\t☎ \\ end";
  message.reply_to = reply_to;
  message.client_id = message.id;
  message.created_at = s.now_ms();
  if (auto done = insert_message(s, message); !done) return done;
  SearchDocument document;
  document.ref_id = message.id;
  document.room_id = message.room_id;
  document.message_id = message.id;
  document.sender_id = message.sender_id;
  document.created_at = message.created_at;
  document.body = message.content;
  return index_document(s, document);
}

Result<void, Error> fill(Session& s) {
  User user;
  user.id = uuid(1);
  user.email = "ada@example.org";
  user.name = "Ada";
  if (auto done = insert_user(s, user); !done) return done.error();
  Room room;
  room.id = uuid(2);
  room.name = "Room";
  room.owner_id = user.id;
  if (auto done = insert_room(s, room); !done) return done;
  Member owner;
  owner.room_id = room.id;
  owner.user_id = user.id;
  owner.role = "owner";
  if (auto done = insert_member(s, owner); !done) return done;
  // A reply that comes before what it replies to, by id: references among rows of one table.
  if (auto done = add_message(s, 9, {}); !done) return done;
  if (auto done = add_message(s, 5, uuid(9)); !done) return done;
  return insert_server_key(s, {"k", "session", "secret", 0});
}

// Every row of every table as text, search documents without their numbers.
std::string dump(const std::string& url) {
  const auto connection = detail::Connection::open(*parse_url(url), detail::Access::kRead);
  connection->begin_read();
  Session s(*connection, 0);
  std::ostringstream out;
  for (detail::TableShape table : detail::tables(s)) {
    if (table.name == "search_documents") {
      table.columns.erase(table.columns.begin());
      table.types.erase(table.types.begin());
    }
    std::string order;
    for (std::size_t i = 1; i <= table.columns.size(); ++i) order += (i == 1 ? "" : ", ") + std::to_string(i);
    out << table.name << " " << detail::column_list(table.columns) << "\n";
    const std::string query =
        "SELECT " + detail::column_list(table.columns) + " FROM " + table.name + " ORDER BY " + order;
    for (Cursor cursor = s.open(query, {}, table.types); cursor.next();) {
      for (std::size_t i = 0; i < table.types.size(); ++i) {
        out << " | ";
        if (cursor.is_null(i)) {
          out << "NULL";
        } else if (table.types[i] == ColumnType::kText) {
          out << cursor.text(i);
        } else {
          out << cursor.integer(i);
        }
      }
      out << "\n";
    }
  }
  return out.str();
}

class BackupTest : public StoreTest {
 protected:
  BackupTest() : folder_(fs::temp_directory_path() / (home().name() + "_backup")) { fs::create_directories(folder_); }
  ~BackupTest() override { fs::remove_all(folder_); }
  [[nodiscard]] fs::path file(const std::string& name = "backup.jsonl") const { return folder_ / name; }
  std::vector<std::string> lines() const {
    std::ifstream in(file());
    std::vector<std::string> all;
    for (std::string line; std::getline(in, line);) all.push_back(line);
    return all;
  }
  void put(const std::vector<std::string>& all) const {
    std::ofstream out(file());
    for (const std::string& line : all) out << line << "\n";
  }

 private:
  fs::path folder_;
};
STORE_TEST_BOTH_ENGINES(BackupTest);

}  // namespace

TEST_P(BackupTest, ABackupIsTheSameInADatabaseOfEitherEngine) {
  write(fill);
  const auto taken = backup(url(), file());
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_EQ(taken->bytes, fs::file_size(file()));
  EXPECT_EQ(fs::status(file()).permissions() & fs::perms::all, fs::perms::owner_read | fs::perms::owner_write);
  for (const Engine target : {Engine::kSqlite, Engine::kPostgres}) {
    const TestDatabase fresh(target);
    const auto put_back = restore(fresh.url(), file());
    ASSERT_TRUE(put_back) << put_back.error().message;
    EXPECT_EQ(put_back->rows, taken->rows);
    EXPECT_EQ(dump(fresh.url()), dump(url()));
  }
}

TEST_P(BackupTest, ARestoredDatabaseWorksAndItsSearchFinds) {
  write(fill);
  ASSERT_TRUE(backup(url(), file()));
  for (const Engine target : {Engine::kSqlite, Engine::kPostgres}) {
    const TestDatabase fresh(target);
    ASSERT_TRUE(restore(fresh.url(), file()));
    Config config;
    config.url = fresh.url();
    auto db = Database::open(config, io().get_executor());
    ASSERT_TRUE(db) << db.error().message;
    const auto hits = (*db)->read_now([](Session& s) {
      SearchQuery query;
      query.asker_id = uuid(1);
      query.phrases = {SearchPhrase{.words = {"straße"}, .prefix = false, .exclude = false}};
      return search_documents(s, query);
    });
    ASSERT_TRUE(hits) << hits.error().message;
    EXPECT_EQ(hits->size(), 2U);
    EXPECT_TRUE((*db)->write_now([](Session& s) { return add_message(s, 10, uuid(9)); }));
    // References are watched again.
    log::set_sink(nullptr, log::Level::kError);
    const auto broken = (*db)->write_now([](Session& s) -> Result<void, Error> {
      s.exec("UPDATE messages SET room_id = 'nowhere'");
      return {};
    });
    EXPECT_EQ(broken.error().code, "failed_precondition");
  }
}

TEST_P(BackupTest, TakenDuringWritesItIsOneSnapshot) {
  write(fill);
  std::atomic<bool> stop{false};
  std::atomic<int> written{100};
  // Each job adds a message and a note of it: a snapshot has as many of one as of the other.
  std::thread load([&] {
    while (!stop) {
      const int n = ++written;
      write([n](Session& s) -> Result<void, Error> {
        if (auto done = add_message(s, n, uuid(9)); !done) return done;
        return append_audit(s, {.id = uuid(n), .action = "sent"});
      });
    }
  });
  while (written < 120) std::this_thread::yield();
  const auto taken = backup(url(), file());
  const int after = written;
  while (written < after + 5) std::this_thread::yield();
  stop = true;
  load.join();
  ASSERT_TRUE(taken) << taken.error().message;
  const TestDatabase fresh(engine());
  ASSERT_TRUE(restore(fresh.url(), file()));
  Config config;
  config.url = fresh.url();
  auto db = *Database::open(config, io().get_executor());
  (void)db->read_now([](Session& s) -> Result<void, Error> {
    const auto messages = *s.value<std::int64_t>("SELECT count(*) FROM messages") - 2;
    EXPECT_EQ(s.value<std::int64_t>("SELECT count(*) FROM audit_log"), messages);
    EXPECT_EQ(s.value<std::int64_t>("SELECT count(*) FROM search_documents"), messages + 2);
    EXPECT_GE(messages, 19);
    return {};
  });
}

TEST_P(BackupTest, AFullDatabaseIsNotRestoredInto) {
  write(fill);
  ASSERT_TRUE(backup(url(), file()));
  const std::string before = dump(url());
  const auto put_back = restore(url(), file());
  ASSERT_FALSE(put_back);
  EXPECT_EQ(put_back.error().code, "failed_precondition");
  EXPECT_EQ(dump(url()), before);
}

TEST_P(BackupTest, AnExistingFileIsNotOverwritten) {
  put({"precious"});
  EXPECT_EQ(backup(url(), file()).error().code, "already_exists");
  EXPECT_EQ(lines(), std::vector<std::string>{"precious"});
}

TEST_P(BackupTest, AFileThatCannotBeWrittenLeavesNothing) {
  const auto taken = backup(url(), file("no/such/folder"));
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, "unavailable");
  EXPECT_EQ(taken.error().field, "file");
}

TEST_P(BackupTest, DamageIsFoundAndLeavesTheDatabaseEmpty) {
  write(fill);
  ASSERT_TRUE(backup(url(), file()));
  const std::vector<std::string> good = lines();
  const TestDatabase fresh(engine());
  const auto refused = [&](std::vector<std::string> bad, const char* what) {
    put(bad);
    const auto put_back = restore(fresh.url(), file());
    ASSERT_FALSE(put_back) << what;
    EXPECT_EQ(put_back.error().code, "invalid_argument") << what << ": " << put_back.error().message;
  };
  auto bad = good;
  bad.pop_back();
  refused(bad, "cut off");
  bad = good;
  bad.erase(bad.end() - 2);
  refused(bad, "a line is missing");
  bad = good;
  for (std::string& line : bad) {
    if (const auto at = line.find("Ada"); at != std::string::npos) line[at] = 'E';
  }
  refused(bad, "a letter changed");
  bad = good;
  bad[1] = R"({"table":"users\" (id) VALUES (1); DROP TABLE users; --","columns":["id"]})";
  refused(bad, "a table that is none");
  bad = good;
  bad[1] = R"({"table":"users","columns":["id\") SELECT 1 --"]})";
  refused(bad, "a column that is none");
  refused({"hello"}, "no JSON");
  refused({R"({"some":"json"})"}, "no backup");
  put(good);
  EXPECT_TRUE(restore(fresh.url(), file()));
}

TEST_P(BackupTest, MissingReferencesAreDamage) {
  write(fill);
  ASSERT_TRUE(backup(url(), file()));
  std::vector<std::string> all = lines();
  // Without the room its members and messages hang in the air; the check sum is made to fit.
  std::erase_if(all, [](const std::string& line) { return line.find("\"Room\"") != std::string::npos; });
  boost::json::object end = boost::json::parse(all.back()).as_object();
  boost::crc_32_type crc;
  for (std::size_t i = 0; i + 1 < all.size(); ++i) crc.process_bytes((all[i] + "\n").data(), all[i].size() + 1);
  end["rows"] = end["rows"].as_int64() - 1;
  end["crc32"] = crc.checksum();
  all.back() = boost::json::serialize(end);
  put(all);
  const TestDatabase fresh(engine());
  const auto put_back = restore(fresh.url(), file());
  ASSERT_FALSE(put_back);
  EXPECT_EQ(put_back.error().code, "invalid_argument") << put_back.error().message;
}

TEST_P(BackupTest, ABackupOfANewerSchemaIsRefused) {
  ASSERT_TRUE(backup(url(), file()));
  std::vector<std::string> all = lines();
  boost::json::object head = boost::json::parse(all.front()).as_object();
  head["schema"] = 4711;
  all.front() = boost::json::serialize(head);
  put(all);
  const TestDatabase fresh(engine());
  EXPECT_EQ(restore(fresh.url(), file()).error().code, "failed_precondition");
}

TEST_P(BackupTest, ABackupOfAnOlderSchemaIsBroughtUpToDate) {
  // As of the first step alone, without any row.
  put({R"({"format":"parley-backup","version":1,"schema":1,"engine":"sqlite","createdAt":"2026-11-22T20:05:16.250Z"})"});
  std::vector<std::string> all = lines();
  boost::crc_32_type crc;
  crc.process_bytes((all[0] + "\n").data(), all[0].size() + 1);
  all.push_back(boost::json::serialize(boost::json::object{{"rows", 0}, {"crc32", crc.checksum()}}));
  put(all);
  const TestDatabase fresh(engine());
  const auto put_back = restore(fresh.url(), file());
  ASSERT_TRUE(put_back) << put_back.error().message;
  EXPECT_EQ(put_back->schema, 1);
  EXPECT_EQ(dump(fresh.url()), dump(url()));
}

}  // namespace parley::store
