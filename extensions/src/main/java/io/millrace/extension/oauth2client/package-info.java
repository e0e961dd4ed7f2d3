/**
 * Extension {@code oauth2client}: an access token for an exporter, by OAuth 2.0 client credentials.
 *
 * <p>The first request asks the authorization server for a token, and waits for it like every other
 * until it comes. The token is kept and renewed {@code expiry_buffer} before it expires, while
 * requests go on with the old one. As long as there is none requests are held like those that the
 * backend puts off, and the server is asked again at growing intervals. A backend that refuses the
 * token makes the extension ask for another.
 *
 * <pre>{@code
 * extensions:
 *   oauth2client:
 *     client_id: millrace
 *     client_secret_file: /run/secrets/oauth2
 *     token_url: https://login.example/oauth2/token
 *     scopes: [telemetry.write]
 * exporters:
 *   otlp_http: {endpoint: https://backend.example, auth: {authenticator: oauth2client}}
 * service:
 *   extensions: [oauth2client]
 * }</pre>
 *
 * <p>Source: RFC 6749 §4.4. Threads: none of its own; answers come on the HTTP client's event
 * loops.
 */
@NullMarked
package io.millrace.extension.oauth2client;

import org.jspecify.annotations.NullMarked;
