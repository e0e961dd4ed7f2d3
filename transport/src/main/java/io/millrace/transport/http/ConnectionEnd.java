package io.millrace.transport.http;

/** The event that ends a connection of a server. Immutable. */
enum ConnectionEnd {
  /** After the requests under way. */
  DRAIN,
  /** At once. */
  ABORT
}
