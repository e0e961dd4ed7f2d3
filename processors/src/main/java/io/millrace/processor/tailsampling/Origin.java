package io.millrace.processor.tailsampling;

import java.util.ArrayList;
import java.util.List;

/** A scope that spans came in. Confined to the ring thread. */
final class Origin {
  final int number;
  final ResourceOrigin resource;
  final HeaderKey key;

  /** Blocks that are about to be sent, if {@link #isOutgoing}; lists are kept for the next ones. */
  final List<Outgoing> outgoing = new ArrayList<>(1);

  boolean isOutgoing;

  /** Blocks that refer to it. */
  int spans;

  Origin(int number, ResourceOrigin resource, HeaderKey key) {
    this.number = number;
    this.resource = resource;
    this.key = key;
  }
}
