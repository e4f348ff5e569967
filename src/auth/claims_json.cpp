// Claims to and from JSON: one table of members, so that reading and writing cannot drift apart.
#include <boost/json.hpp>
#include <cmath>

#include "auth/access_token.h"

namespace parley::auth {

namespace {

namespace json = boost::json;

// ---- reading: an absent or null member leaves the default; another type than the claim's is an error ----

bool read(const json::value& v, bool& out) {
  if (!v.is_bool()) return false;
  out = v.get_bool();
  return true;
}
bool read(const json::value& v, std::optional<bool>& out) {
  if (!v.is_bool()) return false;
  out = v.get_bool();
  return true;
}
bool read(const json::value& v, std::string& out) {
  if (!v.is_string()) return false;
  out = std::string(v.get_string());
  return true;
}
// NumericDate may carry a fraction (RFC 7519 section 2).
bool read(const json::value& v, std::optional<std::int64_t>& out) {
  constexpr double kLargest = 9.0e15;  // a double counts seconds exactly up to here
  if (v.is_int64()) {
    out = v.get_int64();
  } else if (v.is_double() && std::abs(v.get_double()) < kLargest) {
    out = static_cast<std::int64_t>(std::floor(v.get_double()));
  } else {
    return false;
  }
  return *out > -static_cast<std::int64_t>(kLargest) && *out < static_cast<std::int64_t>(kLargest);
}
bool read(const json::value& v, std::vector<std::string>& out) {
  if (!v.is_array()) return false;
  for (const json::value& item : v.get_array()) {
    if (!item.is_string()) return false;
    out.emplace_back(item.get_string());
  }
  return true;
}
bool read(const json::value& v, std::map<std::string, std::string>& out) {
  if (!v.is_object()) return false;
  for (const auto& [key, item] : v.get_object()) {
    if (!item.is_string()) return false;
    out.insert_or_assign(std::string(key), std::string(item.get_string()));
  }
  return true;
}

class Reader {
 public:
  explicit Reader(const json::object& object) : object_(object) {}

  template <class T>
  Reader& member(std::string_view name, T& out) {
    const json::value* v = object_.if_contains(name);
    if (v != nullptr && !v->is_null() && !read(*v, out) && wrong_.empty()) wrong_ = name;
    return *this;
  }
  // The object of that name; an empty one when it is absent.
  Reader object(std::string_view name) {
    static const json::object empty;
    const json::value* v = object_.if_contains(name);
    if (v == nullptr || v->is_null()) return Reader(empty);
    if (v->is_object()) return Reader(v->get_object());
    if (wrong_.empty()) wrong_ = name;
    return Reader(empty);
  }
  void merge(const Reader& inner) {
    if (wrong_.empty()) wrong_ = inner.wrong_;
  }
  [[nodiscard]] const std::string& wrong() const { return wrong_; }

 private:
  const json::object& object_;
  std::string wrong_;
};

// ---- writing: members at their default are left out ----

class Writer {
 public:
  explicit Writer(json::object& object) : object_(object) {}

  Writer& member(std::string_view name, bool v) {
    if (v) object_[name] = true;
    return *this;
  }
  Writer& member(std::string_view name, const std::string& v) {
    if (!v.empty()) object_[name] = v;
    return *this;
  }
  template <class T>
  Writer& member(std::string_view name, const std::optional<T>& v) {
    if (v) object_[name] = *v;
    return *this;
  }
  Writer& member(std::string_view name, const std::vector<std::string>& v) {
    if (!v.empty()) object_[name] = json::value_from(v);
    return *this;
  }
  Writer& member(std::string_view name, const std::map<std::string, std::string>& v) {
    if (!v.empty()) object_[name] = json::value_from(v);
    return *this;
  }

 private:
  json::object& object_;
};

// The tables. `Grants` and `C` are const for writing.

template <class Visitor, class Grants>
void video_members(Visitor& visit, Grants& g) {
  visit.member("roomJoin", g.room_join)
      .member("room", g.room)
      .member("roomCreate", g.room_create)
      .member("roomList", g.room_list)
      .member("roomAdmin", g.room_admin)
      .member("roomRecord", g.room_record)
      .member("ingressAdmin", g.ingress_admin)
      .member("destinationRoom", g.destination_room)
      .member("canPublish", g.can_publish)
      .member("canSubscribe", g.can_subscribe)
      .member("canPublishData", g.can_publish_data)
      .member("canPublishSources", g.can_publish_sources)
      .member("canUpdateOwnMetadata", g.can_update_own_metadata)
      .member("hidden", g.hidden)
      .member("recorder", g.recorder)
      .member("agent", g.agent)
      .member("canSubscribeMetrics", g.can_subscribe_metrics)
      .member("canManageAgentSession", g.can_manage_agent_session);
}

template <class Visitor, class C>
void top_members(Visitor& visit, C& c) {
  visit.member("iss", c.issuer)
      .member("sub", c.identity)
      .member("exp", c.expires_at)
      .member("nbf", c.not_before)
      .member("iat", c.issued_at)
      .member("name", c.name)
      .member("metadata", c.metadata)
      .member("attributes", c.attributes)
      .member("kind", c.kind)
      .member("kindDetails", c.kind_details)
      .member("sha256", c.sha256)
      .member("roomPreset", c.room_preset);
}

}  // namespace

std::string claims_to_json(const Claims& claims) {
  json::object root;
  Writer top(root);
  top_members(top, claims);
  json::object video;
  Writer grants(video);
  video_members(grants, claims.video);
  if (!video.empty()) root["video"] = std::move(video);
  json::object sip;
  Writer(sip).member("admin", claims.sip_admin).member("call", claims.sip_call);
  if (!sip.empty()) root["sip"] = std::move(sip);
  if (claims.agent_admin) root["agent"] = json::object{{"admin", true}};
  if (!claims.room_config.empty()) {
    boost::system::error_code ec;
    json::value config = json::parse(claims.room_config, ec);
    if (!ec) root["roomConfig"] = std::move(config);
  }
  return json::serialize(root);
}

Result<Claims, Error> claims_from_json(std::string_view text) {
  boost::system::error_code ec;
  const json::value root = json::parse(text, ec);
  if (ec || !root.is_object()) return Error{"malformed", "its claims are not a JSON object", ""};
  Claims claims;
  Reader top(root.get_object());
  top_members(top, claims);
  if (claims.identity.empty()) top.member("jti", claims.identity);
  Reader video = top.object("video");
  video_members(video, claims.video);
  Reader sip = top.object("sip");
  sip.member("admin", claims.sip_admin).member("call", claims.sip_call);
  Reader agent = top.object("agent");
  agent.member("admin", claims.agent_admin);
  top.merge(video);
  top.merge(sip);
  top.merge(agent);
  if (const json::value* config = root.get_object().if_contains("roomConfig"); config != nullptr) {
    if (config->is_object()) claims.room_config = json::serialize(*config);
  }
  if (!top.wrong().empty()) {
    return Error{"malformed", "the claim \"" + top.wrong() + "\" has the wrong type", top.wrong()};
  }
  return claims;
}

}  // namespace parley::auth
