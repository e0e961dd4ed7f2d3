package io.millrace.exporter.otlphttp;

/** A range of an array, to be posted. Immutable as long as nobody writes to the array. */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record RequestBody(byte[] bytes, int offset, int length) {}
