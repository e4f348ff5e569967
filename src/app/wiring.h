// From settings to each module's own configuration: the one place where a key of the file meets the struct it fills.
#pragma once

#include <memory>
#include <vector>

#include "base/address.h"
#include "base/result.h"
#include "config/settings.h"
#include "dtls/transport.h"
#include "http/server.h"
#include "room/config.h"
#include "shard/pool.h"

namespace parley::app {

// rtc.node_ip, or what the interfaces have: never empty (loopback when there is nothing else). With `dev` loopback is
// always among them, so that a browser on this machine connects whatever the network does.
std::vector<Address> reachable_addresses(const config::Settings& settings);

http::ServerConfig http_config(const config::Settings& settings);
shard::Config shard_config(const config::Settings& settings, std::shared_ptr<const dtls::Certificate> certificate);
room::Config room_config(const config::Settings& settings, const dtls::Fingerprint& fingerprint);

// The folder of the built page: http.web_dir, else web/dist beside the program's tree; empty when there is none.
std::string web_folder(const config::Settings& settings);

}  // namespace parley::app
