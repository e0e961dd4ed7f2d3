/**
 * OTLP metrics as Prometheus series: names, labels, samples, native histograms, exemplars and
 * metadata, for the exporters that push them and the one that is scraped.
 *
 * <p>{@link io.millrace.exporter.promtranslation.MetricTranslator} walks a batch through views and
 * hands series to a {@link io.millrace.exporter.promtranslation.SeriesSink}. Labels are bytes, in
 * the encoding of remote write's {@code repeated Label labels = 1}; those of a resource and scope
 * are built once and kept, those of a point are merged in. Nothing is allocated per point.
 *
 * <p>Sources: OpenTelemetry specification, Prometheus and OpenMetrics Compatibility; the naming
 * rules of Prometheus' {@code otlptranslator}.
 */
@NullMarked
package io.millrace.exporter.promtranslation;

import org.jspecify.annotations.NullMarked;
