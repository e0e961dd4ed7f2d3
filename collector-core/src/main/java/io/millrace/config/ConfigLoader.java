package io.millrace.config;

import io.millrace.component.ComponentFactory;
import io.millrace.config.ConfigNode.Mapping;
import io.millrace.config.ConfigNode.Scalar;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads, merges, expands, binds and checks the configuration. Thread safe. */
public final class ConfigLoader {
  private ConfigLoader() {}

  /** Loads the collector's configuration for a process that can hold everything. */
  public static CollectorConfig load(
      List<String> configArgs,
      List<String> sets,
      Map<String, String> environment,
      Collection<? extends ComponentFactory<?>> factories)
      throws ConfigException {
    return load(configArgs, sets, environment, factories, ProcessMemory.UNLIMITED);
  }

  /**
   * Loads the collector's configuration.
   *
   * @param configArgs the values of {@code --config}, later ones laid over earlier ones: a path,
   *     {@code file:path}, {@code env:NAME} or {@code yaml:a::b: v}
   * @param sets the values of {@code --set}, such as {@code a.b.c=v}, laid over all of them
   * @param environment what {@code ${env:NAME}} refers to
   * @param factories the component types that exist
   * @param memory that sizes in memory are compared with
   * @throws ConfigException with every problem found
   */
  public static CollectorConfig load(
      List<String> configArgs,
      List<String> sets,
      Map<String, String> environment,
      Collection<? extends ComponentFactory<?>> factories,
      ProcessMemory memory)
      throws ConfigException {
    Problems problems = new Problems();
    if (configArgs.isEmpty()) {
      problems.error(Place.NOWHERE, "no configuration", "at least one --config");
    }
    List<Mapping> layers = new SourceReader(environment, problems).read(configArgs, sets);
    if (layers.isEmpty() || layers.size() < configArgs.size() + sets.size()) {
      problems.throwIfAny();
    }
    Mapping merged = layers.stream().reduce(ConfigMerge::merge).orElseThrow();
    Mapping expanded = new Expansion(environment, problems).expand(merged);
    return new CollectorBinder(factories, budgeted(memory, expanded), problems).bind(expanded);
  }

  /** The components are bound before the section that says what they may hold together. */
  private static ProcessMemory budgeted(ProcessMemory memory, Mapping root) {
    String limit =
        root.find("service", "limit_mib") instanceof Scalar scalar ? scalar.text() : null;
    return limit != null && limit.matches("[1-9][0-9]{0,8}")
        ? memory.withBudgetOf(Long.parseLong(limit))
        : memory;
  }

  /**
   * Binds one component's settings alone, the way {@link #load} does; for tests of components.
   *
   * @param yaml what stands below the component's id
   * @throws ConfigException with every problem found
   */
  public static <C extends Record> C loadComponent(ComponentFactory<C> factory, String yaml)
      throws ConfigException {
    return loadRecord(factory.defaultConfig(), new ConfigSource("yaml:", yaml));
  }

  /**
   * Lays one YAML document over a record, the way {@link #load} does with a component's settings.
   *
   * @throws ConfigException with every problem found
   */
  public static <C extends Record> C loadRecord(C defaults, ConfigSource source)
      throws ConfigException {
    Problems problems = new Problems();
    ConfigNode node = YamlComposer.read(source, problems);
    problems.throwIfAny();
    Object config =
        new RecordBinder(problems)
            .values()
            .bind(defaults.getClass(), defaults, Objects.requireNonNull(node), Place.NOWHERE);
    problems.throwIfAny();
    @SuppressWarnings("unchecked") // the binder makes a record of the class of the defaults
    C bound = (C) Objects.requireNonNull(config);
    return bound;
  }
}
