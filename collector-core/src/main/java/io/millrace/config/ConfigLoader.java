package io.millrace.config;

import io.millrace.component.ComponentFactory;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads, merges, expands, binds and checks the configuration. Thread safe. */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * Loads the collector's configuration.
   *
   * @param configArgs the values of {@code --config}, later ones laid over earlier ones: a path,
   *     {@code file:path}, {@code env:NAME} or {@code yaml:a::b: v}
   * @param sets the values of {@code --set}, such as {@code a.b.c=v}, laid over all of them
   * @param environment what {@code ${env:NAME}} refers to
   * @param factories the component types that exist
   * @throws ConfigException with every problem found
   */
  public static CollectorConfig load(
      List<String> configArgs,
      List<String> sets,
      Map<String, String> environment,
      Collection<? extends ComponentFactory<?>> factories)
      throws ConfigException {
    if (configArgs.isEmpty()) {
      throw new ConfigException(
          List.of(
              new ConfigProblem(null, "", "no configuration", "at least one --config", null, "")));
    }
    throw new UnsupportedOperationException("reading " + configArgs + sets + factories);
  }
}
