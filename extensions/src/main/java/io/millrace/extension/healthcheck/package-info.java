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
 * <p>Threads: one of its own answers, one request after the other.
 */
@NullMarked
package io.millrace.extension.healthcheck;

import org.jspecify.annotations.NullMarked;
