/**
 * Exporter {@code loki}: pushes logs to Grafana Loki, each to its stream and in order, with
 * structured metadata.
 *
 * <p>Streams and metadata are those that Loki's own OTLP endpoint derives from the same records.
 * Configurations of the collector's former {@code loki} exporter keep their streams and lines: with
 * {@code default_labels_enabled}, or for records that carry its hints {@code
 * loki.attribute.labels}, {@code loki.resource.labels} or {@code loki.format}, records become JSON
 * or logfmt lines under the labels job, instance, exporter and level.
 *
 * <p>A stream always goes the same lane, and each lane has one request under way. Loki stores what
 * it can of a request that it refuses with 400, so that is never sent again; 429, 5xx and a
 * connection that brings no answer are retried with the same bytes.
 *
 * <pre>{@code
 * exporters:
 *   loki:
 *     endpoint: http://loki:3100/loki/api/v1/push
 *     tenant: {source: attributes, value: tenant.id}
 *     sending_queue: {num_consumers: 10}     # lanes
 *     max_batch_size_bytes: 1048576          # ours
 * }</pre>
 *
 * <p>Source: Loki 3, push API and OTLP endpoint. Threads: translation and requests start on ring
 * threads, answers come on the HTTP client's event loops.
 */
@NullMarked
package io.millrace.exporter.loki;

import org.jspecify.annotations.NullMarked;
