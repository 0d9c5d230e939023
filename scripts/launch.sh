# shellcheck shell=bash
# Sourced by the launcher scripts: builds a module when it is missing or out of date, then becomes
# its Java program. Standard output belongs to the program; all that is said here goes to standard
# error. Expects $root (the checkout) and $launcher (the name to speak under).

fail() {
  printf '%s: %s\n' "$launcher" "$1" >&2
  exit 1
}

is_fresh() {
  local marker=$1
  shift
  [ -f "$marker" ] || return 1
  local newer
  newer=$(cd "$root" && find "$@" -newer "$marker" -print 2>/dev/null | head -n 1)
  [ -z "$newer" ]
}

# One build at a time in a checkout, whichever launcher asks for it. flock lets go by itself when its
# holder dies; where it is missing, a directory serves, and its owner's death is looked for.
lock() {
  mkdir -p "$root/target"
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$root/target/launcher.lock"
    flock 9
    return
  fi
  local dir=$root/target/launcher.lock.d owner
  until mkdir "$dir" 2>/dev/null; do
    owner=$(cat "$dir/pid" 2>/dev/null || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$dir"
    else
      sleep 0.2
    fi
  done
  echo $$ >"$dir/pid"
  trap 'rm -rf "$root/target/launcher.lock.d"' EXIT
}

unlock() {
  if command -v flock >/dev/null 2>&1; then
    exec 9>&-
  else
    rm -rf "$root/target/launcher.lock.d"
    trap - EXIT
  fi
}

build() {
  local module=$1 marker=$2 target=$root/$1/target
  command -v mvn >/dev/null 2>&1 || fail "Maven (mvn) is needed to build this program once"
  printf '%s: building %s, this takes a minute the first time ...\n' "$launcher" "$module" >&2
  mkdir -p "$target"
  # Stamped before the build, so that an edit during the build counts as newer.
  touch "$marker.new"
  # Removed, not overwritten: a program that still runs keeps the jars it has open.
  rm -rf "$target/lib" "$target"/livestream-*.jar
  (cd "$root" && mvn -q -B -ntp -Dmaven.test.skip=true -pl "$module" -am package) \
    9>&- </dev/null 1>&2 || fail "the build of $module failed, see above"
  mv "$marker.new" "$marker"
}

# launch MODULE MAIN_CLASS [ARGUMENT...]
launch() {
  local module=$1 main=$2 java=java
  shift 2
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
  fi
  command -v "$java" >/dev/null 2>&1 || fail "Java 17 or later is needed (java not found)"

  local marker=$root/$module/target/.launcher-built
  local sources=(pom.xml livestream-crypto/pom.xml livestream-crypto/src/main livestream-core/pom.xml
    livestream-core/src/main livestream-transport/pom.xml livestream-transport/src/main
    "$module/pom.xml" "$module/src/main")
  if ! is_fresh "$marker" "${sources[@]}"; then
    lock
    # Another launcher may have built it while this one waited.
    is_fresh "$marker" "${sources[@]}" || build "$module" "$marker"
    unlock
  fi

  local jar
  jar=$(find "$root/$module/target" -maxdepth 1 -name 'livestream-*.jar' | head -n 1)
  [ -n "$jar" ] || fail "no jar in $module/target; remove $marker and try again"
  # Native access: Netty's libraries. JDK 17 takes the flag too, later ones warn without it.
  # LIVESTREAM_JAVA_OPTS is split into words on purpose.
  # shellcheck disable=SC2086
  exec "$java" --enable-native-access=ALL-UNNAMED ${LIVESTREAM_JAVA_OPTS:-} \
    -cp "$jar:$root/$module/target/lib/*" "$main" "$@"
}
