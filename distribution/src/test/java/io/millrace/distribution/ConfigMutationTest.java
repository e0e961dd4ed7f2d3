package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.config.ConfigProblem;
import io.millrace.config.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Scenario: one mistake at every key of every shipped configuration. Guarantees: it is refused
 * where it is, and a typo is nearly always answered with the right key.
 */
class ConfigMutationTest {
  /** A key at the beginning of its line, perhaps of a list's item. */
  private static final Pattern KEY =
      Pattern.compile("(?m)^(?<indent> *(?:- )?)(?<key>[A-Za-z_][\\w/.-]*):(?<rest>(?: .*)?)$");

  private static final int TYPOS_EACH = 3;

  /** Settings whose keys are the user's. */
  private static final Set<String> MAPS =
      Set.of("headers", "external_labels", "const_labels", "endpoint_params");

  /** A configuration and one of its keys; lines count from 1. */
  private record Key(Path file, String yaml, int line, int start, String indent, String name) {
    int column() {
      return indent.length() + 1;
    }

    String rest() {
      int end = yaml.indexOf('\n', start);
      return yaml.substring(start + name.length() + 1, end < 0 ? yaml.length() : end);
    }

    /**
     * Returns whether any name is one here: of a header, a label, a parameter, or after a slash.
     */
    boolean isUsersOwn() {
      return name.contains("/") || MAPS.contains(parent());
    }

    private String parent() {
      return yaml.substring(0, start)
          .lines()
          .filter(before -> before.matches(" {0," + (indent.length() - 1) + "}[\\w/]+:.*"))
          .reduce("", (_, last) -> last)
          .strip()
          .split(":", 2)[0];
    }

    boolean isScalar() {
      return !rest().isBlank() && !rest().contains("[") && !rest().contains("{");
    }

    String replaced(String key, String rest) {
      String before = yaml.substring(0, start);
      return before + key + rest + yaml.substring(start + name.length() + 1 + rest().length());
    }

    String withLineStart(String lineStart) {
      String before = yaml.substring(0, start - indent.length());
      return before + lineStart + yaml.substring(start);
    }

    @Override
    public String toString() {
      return file.getFileName() + ":" + line + " " + name;
    }
  }

  /** Ids and names are the user's own: a typo in them is found where they are referred to. */
  @Test
  void typosAreRefusedAtTheKeyAndTheRightOneIsSuggested() throws Exception {
    Random random = random();
    int typos = 0;
    int suggested = 0;
    List<String> missed = new ArrayList<>();
    for (Key key : keys()) {
      for (int i = 0; i < TYPOS_EACH; i++) {
        String typo = typo(key.name(), random);
        if (isLegal(key.replaced(typo, ":" + key.rest()))) {
          assertThat(key.isUsersOwn()).as("%s is taken as %s", key, typo).isTrue();
          continue;
        }
        List<ConfigProblem> problems = problems(key.replaced(typo, ":" + key.rest()));
        assertThat(problems).as("%s as %s", key, typo).isNotEmpty().allMatch(this::isLocated);
        List<ConfigProblem> there = at(problems, key.line(), key.column());
        typos++;
        boolean isThere = there.stream().anyMatch(p -> key.name().equals(p.nearest()));
        if (isThere || (there.isEmpty() && isSuggested(problems, typo))) {
          suggested++;
        } else {
          missed.add(key + " as " + typo);
        }
      }
    }
    assertThat(typos).isGreaterThan(300);
    assertThat(suggested)
        .as("of %d typos; missed %s", typos, missed)
        .isGreaterThanOrEqualTo(typos * 95 / 100);
  }

  /** A component's name that changed is missed where a pipeline lists it. */
  private static boolean isSuggested(List<ConfigProblem> problems, String typo) {
    return problems.stream().anyMatch(problem -> typo.equals(problem.nearest()));
  }

  @Test
  void aListInPlaceOfAValueIsRefused() throws Exception {
    everyKey(Key::isScalar, key -> key.replaced(key.name(), ": [[1], {x: 2}]"), 0);
  }

  @Test
  void aKeyThatStandsTwiceIsRefused() throws Exception {
    everyKey(
        key -> key.isScalar() && !key.indent().contains("-"),
        key -> {
          String line = key.indent() + key.name() + ":" + key.rest() + "\n";
          return key.yaml().substring(0, key.start() - key.indent().length())
              + line
              + key.yaml().substring(key.start() - key.indent().length());
        },
        1);
  }

