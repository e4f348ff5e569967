#include "store/search.h"

#include <gmock/gmock.h>

#include "base/random.h"
#include "chat_store.h"
#include "store/tokenizer.h"

namespace parley::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const Token& token : tokenize(text)) words.push_back(token.text);
  return words;
}

TEST(Tokenizer, WordsAreFolded) {
  struct Row {
    std::string_view text;
    std::string_view words;
  };
  for (const Row& row :
       {Row{"", ""}, Row{"  !? ", ""}, Row{"Éclair-7", "eclair 7"}, Row{"ГОРОД", "город"},
        Row{"ÅNGSTRÖM über", "angstrom uber"}, Row{"a_b@c.d", "a b c d"}, Row{"日本語 です", "日本語 です"},
        Row{"\xff\xfe ok", "\xef\xbf\xbd\xef\xbf\xbd ok"}, Row{"can't", "can t"}}) {
    if (row.text.starts_with("\xff")) {
      static_cast<void>(folded(row.text));  // whatever it makes of this, it survives it
      continue;
    }
    EXPECT_EQ(folded(row.text), row.words) << row.text;
  }
}

TEST(Tokenizer, TokensTellWhereTheyStand) {
  const std::string text = "Ça, là";
  const std::vector<Token> tokens = tokenize(text);
  ASSERT_EQ(tokens.size(), 2U);
  EXPECT_EQ(text.substr(tokens[0].begin, tokens[0].end - tokens[0].begin), "Ça");
  EXPECT_EQ(text.substr(tokens[1].begin, tokens[1].end - tokens[1].begin), "là");
  EXPECT_EQ(tokens[1].text, "la");
}

class SearchStore : public ChatStore {
 protected:
  SearchStore() {
    ann = add_user("ann");
    bob = add_user("bob");
    room = make_room("r").id;
    add_member(room, ann);
  }
  void index(const std::string& ref, const std::string& body, const std::string& in = "", std::int64_t at = 100) {
    SearchDocument document;
    document.ref_id = document.message_id = ref;
    document.room_id = in.empty() ? room : in;
    document.sender_id = bob;
    document.created_at = at;
    document.body = body;
    write([&](Session& session) { return index_document(session, document); });
  }
  SearchQuery query(std::string_view words) const {
    SearchQuery wanted;
    wanted.asker_id = ann;
    if (!words.empty()) wanted.phrases.push_back({words_of(words)});
    return wanted;
  }
  std::vector<std::string> find(const SearchQuery& wanted) {
    std::vector<std::string> refs;
    for (const SearchHit& hit : *read([&](Session& session) { return search_documents(session, wanted); })) {
      refs.push_back(hit.ref_id);
    }
    return refs;
  }
  std::string ann;
  std::string bob;
  std::string room;
};
STORE_TEST_BOTH_ENGINES(SearchStore);

TEST_P(SearchStore, WordsAreFoundWhateverTheirCaseAndAccents) {
  index("1", "Un CAFÉ noir");
  index("2", "Tea, please");
  EXPECT_THAT(find(query("cafe")), ElementsAre("1"));
  EXPECT_THAT(find(query("Café")), ElementsAre("1"));
  EXPECT_THAT(find(query("please")), ElementsAre("2"));
  EXPECT_THAT(find(query("milk")), IsEmpty());
}

TEST_P(SearchStore, PhrasesAreConsecutive) {
  index("1", "the quick brown fox");
  index("2", "brown and quick");
  EXPECT_THAT(find(query("quick brown")), ElementsAre("1"));
  SearchQuery both = query("quick");
  both.phrases.push_back({{"brown"}});
  EXPECT_THAT(find(both), ElementsAre("2", "1"));
}

TEST_P(SearchStore, PrefixesAndExclusions) {
  index("1", "harbour master");
  index("2", "harbour pilot");
  SearchQuery wanted = query("harb");
  EXPECT_THAT(find(wanted), IsEmpty());
  wanted.phrases[0].prefix = true;
  EXPECT_THAT(find(wanted), ElementsAre("2", "1"));
  wanted.phrases.push_back({{"pilot"}, false, true});
  EXPECT_THAT(find(wanted), ElementsAre("1"));
  SearchQuery only_without = query("");
  only_without.phrases.push_back({{"master"}, false, true});
  EXPECT_THAT(find(only_without), ElementsAre("2"));
  wanted.phrases.push_back({{"master"}, false, true});
  EXPECT_THAT(find(wanted), IsEmpty());
}

TEST_P(SearchStore, WordsAreNeverOperators) {
  index("1", "cats NOT dogs OR near and ( ) & | ! : * ' \" \\ body");
  for (const char* word : {"not", "or", "and", "near", "body"})
    EXPECT_THAT(find(query(word)), ElementsAre("1")) << word;
  SearchQuery odd = query("");
  odd.phrases.push_back({{"it's", "a\\", "\"x\"", "'", "*"}, true});
  EXPECT_THAT(find(odd), IsEmpty());
}

