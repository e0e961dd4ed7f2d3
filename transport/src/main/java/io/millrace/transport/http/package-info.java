/**
 * HTTP on Netty with bodies as one array each: a server for HTTP/1.1 and HTTP/2 with prior
 * knowledge, and a client for HTTP/1.1.
 *
 * <p>Start with {@link io.millrace.transport.http.HttpServer} and {@link
 * io.millrace.transport.http.HttpClient}. Both share one group of event loops; Netty's types do not
 * leave this package.
 */
@NullMarked
package io.millrace.transport.http;

import org.jspecify.annotations.NullMarked;
