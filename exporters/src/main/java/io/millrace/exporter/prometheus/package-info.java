/**
 * Exporter {@code prometheus}: keeps the last value of every series and shows them to whoever
 * scrapes {@code /metrics}.
 *
 * <p>Names, labels, buckets and exemplars are made as for remote write, and points of delta
 * temporality are added up as there. A series that gets nothing for {@code metric_expiration} is
 * forgotten, one that was marked as ended at once; of two points of one series the later counts.
 * What is held is bounded by {@code max_bytes}: series beyond are rejected and counted, those that
 * are there go on.
 *
 * <pre>{@code
 * exporters:
 *   prometheus:
 *     endpoint: localhost:8889
 *     namespace: shop
 *     const_labels: {region: eu}
 *     enable_open_metrics: true      # exemplars
 *     resource_to_telemetry_conversion: {enabled: true}
 *     tls:                           # plaintext without it
 *       cert_file: /etc/millrace/tls.crt
 *       key_file: /etc/millrace/tls.key
 * }</pre>
 *
 * <p>A scrape is answered in text, as OpenMetrics where that is enabled, or as protobuf, which
 * alone has native histograms, by what the scraper accepts; compressed if it may be.
 *
 * <p>Source: Prometheus exposition formats; OpenMetrics 1.0. Threads: batches come on ring threads,
 * a scrape is written by a virtual thread of its own, which locks one point at a time.
 */
@NullMarked
package io.millrace.exporter.prometheus;

import org.jspecify.annotations.NullMarked;
