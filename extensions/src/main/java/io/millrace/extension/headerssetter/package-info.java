/**
 * Extension {@code headers_setter}: headers on an exporter's requests, fixed or from what is known
 * of the request that brought the data, such as its tenant.
 *
 * <p>Needs {@code include_metadata: true} at the receiver for {@code from_context}, an {@code auth}
 * there for {@code from_attribute}, and the keys in {@code metadata_keys} of every {@code batch} on
 * the way, which otherwise joins the data of different senders and forgets them.
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
