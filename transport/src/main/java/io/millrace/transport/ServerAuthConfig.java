package io.millrace.transport;

import io.millrace.component.ExtensionId;
import io.millrace.component.ServerAuthenticator;

/**
 * The {@code auth} section of a server. Immutable.
 *
 * @param authenticator the extension that knows the senders; without its word nothing is taken
 */
public record ServerAuthConfig(ExtensionId<ServerAuthenticator> authenticator) {}
