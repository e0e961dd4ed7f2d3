# Sourced after find-jdk.sh: sets Maven's own JVM options, or says that Maven is missing and exits 1.
command -v mvn >/dev/null || {
  echo "Millrace builds with Maven 3.8 or newer and found none. Install it (Debian: apt-get install maven)." >&2
  exit 1
}
# Maven 3.8 itself touches Unsafe. Level warn instead of -q: -q would hide the warning that -Werror failed on.
export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
