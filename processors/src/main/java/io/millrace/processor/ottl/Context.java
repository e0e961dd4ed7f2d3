package io.millrace.processor.ottl;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What an expression may name. Immutable.
 *
 * @param name what a path without a context belongs to
 * @param paths by context
 * @param enums their numbers by name
 * @param converters by name
 */
record Context(
    String name,
    Map<String, PathTable> paths,
    Map<String, Long> enums,
    Map<String, Converter> converters) {

  private static final Map<String, Long> TRACE_ENUMS =
      Map.of(
          "SPAN_KIND_UNSPECIFIED", 0L,
          "SPAN_KIND_INTERNAL", 1L,
          "SPAN_KIND_SERVER", 2L,
          "SPAN_KIND_CLIENT", 3L,
          "SPAN_KIND_PRODUCER", 4L,
          "SPAN_KIND_CONSUMER", 5L,
          "STATUS_CODE_UNSET", 0L,
          "STATUS_CODE_OK", 1L,
          "STATUS_CODE_ERROR", 2L);

  static final Context SPAN =
      new Context("span", tracePaths(), new TreeMap<>(TRACE_ENUMS), Converters.OF_SPANS);

  static final Context SPAN_EVENT =
      new Context("spanevent", eventPaths(), new TreeMap<>(TRACE_ENUMS), Converters.OF_ALL);

  /** The paths that need no context in front. */
  PathTable ownPaths() {
    return Objects.requireNonNull(paths.get(name));
  }

  private static Map<String, PathTable> tracePaths() {
    Map<String, PathTable> paths = new TreeMap<>();
    paths.put("span", TracePaths.SPAN);
    paths.put("scope", TracePaths.SCOPE);
    paths.put("instrumentation_scope", TracePaths.SCOPE);
    paths.put("resource", TracePaths.RESOURCE);
    return paths;
  }

  private static Map<String, PathTable> eventPaths() {
    Map<String, PathTable> paths = tracePaths();
    paths.put("spanevent", TracePaths.EVENT);
    return paths;
  }
}