  @Test
  void aTabIsRefused() throws Exception {
    everyKey(
        key -> !key.indent().isEmpty() && !key.indent().contains("-"),
        key -> key.withLineStart("\t" + key.indent().substring(1)),
        0);
  }

  @Test
  void aLineThatIsIndentedOneTooFarOrTooLittleIsRefused() throws Exception {
    everyKey(
        key -> !key.indent().isEmpty() && !key.indent().contains("-") && hasSiblings(key),
        key -> key.withLineStart(key.indent().substring(1)),
        0);
  }

  @Test
  void aMissingBlankIsRefused() throws Exception {
    everyKey(Key::isScalar, key -> key.replaced(key.name(), ":" + key.rest().strip()), 0);
  }

  /** Returns whether the line before is a key of the same map, so that a shift must show. */
  private static boolean hasSiblings(Key key) {
    String[] lines = key.yaml().split("\n", -1);
    String before = key.line() < 2 ? "" : lines[key.line() - 2];
    return before.startsWith(key.indent())
        && !before.strip().startsWith("#")
        && before.length() > key.indent().length()
        && before.charAt(key.indent().length()) != ' ';
  }

  private interface Mutation {
    String of(Key key);
  }

  private void everyKey(Predicate<Key> which, Mutation mutation, int linesOff) throws Exception {
    List<Key> keys = keys().stream().filter(which).toList();
    assertThat(keys).hasSizeGreaterThan(10);
    List<String> wrong = new ArrayList<>();
    for (Key key : keys) {
      String yaml = mutation.of(key);
      if (isLegal(yaml)) {
        wrong.add(key + ": accepted");
        continue;
      }
      boolean isThere =
          problems(yaml).stream()
              .map(ConfigProblem::position)
              .anyMatch(p -> p != null && Math.abs(p.line() - key.line() - linesOff) <= 1);
      if (!isThere) {
        wrong.add(key + ": reported elsewhere: " + problems(yaml));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private boolean isLocated(ConfigProblem problem) {
    return problem.position() != null;
  }

  private static List<ConfigProblem> at(List<ConfigProblem> problems, int line, int column) {
    return problems.stream()
        .filter(problem -> {
          Position position = problem.position();
          return position != null && position.line() == line && position.column() == column;
        })
        .toList();
  }

  private static boolean isLegal(String yaml) {
    try {
      load(yaml);
      return true;
    } catch (ConfigException e) {
      return false;
    }
  }

  private static List<ConfigProblem> problems(String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> load(yaml)).problems();
  }

  private static void load(String yaml) throws ConfigException {
    ConfigLoader.load(List.of("env:C"), List.of(), Map.of("C", yaml), Components.ALL);
  }

  private static Random random() {
    long seed = new Random().nextLong();
    System.out.println("ConfigMutationTest seed: " + seed);
    return new Random(seed);
  }

  private static String typo(String key, Random random) {
    while (true) {
      int at = random.nextInt(key.length());
      char c = (char) ('a' + random.nextInt(26));
      String typo =
          switch (random.nextInt(3)) {
            case 0 -> key.substring(0, at) + c + key.substring(at);
            case 1 -> key.substring(0, at) + key.substring(at + 1);
            default -> key.substring(0, at) + c + key.substring(at + 1);
          };
      if (typo.length() > 1 && !typo.equals(key) && Character.isLetter(typo.charAt(0))) {
        return typo;
      }
    }
  }

  private static List<Key> keys() throws Exception {
    List<Key> keys = new ArrayList<>();
    for (Path file : configs()) {
      String yaml = Files.readString(file);
      Matcher matcher = KEY.matcher(yaml);
      while (matcher.find()) {
        int line = (int) yaml.substring(0, matcher.start()).lines().count() + 1;
        keys.add(
            new Key(
                file,
                yaml,
                line,
                matcher.start("key"),
                matcher.group("indent"),
                matcher.group("key")));
      }
    }
    return keys;
  }

  private static List<Path> configs() throws Exception {
    try (Stream<Path> files = Files.walk(Path.of("..").resolve("config"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
