/**
 * The protobuf wire format and nothing of OTLP: one bounds-checking cursor, one back-to-front
 * writer.
 *
 * <p>Source: <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers
 * encoding</a>. Start with {@code WireReader}.
 */
@NullMarked
package io.millrace.wire;

import org.jspecify.annotations.NullMarked;
