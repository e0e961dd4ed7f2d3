package io.millrace.processor.tailsampling;

/** A scope that spans came in. Confined to the ring thread. */
final class Origin {
  final int number;
  final ResourceOrigin resource;
  final HeaderKey key;

  /** Blocks that are about to be sent. */
  final Blocks outgoing = new Blocks();

  /** Blocks that refer to it. */
  int spans;

  Origin(int number, ResourceOrigin resource, HeaderKey key) {
    this.number = number;
    this.resource = resource;
    this.key = key;
  }
}
