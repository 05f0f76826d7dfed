# Shared by packaging/run, packaging/test and packaging/lint; sourced, not run.
# Sets `root` (the repository). Everything here is safe to call twice, and quick the second time.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${HINDCAST_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/hindcast}

say() { printf 'hindcast: %s\n' "$*" >&2; }
fail() {
    say "$*"
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        fail "'$*' needs root, and sudo is not installed"
    fi
}

# quietly LOG COMMAND…: keeps the output in LOG, shows it only where the command fails.
quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    if ! "$@" >"$log" 2>&1; then
        cat "$log" >&2
        fail "failed: $* (all of its output: $log)"
    fi
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 "$@"
}

apt_offers() {
    local candidate
    candidate=$(LC_ALL=C apt-cache policy "$1" 2>/dev/null | awk '/Candidate:/ { print $2 }')
    [ -n "$candidate" ] && [ "$candidate" != "(none)" ]
}

# unmet_needs FILE…: prints the lines of the lists that no installed package meets.
unmet_needs() {
    local names
    names=$(sed -e 's/#.*//' -e 's/^ *?//' -e 's/|/ /g' "$@" | xargs)
    # shellcheck disable=SC2086  # one word a package
    { dpkg-query -W -f '${db:Status-Status} ${Package}\n' $names 2>/dev/null || true; } |
        awk 'FILENAME == "-" { if ($1 == "installed") have[$2] = 1; next }
             { sub(/#.*/, ""); line = $0; sub(/^ *\? */, ""); gsub(/\|/, " "); if (!NF) next
               for (i = 1; i <= NF; ++i) if ($i in have) next
               print line }' - "$@"
}

# install_missing FILE…: installs what the lists name and the system lacks; asks apt for nothing where nothing is missing.
install_missing() {
    if ! command -v dpkg-query >/dev/null 2>&1; then
        say "this is no Debian or Ubuntu: going on with what is installed (the list: ${1#"$root"/})"
        return
    fi
    local unmet need name chosen wanted=()
    unmet=$(unmet_needs "$@")
    if ! grep -qv '^ *?' <<<"$unmet" && [ -e "$cache/no-optional-packages" ]; then
        return # only what the system did not offer last time either
    fi
    [ -n "$unmet" ] || return 0
    say "looking for missing packages: $(tr '\n' ',' <<<"$unmet" | sed -e 's/,$//' -e 's/,/, /g')"
    quietly "$root/build/logs/apt-update.log" apt_get update
    while read -r need; do
        chosen=
        for name in $(sed -e 's/^ *?//' -e 's/|/ /g' <<<"$need"); do
            if apt_offers "$name"; then
                chosen=$name
                break
            fi
        done
        if [ -n "$chosen" ]; then
            wanted+=("$chosen")
        elif [[ $need == \?* ]]; then
            say "not offered by this system, going on without: ${need#\?}"
            mkdir -p "$cache" && touch "$cache/no-optional-packages"
        else
            fail "no package source of this system offers '$need'"
        fi
    done <<<"$unmet"
    [ ${#wanted[@]} -gt 0 ] || return 0
    say "installing: ${wanted[*]}"
    quietly "$root/build/logs/apt-install.log" apt_get install -y --no-install-recommends "${wanted[@]}"
}

# As many compilers at once as there are cores, but no more than memory holds (about 1.5 GB each).
jobs_that_fit() {
    local cores memory
    cores=$(nproc 2>/dev/null || echo 2)
    memory=$(awk '/MemAvailable/ { print int($2 / 1500000) }' /proc/meminfo 2>/dev/null || echo 2)
    [ "${memory:-0}" -ge 1 ] || memory=1
    echo $((cores < memory ? cores : memory))
}

# configure_release [-D…]
configure_release() {
    (cd "$root" && quietly "$root/build/logs/configure.log" cmake --preset release "$@")
}

# build_preset PRESET: shows ninja's progress, on stderr so that stdout stays the program's.
build_preset() {
    (cd "$root" && cmake --build --preset "$1" --parallel "${HINDCAST_JOBS:-$(jobs_that_fit)}") >&2
}

hash_of() { cat "$@" | sha256sum | cut -c1-16; }

# once_in FOLDER COMMAND…: runs COMMAND with a fresh folder as its last argument and puts the folder in place when it
# succeeded; does nothing where FOLDER is there already. Two callers at once wait for each other.
once_in() {
    local folder=$1
    shift
    [ -d "$folder" ] && return 0
    mkdir -p "$(dirname "$folder")"
    (
        flock 9
        [ -d "$folder" ] && exit 0
        rm -rf "$folder.partial"
        mkdir "$folder.partial"
        "$@" "$folder.partial" && mv "$folder.partial" "$folder"
    ) 9>"$folder.lock"
}

# fetch_jars FOLDER MAVEN-OPTION…
fetch_jars() {
    local attempt folder=$1
    shift
    for attempt in 1 2 3; do
        if mvn -B -q "$@" -f "$root/tests/integration/servers/pom.xml" dependency:copy-dependencies \
            -DincludeScope=runtime "-DoutputDirectory=$folder" >"$root/build/logs/maven.log" 2>&1; then
            return 0
        fi
        say "maven did not finish (attempt $attempt of 3)"
    done
    tail -n 20 "$root/build/logs/maven.log" >&2
    return 1
}

# The newest servers, and beside them the older broker of the profile.
fetch_servers() { fetch_jars "$1" && fetch_jars "$1/kafka-3.9" -P kafka-3.9; }

make_python() {
    # A virtual environment knows its own path, so it is made where it stays and only its marker moves.
    local home=${1%.partial}.env
    {
        python3 -m venv --clear "$home" &&
            "$home/bin/pip" install --no-input --only-binary :all: -r "$root/tests/integration/servers/requirements.txt"
    } >"$root/build/logs/python.log" 2>&1 || {
        tail -n 20 "$root/build/logs/python.log" >&2
        return 1
    }
}

# Sets servers_dir (the jars of the test servers) and test_python (an interpreter with the Kafka client).
prepare_test_servers() {
    local here=$root/tests/integration/servers
    mkdir -p "$root/build/logs"
    servers_dir=$cache/servers-$(hash_of "$here/pom.xml")
    [ -d "$servers_dir" ] || say "fetching the test servers (about 120 MB of jars) into $servers_dir"
    once_in "$servers_dir" fetch_servers || fail "the test servers could not be fetched (build/logs/maven.log)"
    local python=$cache/python-$( (python3 --version && cat "$here/requirements.txt") | sha256sum | cut -c1-16)
    [ -d "$python" ] || say "making the tests' Python environment in $python.env"
    once_in "$python" make_python || fail "the tests' Python environment could not be made (build/logs/python.log)"
    test_python=$python.env/bin/python
    [ -x "$test_python" ] || fail "$test_python is gone: remove $python and start again"
}
