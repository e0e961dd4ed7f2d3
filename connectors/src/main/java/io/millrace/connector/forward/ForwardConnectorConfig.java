package io.millrace.connector.forward;

/** The section of a {@code forward} connector, which has no keys. Immutable. */
record ForwardConnectorConfig() {}
