package io.millrace.exporter.prometheusremotewrite;

import java.util.BitSet;

/**
 * What a batch has for one request to one lane. Immutable but for the items, which are the taker's.
 *
 * @param items of the batch; may be empty, when there is nothing but extras
 * @param hasExtras whether there is what is nobody's item
 */
record RequestPart(int lane, BitSet items, boolean hasExtras, Encoded encoded) {}
