package io.millrace.processor.tailsampling;

import java.util.ArrayList;
import java.util.List;

/** A resource that spans came from. Confined to the ring thread. */
final class ResourceOrigin {
  final RequestOrigin request;
  final HeaderKey key;

  /** The tests that the resource passes. */
  final long[] tests;

  /** Scopes that are known. */
  int scopes;

  /** Scopes with blocks that are about to be sent. */
  final List<Origin> outgoing = new ArrayList<>();

  ResourceOrigin(RequestOrigin request, HeaderKey key, long[] tests) {
    this.request = request;
    this.key = key;
    this.tests = tests;
  }
}
