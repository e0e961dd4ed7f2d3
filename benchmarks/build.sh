# Sourced by run and micro: finds the JDK, builds the benchmarks on first use and after a change, and
# sets what both commands pass on.
root="${root:-$(cd "$(dirname "$0")/.." && pwd)}"
. "$root/find-jdk.sh"
home="$root/benchmarks/target"

is_built() {
  [ -e "$home/built" ] &&
    [ -z "$(cd "$root" && find pom.xml ./*/pom.xml ./*/src/main -newer "$home/built" -print -quit)" ]
}

build() {
  . "$root/find-maven.sh"
  echo "Building the benchmarks ..." >&2
  mkdir -p "$home"
  (cd "$root" && mvn -B -ntp package -pl benchmarks -am -DskipTests -Dspotless.check.skip >"$home/build.log" 2>&1) || {
    tail -n 40 "$home/build.log" >&2
    echo "The benchmarks did not build; the whole log is in $home/build.log" >&2
    exit 1
  }
  touch "$home/built"
}

is_built || build
java="$JAVA_HOME/bin/java"
class_path="$home/classes:$home/dependency/*"
commit=$(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)
if [ "$(nproc)" -lt 2 ] || ! command -v taskset >/dev/null; then
  echo "The benchmarks need two cores and taskset (Debian: apt-get install util-linux)." >&2
  exit 1
fi
