package io.millrace.pdata;

/**
 * What validation found in a request. Immutable.
 *
 * @param items spans, data points or log records; 1 for a profiles request
 * @param repairedBytes bytes of invalid UTF-8 that were overwritten by {@code ?}
 */
public record Validated(int items, int repairedBytes) {}
