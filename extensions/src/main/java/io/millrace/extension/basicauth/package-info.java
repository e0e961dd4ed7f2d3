/**
 * Extension {@code basicauth}: HTTP Basic authentication, for an exporter that logs in, or for a
 * receiver whose senders do.
 *
 * <p>{@code client_auth} makes it the authenticator of exporters: user name and password go out
 * with every request. {@code htpasswd} makes it that of receivers: bcrypt, apr1 and the other
 * schemes of {@code htpasswd} and {@code crypt}, and plain text. Files are read again when they
 * change. A sender without the right password is answered 401 or UNAUTHENTICATED; processors know
 * the others by {@code auth.username}.
 *
 * <pre>{@code
 * extensions:
 *   basicauth/backend:
 *     client_auth: {username: a, password_file: /run/secrets/password}
 *   basicauth/senders:
 *     htpasswd: {file: /etc/millrace/htpasswd, inline: "a:$$2y$$05$$..."}
 * exporters:
 *   otlp_http: {endpoint: https://backend.example, auth: {authenticator: basicauth/backend}}
 * receivers:
 *   otlp: {protocols: {http: {auth: {authenticator: basicauth/senders}}}}
 * service:
 *   extensions: [basicauth/backend, basicauth/senders]
 * }</pre>
 *
 * <p>Threads: a hash that is slow by design is computed on one thread of the extension's own, once
 * for each password that is right; 64 senders wait for it at most, others are asked to come back.
 *
 * <p>Source: RFC 7617.
 */
@NullMarked
package io.millrace.extension.basicauth;

import org.jspecify.annotations.NullMarked;
