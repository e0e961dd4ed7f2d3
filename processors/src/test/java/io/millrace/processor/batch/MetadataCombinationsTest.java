package io.millrace.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.UpDownCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MetadataCombinationsTest {
  private static final int LIMIT = 50;
  private static final int TENANTS = 200;
  private static final int THREADS = 4;

  private final UpDownCounter cardinality = new MetricRegistry().upDownCounter("cardinality", "");
  private final MetadataCombinations combinations =
      new MetadataCombinations(ContextKeys.ofMetadata(List.of("tenant")), LIMIT, cardinality);

  /** Guarantees: exactly as many are admitted as there is room for, and each of them to all. */
  @Test
  void eventLoopsAgreeOnWhoIsAdmitted() throws Exception {
    Callable<Set<String>> eventLoop =
        () -> {
          Set<String> admitted = new TreeSet<>();
          for (int i = 0; i < TENANTS; i++) {
            if (admits("tenant" + i)) {
              admitted.add("tenant" + i);
            }
          }
          return admitted;
        };
    Set<String> all = new TreeSet<>();
    List<Set<String>> each = new ArrayList<>();
    try (ExecutorService eventLoops = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Set<String>>> loads = List.of(eventLoop, eventLoop, eventLoop, eventLoop);
      for (Future<Set<String>> result : eventLoops.invokeAll(loads)) {
        each.add(result.get());
        all.addAll(result.get());
      }
    }

    assertThat(all).hasSize(LIMIT);
    assertThat(each).allMatch(all::equals);
    assertThat(cardinality.value()).isEqualTo(LIMIT);
  }

  @Test
  void severalValuesOfAKeyAreACombinationOfTheirOwn() {
    assertThat(admits("a")).isTrue();
    assertThat(admits("a", "b")).isTrue();
    assertThat(admits("b", "a")).isTrue();

    assertThat(cardinality.value()).isEqualTo(3);
  }

  @Test
  void theEndOfTheProcessorIsTheEndOfItsCombinations() {
    admits("a");
    combinations.forget();

    assertThat(cardinality.value()).isZero();
  }

  private boolean admits(String... tenant) {
    RequestContext context =
        new RequestContext(Map.of("tenant", List.of(tenant)), Map.of(), "1.2.3.4:5");
    return combinations.reserve(Signal.LOGS, 1, 1, context) == null;
  }
}
