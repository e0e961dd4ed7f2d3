package io.millrace.distribution;

import io.millrace.component.ComponentFactory;
import io.millrace.component.ConnectorFactory;
import io.millrace.component.ExporterFactory;
import io.millrace.component.ExtensionFactory;
import io.millrace.component.ProcessorFactory;
import io.millrace.component.ReceiverFactory;
import io.millrace.config.ConfigKey;
import io.millrace.config.ConfigKeys;
import io.millrace.config.ServiceConfig;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes {@code docs/reference.md} from the components' factories, their configuration records with
 * their Javadoc, and the metrics they expose. Confined to one thread.
 */
final class Reference {
  private static final List<Class<?>> KINDS =
      List.of(
          ReceiverFactory.class,
          ProcessorFactory.class,
          ExporterFactory.class,
          ConnectorFactory.class,
          ExtensionFactory.class);

  private final StringBuilder out = new StringBuilder();
  private final List<String> undescribed = new ArrayList<>();
  private final Javadoc javadoc;
  private final ExposedMetrics metrics;

  private Reference(Javadoc javadoc, ExposedMetrics metrics) {
    this.javadoc = javadoc;
    this.metrics = metrics;
  }

  /**
   * Returns the page.
   *
   * @throws IllegalStateException when a component or key has no description; names all of them
   */
  static String write(Javadoc javadoc, ExposedMetrics metrics, String command) {
    Reference reference = new Reference(javadoc, metrics);
    reference.out.append(
        """
        # Reference

        Every component, key and metric of this build. Generated from the sources: change the records'
        `@param` texts or the metrics' help, then run

        ```sh
        %s
        ```

        A key without a default and not marked *required* may be left out. A section that is absent has
        the defaults of its keys. Durations have a unit (`300ms`, `5s`, `1m30s`). The metrics stand in
        the page of the component that causes them; those of every pipeline stand at the end.

        """
            .formatted(command));
    KINDS.forEach(reference::writeKind);
    reference.writeService();
    if (!reference.undescribed.isEmpty()) {
      throw new IllegalStateException(
          "Without a description:\n  " + String.join("\n  ", reference.undescribed));
    }
    return reference.out.toString().strip() + "\n";
  }

  private void writeKind(Class<?> kind) {
    List<ComponentFactory<?>> factories =
        Components.ALL.stream()
            .filter(kind::isInstance)
            .sorted(Comparator.comparing(ComponentFactory::type))
            .toList();
    if (!factories.isEmpty()) {
      String noun = noun(kind);
      out.append(
          "## %s%ss%n%n"
              .formatted(noun.substring(0, 1).toUpperCase(Locale.ROOT), noun.substring(1)));
      factories.forEach(factory -> writeComponent(noun, factory));
    }
  }

  private static String noun(Class<?> kind) {
    return kind.getSimpleName().replace("Factory", "").toLowerCase(Locale.ROOT);
  }

  private void writeComponent(String noun, ComponentFactory<?> factory) {
    out.append("### %s `%s`%n%n".formatted(noun, factory.type()));
    String packageName = factory.getClass().getPackageName();
    String description = javadoc.sentence(packageName);
    if (description.isEmpty()) {
      undescribed.add("package " + packageName + ": a first sentence in package-info.java");
    }
    out.append(description).append("\n\n");
    if (!factory.aliases().isEmpty()) {
      out.append(
          "Also written: `%s`.%n%n"
              .formatted(String.join("`, `", new TreeSet<>(factory.aliases()))));
    }
    if (!factory.formerTypes().isEmpty()) {
      out.append(
          "Formerly `%s`, which is accepted with a warning.%n%n"
              .formatted(String.join("`, `", new TreeSet<>(factory.formerTypes()))));
    }
    Record defaults = factory.defaultConfig();
    writeKeys(ConfigKeys.of(defaults.getClass(), defaults));
    out.append(metrics.table(series -> isOf(noun, factory, series)));
  }

  private static boolean isOf(
      String noun, ComponentFactory<?> factory, ExposedMetrics.Series series) {
    String type = series.labels().getOrDefault(noun, "").split("/", 2)[0];
    boolean isNamed = type.equals(factory.type()) || factory.formerTypes().contains(type);
    boolean isLabelled = isNamed && series.name().contains(noun);
    return isLabelled || series.name().contains("_" + noun + "_" + factory.type() + "_");
  }

  private boolean isOfAny(ExposedMetrics.Series series) {
    return Components.ALL.stream()
        .anyMatch(factory ->
            KINDS.stream()
                .filter(kind -> kind.isInstance(factory))
                .anyMatch(kind -> isOf(noun(kind), factory, series)));
  }

  private void writeService() {
    out.append("## The `service` section\n\n")
        .append(javadoc.sentence(ServiceConfig.class.getName()))
        .append("\n\n");
    writeKeys(ConfigKeys.of(ServiceConfig.class, null));
    out.append("## Metrics of every pipeline and of the process\n\n");
    out.append(metrics.table(series -> !isOfAny(series)));
  }

  private void writeKeys(List<ConfigKey> keys) {
    if (keys.isEmpty()) {
      out.append("No keys.\n\n");
      return;
    }
    out.append("| key | type | default | description |\n|---|---|---|---|\n");
    keys.forEach(this::writeKey);
    out.append('\n');
  }

  private void writeKey(ConfigKey key) {
    String value = key.isRequired() ? "*required*" : code(key.defaultText());
    out.append(
        "| `%s` | %s | %s | %s |%n".formatted(key.path(), key.typeName(), value, description(key)));
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : '`' + text.replace("|", "\\|") + '`';
  }

  private String description(ConfigKey key) {
    String own = javadoc.parameter(key.owner(), key.component());
    Class<?> type = innermost(key.type());
    String text = capitalized(own.isEmpty() ? javadoc.sentence(type.getName()) : own);
    if (text.isEmpty()) {
      undescribed.add(key.owner().getName() + ": @param " + key.component());
    }
    return text + constants(type);
  }

  private String constants(Class<?> type) {
    Object[] all = type.isEnum() ? type.getEnumConstants() : new Object[0];
    return Arrays.stream(all)
        .map(constant -> ((Enum<?>) constant).name())
        .filter(name -> !javadoc.sentence(type.getName() + '$' + name).isEmpty())
        .map(name ->
            " `%s`: %s"
                .formatted(
                    name.toLowerCase(Locale.ROOT), javadoc.sentence(type.getName() + '$' + name)))
        .collect(Collectors.joining());
  }

  private static Class<?> innermost(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return innermost(arguments[arguments.length - 1]);
    }
    return (Class<?>) type;
  }

  private static String capitalized(String text) {
    if (text.isEmpty()) {
      return "";
    }
    String end = text.endsWith(".") ? "" : ".";
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + end;
  }
}
