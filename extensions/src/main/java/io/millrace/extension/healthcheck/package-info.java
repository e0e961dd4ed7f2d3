/**
 * Extension {@code health_check}: tells an orchestrator over HTTP whether the pipelines take data.
 *
 * <p>200 from the moment all of them have started until the shutdown begins, 503 before and after;
 * the body is the collector's JSON, or a text of one's own. It stays at 200 while a backend is
 * away: an orchestrator that restarted the collector for that would lose what it holds.
 *
 * <pre>{@code
 * extensions:
 *   health_check:
 *     endpoint: localhost:13133
 *     path: /
 * }</pre>
 *
 * <p>With {@code use_v2} it tells at {@code /status} how each component fares, with {@code
 * ?verbose} and {@code ?pipeline=traces}. It answers 503 before and after as well, and 500 for such
 * errors as {@code component_health} names. An exporter has a recoverable error while its circuit
 * is open, and a permanent one while the backend refuses its credentials.
 *
 * <p>Threads: four of its own answer.
 */
@NullMarked
package io.millrace.extension.healthcheck;

import org.jspecify.annotations.NullMarked;
