package io.millrace.config;

import org.jspecify.annotations.Nullable;

/**
 * Where something stands: in the text, and in the configuration. Immutable.
 *
 * @param position {@code null} when it is in no text
 * @param path the keys that lead there, joined by dots; empty for the whole configuration
 */
record Place(@Nullable Position position, String path) {
  static final Place NOWHERE = new Place(null, "");

  Place key(String key, @Nullable Position at) {
    return new Place(at, path.isEmpty() ? key : path + "." + key);
  }

  Place item(int index, Position at) {
    return new Place(at, path + "[" + index + "]");
  }

  Place at(Position other) {
    return new Place(other, path);
  }
}
