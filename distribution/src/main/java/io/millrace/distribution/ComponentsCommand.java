package io.millrace.distribution;

import io.millrace.component.ComponentFactory;
import io.millrace.component.ConnectorFactory;
import io.millrace.component.ExporterFactory;
import io.millrace.component.ExtensionFactory;
import io.millrace.component.ProcessorFactory;
import io.millrace.component.ReceiverFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what is in the program. Confined to the main thread. */
@Command(
    name = "components",
    description = "Lists the components in this program.",
    mixinStandardHelpOptions = true)
final class ComponentsCommand implements Callable<Integer> {
  @Option(names = "--format", description = "yaml (the default) or json.")
  private OutputFormat format = OutputFormat.YAML;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Map<String, Object> tree = new LinkedHashMap<>();
    Map<String, Object> build = new LinkedHashMap<>();
    build.put("command", "millrace");
    build.put("version", CommandLineInterface.implementationVersion());
    tree.put("buildinfo", build);
    for (ComponentFactory<?> factory : Components.ALL) {
      @SuppressWarnings("unchecked") // put below and nowhere else
      List<Object> section =
          (List<Object>) tree.computeIfAbsent(section(factory), s -> new ArrayList<>());
      section.add(described(factory));
    }
    CommandLineInterface.print(spec, format.write(tree));
    return 0;
  }

  private static String section(ComponentFactory<?> factory) {
    return switch (factory) {
      case ReceiverFactory<?> _ -> "receivers";
      case ProcessorFactory<?> _ -> "processors";
      case ExporterFactory<?> _ -> "exporters";
      case ConnectorFactory<?> _ -> "connectors";
      case ExtensionFactory<?> _ -> "extensions";
    };
  }

  private static Map<String, Object> described(ComponentFactory<?> factory) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", factory.type());
    Set<String> others = new TreeSet<>(factory.aliases());
    others.addAll(factory.formerTypes());
    if (!others.isEmpty()) {
      described.put("aliases", List.copyOf(others));
    }
    described.put("module", factory.getClass().getPackageName());
    return described;
  }
}
