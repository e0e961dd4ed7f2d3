package io.millrace.config;

import io.millrace.component.ComponentFactory;
import io.millrace.component.ComponentId;

/**
 * A component as the user configured it; not yet created. Immutable.
 *
 * @param id as written, also when it is another spelling of the factory's type
 * @param config of the factory's configuration type, validated
 */
public record ConfiguredComponent(ComponentId id, ComponentFactory<?> factory, Record config) {}
