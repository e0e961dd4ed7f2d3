package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Scenario: a random typo in one key of a valid configuration. Guarantees: it is refused at the
 * position of that key, and nearly always the right key is suggested.
 */
class TypoTest {
  private static final String VALID =
      """
      receivers:
        otlp:
          protocols:
            grpc: {endpoint: "localhost:1", max_recv_msg_size_mib: 8}
            http:
              endpoint: localhost:2
      processors:
        batch:
          timeout: 1s
          send_batch_size: 100
          metadata_keys: [tenant]
        attributes:
          actions:
            - key: a
              action: insert
              value: 5
            - {key: b, action: delete}
      exporters:
        otlp:
          endpoint: tempo:4317
          timeout: 3s
          tls: {insecure: true, ca_file: /ca}
          sending_queue:
            enabled: true
            num_consumers: 2
            queue_size: 10
            batch: {flush_timeout: 1s, fill: 0.5}
        debug: {verbosity: detailed}
      extensions:
        login: {username: me, password: secret}
      service:
        extensions: [login]
        limit_mib: 64
        telemetry:
          metrics:
            level: basic
            readers: [{pull: {exporter: {prometheus: {host: localhost, port: 0}}}}]
          logs: {level: warn}
        pipelines:
          traces:
            receivers: [otlp]
            processors: [batch, attributes]
            exporters: [otlp, debug]
            ack: delivered
      """;
  private static final Pattern KEY = Pattern.compile("([a-z_]+):(?=[ \\n])");
  private static final int ROUNDS = 5;

  @Test
  void refusesEveryTypoWhereItIs() throws Exception {
    Loading.load(VALID);
    long seed = new Random().nextLong();
    System.out.println("TypoTest seed: " + seed);
    Random random = new Random(seed);
    int typos = 0;
    int suggested = 0;
    for (Key key : keys()) {
      for (int round = 0; round < ROUNDS; round++) {
        String typo = typo(key.text(), random);
        String yaml = VALID.substring(0, key.start()) + typo + VALID.substring(key.end());

        List<ConfigProblem> there =
            Loading.problems(yaml).stream().filter(problem -> isAt(problem, key)).toList();

        assertThat(there).as("%s for %s at %s", typo, key.text(), key).isNotEmpty();
        typos++;
        suggested += there.stream().anyMatch(p -> key.text().equals(p.nearest())) ? 1 : 0;
      }
    }
    assertThat(suggested).as("of %d typos, seed %d", typos, seed).isGreaterThan(typos * 9 / 10);
  }

  private static boolean isAt(ConfigProblem problem, Key key) {
    Position position = problem.position();
    return position != null && position.line() == key.line() && position.column() == key.column();
  }

  /** Inserts, removes, replaces or swaps; never gives the same text or another key. */
  private static String typo(String key, Random random) {
    while (true) {
      int at = random.nextInt(key.length());
      char c = (char) ('a' + random.nextInt(26));
      String before = key.substring(0, at);
      String typo =
          switch (random.nextInt(4)) {
            case 0 -> before + c + key.substring(at);
            case 1 -> before + key.substring(at + 1);
            case 2 -> before + c + key.substring(at + 1);
            default -> swapped(key, at);
          };
      if (!typo.isEmpty() && !VALID.contains(typo + ":")) {
        return typo;
      }
    }
  }

  private static String swapped(String key, int at) {
    if (at == 0) {
      return key;
    }
    return key.substring(0, at - 1) + key.charAt(at) + key.charAt(at - 1) + key.substring(at + 1);
  }

  private static List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    Matcher matcher = KEY.matcher(VALID);
    while (matcher.find()) {
      String before = VALID.substring(0, matcher.start());
      int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
      int column = before.length() - before.lastIndexOf('\n');
      keys.add(new Key(matcher.group(1), matcher.start(1), matcher.end(1), line, column));
    }
    return keys;
  }

  private record Key(String text, int start, int end, int line, int column) {}
}
