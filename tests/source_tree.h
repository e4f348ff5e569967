// Where the tree lies whose tests run: for their data, and for files of the product that a test holds to the code.
#pragma once

#include <string>

namespace parley::test {

// Absolute path of a file or folder of the tree, such as "tests/data/sdp". It is compiled once for each checkout, apart
// from the tests, so that a compiler cache serves them all.
std::string in_tree(const std::string& path);

}  // namespace parley::test
