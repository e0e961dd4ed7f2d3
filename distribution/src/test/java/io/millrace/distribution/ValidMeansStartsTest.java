package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Clock;
import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigKey;
import io.millrace.config.ConfigKeys;
import io.millrace.config.ConfigLoader;
import io.millrace.config.ConfiguredComponent;
import io.millrace.service.Collector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenario: shipped configurations with some keys set to anything at all. Guarantees: what {@code
 * validate} accepts also starts.
 */
class ValidMeansStartsTest {
  private static final int CONFIGS = Integer.getInteger("generated.configs", 60);
  private static final int CHANGES_MAX = 4;

  private static final List<String> BOOLEANS = List.of("true", "false");
  private static final List<String> INTEGERS =
      List.of("0", "1", "2", "7", "100", "100000", "-1", "9223372036854775807");
  private static final List<String> NUMBERS = List.of("0", "0.5", "1", "99.9", "-1", "1e9");
  private static final List<String> DURATIONS = List.of("0s", "1ms", "5s", "1h", "-1s");
  private static final List<String> TEXTS =
      List.of("x", "''", "http://localhost:1", "https://localhost:1", "localhost:1", "/no/file");

  /** Laid over everything that listens, so that any number of collectors can start anywhere. */
  private static final Map<String, String> EPHEMERAL =
      Map.of(
          "otlp", "protocols={grpc: {endpoint: '127.0.0.1:0'}, http: {endpoint: '127.0.0.1:0'}}",
          "prometheus", "endpoint='127.0.0.1:0'",
          "health_check", "endpoint='127.0.0.1:0'",
          "pprof", "endpoint='127.0.0.1:0'",
          "zpages", "endpoint='127.0.0.1:0'");

  /** The setting of a file with credentials. */
  private static final Pattern CREDENTIALS = Pattern.compile("(\\w*file(?:name)?: )/\\S+");

  /** Passes for a token, a password and a file of users. */
  private static final String CREDENTIAL = "user:{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=\n";

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES) // -Dgenerated.configs=1000 is the full form
  void whatIsValidStarts() throws Exception {
    long seed = Long.getLong("generated.seed", new Random().nextLong());
    System.out.println("ValidMeansStartsTest seed: " + seed);
    Random random = new Random(seed);
    List<Path> files = shipped();
    List<String> failures = new ArrayList<>();
    int started = 0;
    while (started < CONFIGS) {
      Path file = files.get(random.nextInt(files.size()));
      List<String> sets = new ArrayList<>();
      for (int changes = random.nextInt(CHANGES_MAX) + 1; changes > 0; changes--) {
        sets.add(change(load(file, List.of()), random));
      }
      Collector collector = validOrNull(file, sets);
      if (collector != null) {
        started++;
        startAndStop(collector, file + " " + sets, failures);
      }
    }
    assertThat(failures).as("%d of %d, seed %d", failures.size(), started, seed).isEmpty();
  }

  private static void startAndStop(Collector collector, String name, List<String> failures) {
    try {
      collector.start();
    } catch (Exception e) { // whatever it is, it ought to have been found before
      failures.add(name + ": " + e);
    } finally {
      collector.shutdown();
    }
  }

  /** Returns one setting of one component. */
  private static String change(CollectorConfig config, Random random) {
    List<String> settings = new ArrayList<>();
    sections(config)
        .forEach((section, components) ->
            components.forEach(component -> {
              Record defaults = component.factory().defaultConfig();
              for (ConfigKey key : ConfigKeys.of(defaults.getClass(), defaults)) {
                if (isValue(key)) {
                  String id = section + "." + component.id();
                  settings.add(id + "." + key.path() + "=" + value(key, random));
                }
              }
            }));
    return settings.get(random.nextInt(settings.size()));
  }

  /** Files are not in the configuration: whether they are there shows at the start alone. */
  private static boolean isValue(ConfigKey key) {
    String path = key.path();
    return !key.typeName().equals("section")
        && !path.contains("[]")
        && !path.contains("<")
        && !path.endsWith("file")
        && !path.endsWith("filename");
  }

  private static String value(ConfigKey key, Random random) {
    String type = key.typeName();
    List<String> values =
        switch (type) {
          case "boolean" -> BOOLEANS;
          case "integer" -> INTEGERS;
          case "number" -> NUMBERS;
          case "duration" -> DURATIONS;
          case "string", "secret" -> TEXTS;
          default ->
              type.startsWith("list of ")
                  ? List.of("[]", "[x]", "[1s]")
                  : type.startsWith("map of ")
                      ? List.of("{}", "{x: y}")
                      : List.of(type.split(", "));
        };
    return values.get(random.nextInt(values.size()));
  }

  /** Does what {@code validate} does; returns {@code null} for what it refuses. */
  private static @Nullable Collector validOrNull(Path file, List<String> sets) {
    try {
      return new Collector(load(file, sets), Clock.SYSTEM);
    } catch (ConfigException | IllegalArgumentException e) {
      return null;
    }
  }

  private static CollectorConfig load(Path file, List<String> sets) throws ConfigException {
    CollectorConfig asWritten =
        ConfigLoader.load(List.of(file.toString()), List.of(), Map.of(), Components.ALL);
    List<String> all = new ArrayList<>(sets);
    sections(asWritten)
        .forEach((section, components) ->
            components.forEach(component -> {
              String port = EPHEMERAL.get(component.id().type());
              if (port != null && !(section.equals("exporters") && port.startsWith("protocols"))) {
                all.add(section + "." + component.id() + "." + port);
              }
            }));
    all.add("service.telemetry.metrics.level=none");
    return ConfigLoader.load(List.of(file.toString()), all, Map.of(), Components.ALL);
  }

  private static Map<String, List<ConfiguredComponent>> sections(CollectorConfig config) {
    Map<String, List<ConfiguredComponent>> sections = new LinkedHashMap<>();
    sections.put("receivers", List.copyOf(config.receivers().values()));
    sections.put("processors", List.copyOf(config.processors().values()));
    sections.put("exporters", List.copyOf(config.exporters().values()));
    sections.put("extensions", List.copyOf(config.extensions().values()));
    return sections;
  }

  /** Returns copies of the shipped files whose credentials are there. */
  private List<Path> shipped() throws Exception {
    Path credential = Files.writeString(folder.resolve("credential"), CREDENTIAL);
    List<Path> copies = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("..").resolve("config"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        Path copy = folder.resolve(file.getFileName());
        String text = Files.readString(file);
        copies.add(
            Files.writeString(copy, CREDENTIALS.matcher(text).replaceAll("$1" + credential)));
      }
    }
    return copies;
  }
}
