package io.millrace.benchmarks.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What may stand between generator and sink. Immutable. */
enum Contestant {
  /** The product as it ships. */
  MILLRACE,
  /** The same product with every request decoded into generated classes and encoded again. */
  OBJECTMODEL,
  /** Nothing but the transport: bytes from the server straight to the client. */
  RELAY;

  /** Returns the name in case files, tables and on the command line. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Contestant named(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /** Returns the arguments of {@link ContestantMain}. */
  List<String> arguments(LoadCase load) {
    String config = load.folder().resolve("collector.yaml").toString();
    return switch (this) {
      case MILLRACE -> List.of(id(), "--config=" + config);
      case OBJECTMODEL -> List.of(id(), config, overlay(load).toString());
      case RELAY -> List.of(id(), load.protocol().id());
    };
  }

  /** A case where the rival has more to do than to decode has an overlay of its own. */
  private static Path overlay(LoadCase load) {
    Path own = load.folder().resolve("objectmodel.yaml");
    return Files.exists(own) ? own : load.folder().resolveSibling("objectmodel.yaml");
  }
}