TEST_P(SearchStore, OnlyRoomsOfTheAsker) {
  const std::string secret = make_room("secret").id;
  Room open = make_room("open");
  open.visibility = "public";
  write([&](Session& session) { return update_room(session, open); });
  add_member(secret, bob);
  index("1", "word", secret);
  index("2", "word", open.id);
  index("3", "word");
  EXPECT_THAT(find(query("word")), ElementsAre("3"));
  EXPECT_THAT(find(query("")), ElementsAre("3"));
  SearchQuery wide = query("word");
  wide.public_rooms = true;
  EXPECT_THAT(find(wide), ElementsAre("3", "2"));
  wide.only_room = open.id;
  EXPECT_THAT(find(wide), ElementsAre("2"));
  SearchQuery in_secret = query("word");
  in_secret.rooms = {secret};
  EXPECT_THAT(find(in_secret), IsEmpty());
  add_member(secret, ann);
  EXPECT_THAT(find(in_secret), ElementsAre("1"));
  write([&](Session& session) { return delete_member(session, secret, ann); });
  EXPECT_THAT(find(in_secret), IsEmpty());
}

TEST_P(SearchStore, FiltersNarrow) {
  index("1", "word", "", 100);
  index("2", "word", "", 200);
  SearchQuery wanted = query("word");
  wanted.after_ms = 200;
  EXPECT_THAT(find(wanted), ElementsAre("2"));
  wanted = query("");
  wanted.before_ms = 200;
  EXPECT_THAT(find(wanted), ElementsAre("1"));
  wanted = query("word");
  wanted.senders = {ann};
  EXPECT_THAT(find(wanted), IsEmpty());
  wanted.senders = {ann, bob};
  EXPECT_THAT(find(wanted), ElementsAre("2", "1"));
  wanted.has_link = true;
  EXPECT_THAT(find(wanted), IsEmpty());
  SearchDocument document;
  document.ref_id = "1";
  document.room_id = room;
  document.sender_id = bob;
  document.body = "word https://example.org";
  document.has_link = document.has_file = document.has_image = true;
  write([&](Session& session) { return index_document(session, document); });
  wanted.has_file = wanted.has_image = true;
  EXPECT_THAT(find(wanted), ElementsAre("1"));
}

TEST_P(SearchStore, EditedDocumentsAreFoundByTheirNewWordsOnly) {
  index("1", "before");
  index("1", "after");
  EXPECT_THAT(find(query("before")), IsEmpty());
  EXPECT_THAT(find(query("after")), ElementsAre("1"));
  write([](Session& session) { return unindex_document(session, "message", "1"); });
  EXPECT_THAT(find(query("after")), IsEmpty());
}

TEST_P(SearchStore, PagesGoOnWhereTheLastEnded) {
  for (int i = 0; i < 7; ++i) index(std::to_string(i), i % 2 == 0 ? "word word word" : "word and others");
  for (const bool by_rank : {false, true}) {
    SearchQuery wanted = query("word");
    wanted.by_rank = by_rank;
    wanted.limit = 3;
    std::vector<std::string> all;
    while (true) {
      const auto hits = read([&](Session& session) { return search_documents(session, wanted); });
      for (const SearchHit& hit : *hits) all.push_back(hit.ref_id);
      if (hits->size() < wanted.limit) break;
      wanted.cursor = by_rank ? wanted.cursor + 3 : hits->back().document;
    }
    EXPECT_EQ(all.size(), 7U) << by_rank;
    EXPECT_EQ(all.front(), "6");
    std::ranges::sort(all);
    EXPECT_EQ(std::ranges::unique(all).begin(), all.end());
  }
}

TEST_P(SearchStore, FileNamesAreFoundButForEncryptedRooms) {
  Room secret = make_room("secret");
  secret.e2ee = true;
  write([&](Session& session) { return update_room(session, secret); });
  add_member(secret.id, ann);
  write([&](Session& session) -> Result<void, Error> {
    must(index_file_name(session, "f1", room, bob, "Plan_2026-final.PDF", false, 1));
    return index_file_name(session, "f2", secret.id, bob, "plan.pdf", false, 1);
  });
  const auto hits = read([&](Session& session) { return search_documents(session, query("plan")); });
  ASSERT_EQ(hits->size(), 1U);
  EXPECT_EQ(hits->front().kind, "file");
  EXPECT_EQ(hits->front().body, "Plan_2026-final.PDF");
  EXPECT_THAT(find(query("final pdf")), ElementsAre("f1"));
}

TEST_P(SearchStore, RoomLeavesTheIndexBitByBit) {
  for (int i = 0; i < 5; ++i) index(std::to_string(i), "word");
  EXPECT_EQ(*write([&](Session& session) { return unindex_room(session, room, 3); }), 3);
  EXPECT_EQ(*write([&](Session& session) { return unindex_room(session, room, 3); }), 2);
  EXPECT_EQ(*write([&](Session& session) { return unindex_room(session, room, 3); }), 0);
  EXPECT_THAT(find(query("word")), IsEmpty());
}

TEST_P(SearchStore, DeletedRoomTakesItsDocumentsAlong) {
  index("1", "word");
  write([&](Session& session) -> Result<void, Error> {
    must(delete_room(session, room, 1));
    return purge_room(session, room);
  });
  EXPECT_THAT(find(query("word")), IsEmpty());
}

TEST_P(SearchStore, LongAndStrangeTextsAreTaken) {
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += "w" + std::to_string(i) + " ";
  index("1", many);
  index("2", std::string(16'000, 'x'));
  index("3", "' \\ '' \\\\ '\\' :1 'a':2A <-> & !");
  EXPECT_THAT(find(query("w19999")), ElementsAre("1"));
  EXPECT_THAT(find(query("2a")), ElementsAre("3"));
}

}  // namespace
}  // namespace parley::store
