package io.millrace.exporter.loki;

import java.util.BitSet;

/**
 * A push request as it goes over the wire. Immutable, and so are its body and items.
 *
 * @param tenant empty for none
 * @param items indices of its records in their batch
 * @param body compressed
 */
@SuppressWarnings("ArrayRecordComponent") // carries the body; nobody compares requests
record Push(String tenant, int lane, BitSet items, byte[] body) {}
