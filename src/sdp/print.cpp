#include <string>
#include <string_view>

#include "sdp/session_description.h"

namespace parley::sdp {
namespace {

class Printer {
 public:
  void line(std::string_view prefix, std::string_view value = {}) {
    out_ += prefix;
    out_ += value;
    out_ += "\r\n";
  }
  void line(std::string_view prefix, PayloadType payload_type, std::string_view value) {
    line(prefix, std::to_string(payload_type.value) + ' ' + std::string(value));
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

std::string joined(const std::vector<std::string>& words, std::string_view head = {}) {
  std::string out(head);
  for (const auto& entry : words) {
    if (!out.empty()) out += ' ';
    out += entry;
  }
  return out;
}

void print_transport(Printer& out, const TransportAttributes& transport) {
  if (!transport.ice_ufrag.empty()) out.line("a=ice-ufrag:", transport.ice_ufrag);
  if (!transport.ice_pwd.empty()) out.line("a=ice-pwd:", transport.ice_pwd);
  if (!transport.ice_options.empty()) out.line("a=ice-options:", joined(transport.ice_options));
  for (const auto& entry : transport.fingerprints) out.line("a=fingerprint:", entry.algorithm + ' ' + entry.value);
  if (transport.setup) out.line("a=setup:", text_of(*transport.setup));
}

void print_media_line(Printer& out, const MediaSection& section) {
  const bool is_other = section.type == MediaType::kOther;
  std::string text(is_other ? std::string_view(section.other_type) : text_of(section.type));
  text += ' ' + std::to_string(section.port) + ' ' + section.protocol;
  for (const PayloadType payload_type : section.payload_types) text += ' ' + std::to_string(payload_type.value);
  for (const auto& format : section.formats) text += ' ' + format;
  out.line("m=", text);
  // With ICE the addresses are those of the candidates (RFC 9429 section 5.2.1 has this one stand for none).
  out.line("c=IN IP4 0.0.0.0");
}

void print_formats(Printer& out, const MediaSection& section) {
  for (const auto& map : section.rtpmaps) {
    std::string text = map.name + '/' + std::to_string(map.clock_rate);
    if (map.channels != 1) text += '/' + std::to_string(map.channels);
    out.line("a=rtpmap:", map.payload_type, text);
  }
  for (const auto& entry : section.fmtps) out.line("a=fmtp:", entry.payload_type, entry.parameters);
  for (const auto& entry : section.feedback) {
    if (entry.payload_type) {
      out.line("a=rtcp-fb:", *entry.payload_type, entry.value);
    } else {
      out.line("a=rtcp-fb:* ", entry.value);
    }
  }
}

void print_extmaps(Printer& out, const MediaSection& section) {
  if (section.extmap_allow_mixed) out.line("a=extmap-allow-mixed");
  for (const auto& entry : section.extmaps) {
    std::string text = std::to_string(entry.id);
    if (entry.direction) (text += '/') += text_of(*entry.direction);
    out.line("a=extmap:", text + ' ' + entry.uri);
  }
}

std::string text_of(const Msid& msid) { return msid.track.empty() ? msid.stream : msid.stream + ' ' + msid.track; }

void print_ssrcs(Printer& out, const MediaSection& section) {
  for (const auto& group : section.ssrc_groups) {
    std::string text = group.semantics;
    for (const Ssrc ssrc : group.ssrcs) text += ' ' + std::to_string(ssrc.value);
    out.line("a=ssrc-group:", text);
  }
  for (const auto& entry : section.ssrcs) {
    const std::string id = std::to_string(entry.ssrc.value);
    if (!entry.cname.empty() || !entry.msid) out.line("a=ssrc:", id + " cname:" + entry.cname);
    if (entry.msid) out.line("a=ssrc:", id + " msid:" + text_of(*entry.msid));
  }
}

std::string text_of(const std::vector<SimulcastStream>& streams) {
  std::string out;
  for (const auto& stream : streams) {
    if (&stream != &streams.front()) out += ';';
    for (const auto& alternative : stream) {
      if (&alternative != &stream.front()) out += ',';
      if (alternative.paused) out += '~';
      out += alternative.rid;
    }
  }
  return out;
}

void print_simulcast(Printer& out, const MediaSection& section) {
  for (const auto& rid : section.rids) {
    std::string text = rid.id + (rid.direction == RidDirection::kSend ? " send" : " recv");
    if (!rid.parameters.empty()) text += ' ' + rid.parameters;
    out.line("a=rid:", text);
  }
  if (!section.simulcast) return;
  std::string text;
  if (!section.simulcast->send.empty()) text = "send " + text_of(section.simulcast->send);
  if (!section.simulcast->recv.empty()) {
    if (!text.empty()) text += ' ';
    text += "recv " + text_of(section.simulcast->recv);
  }
  out.line("a=simulcast:", text);
}

void print_section(Printer& out, const MediaSection& section) {
  print_media_line(out, section);
  if (!section.mid.empty()) out.line("a=mid:", section.mid);
  if (section.bundle_only) out.line("a=bundle-only");
  print_transport(out, section.transport);
  for (const auto& candidate : section.candidates) out.line("a=", print_candidate(candidate));
  if (section.end_of_candidates) out.line("a=end-of-candidates");

  // Data sections carry a direction only in Firefox; it is the default there.
  if (section.is_rtp() || section.direction != Direction::kSendRecv) out.line("a=", text_of(section.direction));
  if (section.msid) out.line("a=msid:", text_of(*section.msid));
  if (section.rtcp_mux) out.line("a=rtcp-mux");
  if (section.rtcp_rsize) out.line("a=rtcp-rsize");
  print_formats(out, section);
  print_extmaps(out, section);
  print_simulcast(out, section);
  print_ssrcs(out, section);
  if (section.sctp_port) out.line("a=sctp-port:", std::to_string(*section.sctp_port));
  if (section.max_message_size) out.line("a=max-message-size:", std::to_string(*section.max_message_size));
}

}  // namespace

std::string print(const SessionDescription& description) {
  Printer out;
  const Origin& origin = description.origin;
  out.line("v=0");
  out.line("o=", origin.username + ' ' + std::to_string(origin.session_id) + ' ' +
                     std::to_string(origin.session_version) + ' ' + origin.address);
  out.line("s=", description.name);
  out.line("t=0 0");
  for (const auto& group : description.groups) out.line("a=group:", joined(group.mids, group.semantics));
  if (description.ice_lite) out.line("a=ice-lite");
  if (description.extmap_allow_mixed) out.line("a=extmap-allow-mixed");
  if (!description.msid_semantic.empty()) out.line("a=msid-semantic: ", description.msid_semantic);
  print_transport(out, description.transport);
  for (const auto& section : description.media) print_section(out, section);
  return out.take();
}

}  // namespace parley::sdp
