/**
 * Extension {@code headers_setter}: headers on an exporter's requests, fixed or from what is known
 * of the request that brought the data, such as its tenant.
 *
 * <p>Needs {@code include_metadata: true} at the receiver for {@code from_context}, an {@code auth}
 * there for {@code from_attribute}. The exporter's queue never joins the data of senders that
 * differ in these; a processor on the way that would, such as {@code batch} without the keys in
 * {@code metadata_keys}, is refused.
 *
 * <pre>{@code
 * extensions:
 *   headers_setter:
 *     headers:
 *       - {action: upsert, key: X-Scope-OrgID, from_context: tenant, default_value: nobody}
 *     additional_auth: oauth2client
 * exporters:
 *   loki: {endpoint: "http://loki.example/loki/api/v1/push", auth: {authenticator: headers_setter}}
 * service:
 *   extensions: [headers_setter, oauth2client]
 * }</pre>
 *
 * <p>Threads: none of its own.
 */
@NullMarked
package io.millrace.extension.headerssetter;

import org.jspecify.annotations.NullMarked;
