package io.millrace.exporter.promtranslation;

import java.time.Duration;

/**
 * What bounds a {@link DeltaToCumulative}. Immutable.
 *
 * @param maxStreams how many series are added up at once
 * @param maxStale how long one is remembered after its last point
 * @param maxBytes what may be held for them
 * @param instance label {@code millrace_instance} of what was added up; empty for none
 */
public record DeltaConfig(int maxStreams, Duration maxStale, long maxBytes, String instance) {}
