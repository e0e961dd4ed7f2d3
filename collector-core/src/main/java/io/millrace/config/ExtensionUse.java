package io.millrace.config;

import io.millrace.component.ComponentId;

/**
 * A setting that names an extension. Immutable.
 *
 * @param kind what the extension has to be
 * @param place of the name
 */
record ExtensionUse(ComponentId id, Class<?> kind, Place place) {}
