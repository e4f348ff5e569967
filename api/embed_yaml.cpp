// embed_yaml FILE.yaml OUT.cpp NAMESPACE NAME: a source file with NAME_yaml(), the file as it is, and NAME_json(), the
// same as JSON. Runs while the server is built, so that what is served is what stands in this folder.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace {

namespace json = boost::json;

// Plain scalars by the core schema of YAML 1.2 (section 10.3.2); quoted ones are strings.
json::value scalar(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  if (node.Tag() == "!") return json::value(text);
  if (text.empty() || text == "null" || text == "~") return nullptr;
  if (text == "true") return true;
  if (text == "false") return false;
  const char* end = text.data() + text.size();
  std::int64_t whole = 0;
  if (const auto [rest, error] = std::from_chars(text.data(), end, whole); error == std::errc() && rest == end) {
    return whole;
  }
  double real = 0;
  if (const auto [rest, error] = std::from_chars(text.data(), end, real); error == std::errc() && rest == end) {
    return real;
  }
  return json::value(text);
}

json::value convert(const YAML::Node& node) {
  if (node.IsScalar()) return scalar(node);
  if (node.IsSequence()) {
    json::array out;
    for (const YAML::Node& item : node) out.push_back(convert(item));
    return out;
  }
  if (node.IsMap()) {
    json::object out;
    for (const auto& entry : node) out[entry.first.Scalar()] = convert(entry.second);
    return out;
  }
  return nullptr;
}

// In pieces: compilers bound the length of one literal. None is cut within a character.
void write_literal(std::ostream& out, const std::string& text) {
  constexpr std::size_t kPiece = 8'000;
  const auto continues = [&text](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U; };
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = std::min(begin + kPiece, text.size());
    while (end < text.size() && continues(end)) ++end;
    out << "    R\"~~~~(" << text.substr(begin, end - begin) << ")~~~~\"\n";
    begin = end;
  }
}

void write_function(std::ostream& out, const std::string& name, const std::string& text) {
  out << "std::string_view " << name << "() {\n  static constexpr char kText[] =\n";
  write_literal(out, text);
  out << "  ;\n  return {kText, sizeof kText - 1};\n}\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: embed_yaml FILE.yaml OUT.cpp NAMESPACE NAME\n";
    return 2;
  }
  try {
    std::ifstream in(argv[1], std::ios::binary);
    const std::string yaml{std::istreambuf_iterator<char>(in), {}};
    const std::string as_json = json::serialize(convert(YAML::Load(yaml)));
    std::ofstream out(argv[2], std::ios::binary);
    out << "#include <string_view>\n\nnamespace " << argv[3] << " {\n\n";
    write_function(out, std::string(argv[4]) + "_yaml", yaml);
    write_function(out, std::string(argv[4]) + "_json", as_json);
    out << "\n}\n";
    return out.good() && !yaml.empty() ? 0 : 1;
  } catch (const std::exception& e) {
    std::cerr << argv[1] << ": " << e.what() << "\n";
    return 1;
  }
}
