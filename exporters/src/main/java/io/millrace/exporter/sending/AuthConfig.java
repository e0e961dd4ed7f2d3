package io.millrace.exporter.sending;

import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ExtensionId;

/**
 * The {@code auth} section of an exporter. Immutable.
 *
 * @param authenticator the extension whose headers every request is sent with
 */
public record AuthConfig(ExtensionId<ClientAuthenticator> authenticator) {}
