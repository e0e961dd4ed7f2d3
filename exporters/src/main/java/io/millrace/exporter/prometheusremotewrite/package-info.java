/**
 * Exporter {@code prometheus_remote_write}: pushes metrics to Prometheus and to whatever speaks its
 * remote write, 1.0 or 2.0.
 *
 * <p>Batches are translated when they arrive. Points go to lanes by the hash of their labels, each
 * lane has one request under way, and retries send the same bytes, so that the samples of a series
 * arrive in order. 5xx, 429 and a connection that brings no answer are retried; 400 is final, and
 * since Prometheus then has stored nothing, the request is cut until what is at fault is alone.
 *
 * <pre>{@code
 * exporters:
 *   prometheus_remote_write:
 *     endpoint: http://prometheus:9090/api/v1/write
 *     external_labels: {cluster: eu-1}
 *     resource_to_telemetry_conversion: {enabled: false}
 *     promote_resource_attributes: [k8s.pod.name]     # ours
 *     remote_write_queue: {num_consumers: 5}          # lanes
 *     delta: {max_streams: 100000, max_stale: 5m}     # ours
 *     protobuf_message: prometheus.WriteRequest       # or io.prometheus.write.v2.Request
 * }</pre>
 *
 * <p>Points of delta temporality are added up series by series before they are translated, in
 * whatever order they come. What was added up carries the label {@code millrace_instance}, since
 * another collector that gets a part of the same deltas has sums of its own; {@code single_writer:
 * true} says that there is none. A restart begins anew, as a restart of the application would.
 *
 * <p>Where 2.0 is configured and the backend turns out to be older, requests go on in 1.0.
 *
 * <p>Source: Prometheus remote write 1.0 and 2.0. Threads: translation and requests start on ring
 * threads, one at a time where there are deltas; answers come on the HTTP client's event loops.
 */
@NullMarked
package io.millrace.exporter.prometheusremotewrite;

import org.jspecify.annotations.NullMarked;
