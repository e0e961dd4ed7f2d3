package io.millrace.exporter.prometheus;

/** Writes one scrape in one format, family by family. Confined to one thread. */
sealed interface Exposition permits TextExposition, ProtobufExposition {
  /** The header {@code Content-Type}. */
  String contentType();

  void startFamily(StoredFamily family);

  /** Writes a point of the family, of which the caller holds the lock. */
  void point(StoredPoint point);

  void endFamily();

  /** Writes what belongs at the end. */
  void end();
}
