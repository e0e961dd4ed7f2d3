package io.millrace.component;

import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;

/**
 * A received request in front of the door. The receiver gives the array away and must not touch it
 * afterwards.
 *
 * @param signal which service or path it came to
 * @param bytes holds the decompressed protobuf request at {@code offset}
 * @param length of the request in bytes
 * @param reservedBytes what the receiver has reserved of {@link Door#budget()} for it
 * @param transport {@code grpc} or {@code http}, for metrics
 */
@SuppressWarnings("ArrayRecordComponent") // carries the array; nobody compares requests
public record InboundRequest(
    Signal signal,
    byte[] bytes,
    int offset,
    int length,
    long reservedBytes,
    RequestContext context,
    String transport) {}
