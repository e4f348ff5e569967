// Leave to fetch content: by token, by signature, by link.
#include "files/download.h"
#include "files/object_store.h"
#include "files/service_impl.h"
#include "files/signed_url.h"
#include "store/database.h"

namespace parley::files {

namespace {

// What a signed URL's bearer is: the one it was signed for.
auth::Subject bearer_of(const SignedPass& pass) {
  auth::Subject subject;
  subject.user_id = pass.user_id;
  subject.role = pass.admin ? auth::ServerRole::kAdmin : auth::ServerRole::kUser;
  return subject;
}

awaitable<Result<store::File, Error>> file_of_grant(std::shared_ptr<Service::Impl> impl, std::string grant_id,
                                                    std::string file_id) {
  auto job = [grant_id, file_id, time = impl->now_ms()](store::Session& session) -> Result<store::File, Error> {
    auto grant = store::find_file_grant(session, grant_id);
    if (!grant) return grant.error();
    const bool good =
        *grant && (*grant)->file_id == file_id && ((*grant)->expires_at == 0 || (*grant)->expires_at > time);
    if (!good) return no_file();
    auto file = store::find_file(session, file_id);
    if (!file) return file.error();
    if (!*file) return no_file();
    return std::move(**file);
  };
  co_return co_await impl->parts.database.read(std::move(job));
}

// Whose pass it is decides now, not when it was signed: people leave rooms, links are taken back.
awaitable<Result<store::File, Error>> file_of_pass(std::shared_ptr<Service::Impl> impl, SignedPass pass) {
  if (!pass.grant_id.empty()) co_return co_await file_of_grant(impl, pass.grant_id, pass.file_id);
  const auth::Subject subject = bearer_of(pass);
  auto access = co_await impl->allow(subject, auth::Action::kFileRead, pass.file_id);
  if (!access) co_return access.error();
  co_return std::move(access->file);
}

Service::SignedUrl signed_url(const Config& config, SignedPass pass, bool attachment) {
  UrlPass url;
  url.pass = std::move(pass);
  url.attachment = attachment;
  // Rounded up to whole minutes, so that one reader's URLs for one file are often the same and caches can use them.
  const auto seconds = (config.clock() + config.url_ttl).time_since_epoch() / 1s;
  url.expires_at = (seconds + 59) / 60 * 60;
  Service::SignedUrl out;
  out.url = (config.cdn_url.empty() ? config.public_url : config.cdn_url) + sign_path(config.url_key, url);
  out.expires_at = url.expires_at * 1000;
  return out;
}

}  // namespace

awaitable<Result<Content, Error>> Service::Impl::open_version(store::File file, std::int64_t number,
                                                              std::string user_id, std::string grant_id) {
  const auto self = shared_from_this();
  Content content;
  content.user_id = std::move(user_id);
  content.grant_id = std::move(grant_id);
  if (number == 0) number = file.version;
  auto job = [id = file.id, number](store::Session& session) -> Result<store::FileVersion, Error> {
    auto version = store::find_file_version(session, id, number);
    if (!version) return version.error();
    if (!*version) return Error{"not_found", "there is no such version", "version"};
    return std::move(**version);
  };
  auto version = co_await parts.database.read(std::move(job));
  if (!version) co_return version.error();
  auto open = [&objects = parts.objects, sha256 = version->sha256] { return objects.open(sha256); };
  auto reader = co_await parts.pool.run(std::move(open));
  if (!reader) co_return reader.error();
  content.file = std::move(file);
  content.version = std::move(*version);
  content.reader = std::move(*reader);
  co_return content;
}

awaitable<Result<Content, Error>> Service::open(auth::Subject subject, std::string file_id, std::int64_t version) {
  const auto impl = impl_;
  auto access = co_await impl->allow(subject, auth::Action::kFileRead, file_id);
  if (!access) co_return access.error();
  std::string no_grant;
  co_return co_await impl->open_version(access->file, version, subject.user_id, std::move(no_grant));
}

awaitable<Result<Content, Error>> Service::open_signed(SignedPass pass) {
  const auto impl = impl_;
  auto file = co_await file_of_pass(impl, pass);
  if (!file) co_return file.error();
  co_return co_await impl->open_version(*file, pass.version, pass.user_id, pass.grant_id);
}

awaitable<Result<Content, Error>> Service::open_link(std::string token, std::string password) {
  const auto impl = impl_;
  auto grant = co_await impl->check_link(token, password);
  if (!grant) co_return grant.error();
  auto file = co_await file_of_grant(impl, grant->id, grant->file_id);
  if (!file) co_return file.error();
  const std::string nobody;
  co_return co_await impl->open_version(*file, 0, nobody, grant->id);
}

awaitable<Result<LinkView, Error>> Service::view_link(std::string token, std::string password) {
  const auto impl = impl_;
  auto grant = co_await impl->check_link(token, password);
  if (!grant) co_return grant.error();
  auto file = co_await file_of_grant(impl, grant->id, grant->file_id);
  if (!file) co_return file.error();
  SignedPass pass;
  pass.file_id = file->id;
  pass.version = file->version;
  pass.grant_id = grant->id;
  const SignedUrl url = signed_url(impl->config, pass, true);
  LinkView view;
  view.file = std::move(*file);
  view.url = url.url;
  view.url_expires_at = url.expires_at;
  view.expires_at = grant->expires_at;
  co_return view;
}

awaitable<Result<Service::SignedUrl, Error>> Service::sign_url(auth::Subject subject, std::string file_id,
                                                               std::int64_t version, bool attachment) {
  const auto impl = impl_;
  auto access = co_await impl->allow(subject, auth::Action::kFileRead, file_id);
  if (!access) co_return access.error();
  SignedPass pass;
  pass.file_id = file_id;
  pass.version = version == 0 ? access->file.version : version;
  pass.user_id = subject.user_id;
  pass.admin = subject.admin();
  co_return signed_url(impl->config, pass, attachment);
}

Result<SignedPass, Error> Service::verify_url(std::string_view file_id, const http::Query& query,
                                              bool& attachment) const {
  const std::int64_t seconds = impl_->now_ms() / 1000;
  auto url = verify_path(impl_->config.url_key, file_id, query, seconds);
  if (!url) return url.error();
  attachment = url->attachment;
  return std::move(url->pass);
}

awaitable<Result<Service::Preview, Error>> Service::preview(auth::Subject subject, std::string file_id,
                                                            std::int64_t version, int size) {
  const auto impl = impl_;
  auto access = co_await impl->allow(subject, auth::Action::kFileRead, file_id);
  if (!access) co_return access.error();
  co_return co_await impl->preview_of(access->file, version, size);
}

awaitable<Result<Service::Preview, Error>> Service::preview_signed(SignedPass pass, int size) {
  const auto impl = impl_;
  auto file = co_await file_of_pass(impl, pass);
  if (!file) co_return file.error();
  co_return co_await impl->preview_of(*file, pass.version, size);
}

}  // namespace parley::files
