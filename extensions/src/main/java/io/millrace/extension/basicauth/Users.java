package io.millrace.extension.basicauth;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The users of {@code htpasswd} files. Of several lines for one user the last one counts; lines
 * without a colon and those that start with {@code #} are none. Immutable.
 */
final class Users {
  private final Map<String, PasswordHash> hashes = new HashMap<>();

  /** Reads one file after the other. */
  Users(String... files) {
    for (String file : files) {
      file.lines().map(String::strip).forEach(this::add);
    }
  }

  private void add(String line) {
    int colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith("#")) {
      hashes.put(line.substring(0, colon), new PasswordHash(line.substring(colon + 1)));
    }
  }

  /** Returns what is kept of a user's password; {@code null} for somebody unknown. */
  @Nullable PasswordHash find(String username) {
    return hashes.get(username);
  }
}
