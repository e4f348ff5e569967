# Shared by tools/run and tools/test: finds the tree, installs what is missing, builds. Meant to be sourced.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# packages <section…>: names of tools/packages.txt; the part before "# test" is "build", the rest is "test".
packages() {
  awk -v want="$1" 'BEGIN { part = "build" } /^# test/ { part = "test"; next } /^#/ || NF == 0 { next }
                    part == want { print $1 }' tools/packages.txt
}

# install_packages <build|test>…: installs what dpkg does not have. Node.js counts as there when `node` is new enough, from
# wherever it came.
install_packages() {
  local missing=() name
  for section in "$@"; do
    for name in $(packages "$section"); do
      case $name in
        nodejs) command -v node >/dev/null && node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' && continue ;;
        npm) command -v npm >/dev/null && continue ;;
      esac
      [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null || true)" = installed ] || missing+=("$name")
    done
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  command -v apt-get >/dev/null || die "these packages are needed and there is no apt-get to install them: ${missing[*]}"
  local sudo=()
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null || die "run as root or install sudo: needs ${missing[*]}"; sudo=(sudo); }
  say "installing ${#missing[@]} packages: ${missing[*]}"
  "${sudo[@]}" apt-get update -q >/dev/null
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
  # What CMake looked for in vain may be there now.
  rm -f build/*/build.ninja
}

# npm_install <folder>: npm ci, skipped while package-lock.json has not changed since the last one.
npm_install() {
  local stamp="$1/node_modules/.parley-lock"
  cmp -s "$1/package-lock.json" "$stamp" && return 0
  say "installing npm packages of $1"
  (cd "$1" && npm ci --no-audit --no-fund --loglevel=error)
  cp "$1/package-lock.json" "$stamp"
}

# build <preset> [target…]
build() {
  local preset=$1
  shift
  [ -f "build/$preset/build.ninja" ] || { say "configuring $preset"; cmake --preset "$preset" >"/tmp/parley-configure.$$" ||
    { cat "/tmp/parley-configure.$$" >&2; die "cmake --preset $preset failed"; }; rm -f "/tmp/parley-configure.$$"; }
  say "building $preset${*:+ ($*)}"
  local targets=()
  [ $# -gt 0 ] && targets=(--target "$@")
  cmake --build "build/$preset" "${targets[@]}"
}

# build_web: the page, into web/dist; skipped while nothing in web/ is newer.
build_web() {
  npm_install web
  if [ -f web/dist/index.html ] && [ -z "$(find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -newer web/dist/index.html -print -quit)" ]; then
    return 0
  fi
  say "building the web page"
  (cd web && npm run --silent build)
}
