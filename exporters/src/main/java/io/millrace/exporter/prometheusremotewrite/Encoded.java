package io.millrace.exporter.prometheusremotewrite;

/**
 * A request as it goes over the wire. Immutable, and so is the body.
 *
 * @param body compressed
 * @param samples samples and histograms in it; 0 in 1.0, whose backend does not tell what it stored
 */
@SuppressWarnings("ArrayRecordComponent") // carries the body; nobody compares requests
record Encoded(Protocol protocol, byte[] body, int samples) {}
