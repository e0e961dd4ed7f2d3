/**
 * Extension {@code bearertokenauth}: a token in a header, for an exporter that sends it, or for a
 * receiver whose senders have to.
 *
 * <p>Exporters send the first token, receivers take all of them. A file has one token a line, goes
 * before the other keys, and is read again when it changes. A sender without a token is answered
 * 401 or UNAUTHENTICATED.
 *
 * <pre>{@code
 * extensions:
 *   bearertokenauth:
 *     filename: /var/run/secrets/token      # or token: ${env:TOKEN}, or tokens: [...]
 *     scheme: Bearer
 * exporters:
 *   otlp: {endpoint: backend.example:4317, auth: {authenticator: bearertokenauth}}
 * service:
 *   extensions: [bearertokenauth]
 * }</pre>
 *
 * <p>Source: RFC 6750. Threads: none of its own.
 */
@NullMarked
package io.millrace.extension.bearertokenauth;

import org.jspecify.annotations.NullMarked;
