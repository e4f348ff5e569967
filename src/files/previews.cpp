#include "files/previews.h"

#include <vips/vips.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <mutex>

#include "files/posix_file.h"
#include "files/text_result.h"
#include "http/query.h"

namespace parley::files {

namespace {

constexpr int kQuality = 75;

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

struct GFree {
  void operator()(void* memory) const { g_free(memory); }
};

constexpr std::array<std::string_view, 9> kImageTypes = {"image/png",  "image/jpeg", "image/gif",
                                                         "image/webp", "image/tiff", "image/heic",
                                                         "image/heif", "image/avif", "application/pdf"};

// No cache: every file is seen once. One thread for each file: the pool bounds the rest. And no decoder that nobody
// asked for: some of libvips' many are old or huge.
bool start_vips() {
  static const bool started = [] {
    if (VIPS_INIT("parley") != 0) return false;
    vips_cache_set_max(0);
    vips_cache_set_max_mem(0);
    vips_concurrency_set(1);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (const char* loader :
         {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadNsgif", "VipsForeignLoadWebp",
          "VipsForeignLoadTiff", "VipsForeignLoadHeif", "VipsForeignLoadPdf"}) {
      vips_operation_block_set(loader, FALSE);
    }
    return true;
  }();
  return started;
}

Error no_preview(std::string why) {
  return {"unsupported_media_type", "no preview can be made of this file: " + std::move(why), ""};
}

Error vips_failure() {
  std::string text = vips_error_buffer();
  vips_error_clear();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return no_preview(text.substr(0, 200));
}

struct Watch {
  std::chrono::steady_clock::time_point give_up;
};

void on_progress(VipsImage* image, VipsProgress* /*progress*/, Watch* watch) {
  if (std::chrono::steady_clock::now() > watch->give_up) vips_image_set_kill(image, TRUE);
}

Result<void, Error> check_size(const Image& head, const PreviewLimits& limits) {
  if (!head) return vips_failure();
  const auto width = static_cast<std::uint64_t>(vips_image_get_width(head.get()));
  const auto height = static_cast<std::uint64_t>(vips_image_get_height(head.get()));
  if (width == 0 || height == 0 || height > limits.max_pixels / width) return no_preview("it has too many pixels");
  return {};
}

Result<std::string, Error> to_webp(const Image& small, Watch& watch) {
  vips_image_set_progress(small.get(), TRUE);
  g_signal_connect(small.get(), "eval", G_CALLBACK(&on_progress), &watch);
  void* bytes = nullptr;
  std::size_t length = 0;
  // strip: the preview shall not tell where a photograph was taken.
  if (vips_webpsave_buffer(small.get(), &bytes, &length, "Q", kQuality, "strip", TRUE, nullptr) != 0) {
    return vips_failure();
  }
  const std::unique_ptr<void, GFree> owner(bytes);
  return text_result(std::string(static_cast<const char*>(bytes), length));
}

Result<std::string, Error> make_one(const std::filesystem::path& file, int size, Watch& watch) {
  VipsImage* made = nullptr;
  if (vips_thumbnail(file.c_str(), &made, size, "height", size, "size", VIPS_SIZE_DOWN, nullptr) != 0) {
    return vips_failure();
  }
  return to_webp(Image(made), watch);
}

Result<std::string, Error> make_one(std::string_view bytes, int size, const PreviewLimits& limits) {
  void* data = const_cast<char*>(bytes.data());
  const char* loader = vips_foreign_find_load_buffer(data, bytes.size());
  if (loader == nullptr) return vips_failure();
  if (std::string_view(loader).starts_with("VipsForeignLoadPdf")) return no_preview("it is a document");
  const Image head(vips_image_new_from_buffer(data, bytes.size(), "", "access", VIPS_ACCESS_SEQUENTIAL, nullptr));
  if (auto checked = check_size(head, limits); !checked) return checked.error();
  VipsImage* made = nullptr;
  if (vips_thumbnail_buffer(data, bytes.size(), &made, size, "height", size, "size", VIPS_SIZE_DOWN, nullptr) != 0) {
    return vips_failure();
  }
  Watch watch{std::chrono::steady_clock::now() + limits.time};
  return to_webp(Image(made), watch);
}

std::size_t length_of_sequence(std::uint8_t first) {
  return first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}

}  // namespace

PreviewKind preview_kind(std::string_view mime) {
  if (std::find(kImageTypes.begin(), kImageTypes.end(), mime) != kImageTypes.end()) return PreviewKind::kImage;
  const bool text = mime.starts_with("text/") || mime == "application/json" || mime == "application/xml" ||
                    mime == "application/javascript" || mime == "application/x-sh" || mime == "application/yaml";
  return text ? PreviewKind::kText : PreviewKind::kNone;
}

Result<std::vector<PreviewImage>, Error> make_previews(const std::filesystem::path& file, std::string_view mime,
                                                       const PreviewLimits& limits) {
  if (preview_kind(mime) != PreviewKind::kImage) return no_preview("its type is " + std::string(mime));
  std::error_code ec;
  const std::uintmax_t bytes = std::filesystem::file_size(file, ec);
  if (ec || bytes > limits.max_bytes) return no_preview("it is too large");
  if (!start_vips()) return Error{"internal", "libvips does not start", ""};

  std::vector<PreviewImage> out;
  Watch watch{std::chrono::steady_clock::now() + limits.time};
  auto checked =
      check_size(Image(vips_image_new_from_file(file.c_str(), "access", VIPS_ACCESS_SEQUENTIAL, nullptr)), limits);
  for (const int size : kPreviewSizes) {
    if (!checked) break;
    auto webp = make_one(file, size, watch);
    if (webp) {
      out.push_back({size, std::move(*webp)});
    } else {
      checked = webp.error();
    }
  }
  // What libvips keeps for each thread goes with it.
  vips_thread_shutdown();
  if (!checked) return checked.error();
  return out;
}

Result<std::string, Error> make_small_picture(std::string_view bytes, int size, const PreviewLimits& limits) {
  if (bytes.empty() || bytes.size() > limits.max_bytes) return no_preview("it is empty or too large");
  if (!start_vips()) return Error{"internal", "libvips does not start", ""};
  auto made = make_one(bytes, size, limits);
  vips_thread_shutdown();
  return made;
}

std::string text_preview(std::string_view bytes) {
  static constexpr std::string_view kReplacement = "\xef\xbf\xbd";
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const auto first = static_cast<std::uint8_t>(bytes.front());
    const std::size_t length = length_of_sequence(first);
    if (length > bytes.size()) break;
    const bool fine = length > 0 && http::is_utf8(bytes.substr(0, length)) && bytes.front() != '\0';
    out += fine ? bytes.substr(0, length) : kReplacement;
    bytes.remove_prefix(fine ? length : 1);
  }
  return out;
}

}  // namespace parley::files
