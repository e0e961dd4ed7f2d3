/**
 * OTLP's JSON form and the wire form of protobuf, one into the other as a stream: no tree, and no
 * object per record.
 *
 * <p>Start with {@link io.millrace.transport.json.OtlpJsonReader} and {@link
 * io.millrace.transport.json.OtlpJsonWriter}; {@code JsonSchema} has the messages. Source: OTLP
 * specification 1.11, JSON protobuf encoding. The only place of the JSON parser.
 */
@NullMarked
package io.millrace.transport.json;

import org.jspecify.annotations.NullMarked;
