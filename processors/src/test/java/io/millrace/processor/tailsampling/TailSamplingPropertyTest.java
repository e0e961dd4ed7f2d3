package io.millrace.processor.tailsampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.processor.tailsampling.RandomPolicy.Seen;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random traces under random policies, against an oracle that holds whole decoded traces.
 *
 * <p>{@code ./verify -pl processors -am -Dtest=TailSamplingPropertyTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dmillrace.tail.seeds=400} decides 100,000 traces.
 */
@Timeout(300)
class TailSamplingPropertyTest {
  private static final int SEEDS = Integer.getInteger("millrace.tail.seeds", 20);
  private static final int TRACES = 250;

  /** A seed's policies and traces. */
  private static final class World {
    final List<RandomPolicy> policies = new ArrayList<>();
    final List<List<Seen>> traces = new ArrayList<>();
    final Random random;

    World(long seed) {
      random = new Random(seed);
      for (int i = 0; i <= random.nextInt(4); i++) {
        policies.add(RandomPolicy.top(random));
      }
      for (int trace = 0; trace < TRACES; trace++) {
        traces.add(trace(trace));
      }
    }

    private List<Seen> trace(int number) {
      List<Seen> spans = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(6); i++) {
        spans.add(
            new Seen(Resource.newBuilder().addAllAttributes(attributes()).build(), span(number)));
      }
      return spans;
    }

    private Span span(int number) {
      long from = random.nextInt(150);
      return Traces.lasting(0, from, from + random.nextInt(150))
          .setTraceId(RandomPolicy.traceId(number))
          .addAllAttributes(attributes())
          .setFlags(random.nextInt(8) == 0 ? 1 : 0)
          .setTraceState(List.of("", "a=1", "b=a=0, a=2", "aa=1,b=2").get(random.nextInt(4)))
          .setStatus(
              Status.newBuilder().setCodeValue(random.nextInt(5) == 0 ? 2 : random.nextInt(2)))
          .build();
    }

    private List<KeyValue> attributes() {
      List<KeyValue> attributes = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        String key = "k" + random.nextInt(4);
        attributes.add(
            switch (random.nextInt(5)) {
              case 0 -> Traces.number(key, random.nextInt(7) - 3);
              case 1 -> Traces.bool(key, random.nextBoolean());
              case 2 -> Traces.fraction(key, random.nextInt(3));
              case 3 -> Traces.text(key, "");
              default -> Traces.text(key, "v" + random.nextInt(5));
            });
      }
      return attributes;
    }

    String yaml(String strategy) {
      StringBuilder yaml = new StringBuilder(strategy).append("policies:\n");
      for (int i = 0; i < policies.size(); i++) {
        yaml.append("  - {name: p").append(i).append(", ");
        yaml.append(policies.get(i).yaml()).append("}\n");
      }
      return yaml.toString();
    }

    Set<Long> expected() {
      Set<Long> kept = new TreeSet<>();
      for (List<Seen> trace : traces) {
        if (RandomPolicy.keeps(policies, trace)) {
          kept.add(Traces.number(trace.getFirst().span()));
        }
      }
      return kept;
    }

    /** Sends every span, in random order, in batches of random size and 4 seconds. */
    void sendTo(SamplerRig rig) {
      List<Seen> spans = new ArrayList<>();
      traces.forEach(spans::addAll);
      Collections.shuffle(spans, random);
      int sent = 0;
      while (sent < spans.size()) {
        int end = Math.min(spans.size(), sent + 1 + random.nextInt(200));
        List<ResourceSpans> resources = new ArrayList<>();
        for (Seen seen : spans.subList(sent, end)) {
          ResourceSpans.Builder one = ResourceSpans.newBuilder().setResource(seen.resource());
          one.addScopeSpansBuilder().addSpans(seen.span());
          resources.add(one.build());
        }
        rig.send(resources.toArray(ResourceSpans[]::new));
        sent = end;
        if (random.nextInt(4) == 0) {
          rig.pass(Duration.ofMillis(100));
        }
      }
    }
  }

  /**
   * Scenario: the spans of a trace come in any order and in any batches, within the wait.
   *
   * <p>Guarantees: exactly the traces that the oracle keeps come out, every span of theirs, each
   * once; whatever is not out is held or counted as dropped, at every tick.
   */
  @Test
  void decidesLikeAnOracleOfWholeTraces() {
    int decided = 0;
    int kept = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      World world = new World(seed);
      SamplerRig rig = new SamplerRig(world.yaml(""));
      world.sendTo(rig);
      rig.decide();

      assertDecided(rig, world, seed);
      assertThat(rig.spans().size()).isEqualTo(rig.spans().stream().distinct().count());
      decided += world.traces.size();
      kept += rig.kept().size();
    }
    System.out.printf("the oracle agrees on %,d traces, %,d of them kept%n", decided, kept);
    assertThat(kept).as("kept, so that both decisions occur").isBetween(1, decided - 1);
  }

  /** Guarantees: deciding early where nothing can change decides the same. */
  @Test
  void decidesTheSameWhileSpansStillCome() {
    for (long seed = 0; seed < SEEDS; seed++) {
      World world = new World(seed);
      String yaml =
          world
              .yaml("sampling_strategy: span-ingest\n")
              .replaceAll("max_spans: \\d+", "max_spans: 0")
              .replaceAll("upper_threshold_ms: \\d+", "upper_threshold_ms: 0");
      SamplerRig rig = new SamplerRig(yaml);
      world.sendTo(rig);
      rig.decide();
      SamplerRig complete = new SamplerRig(yaml.replace("span-ingest", "trace-complete"));
      world.sendTo(complete);
      complete.decide();

      assertThat(rig.kept()).as("seed %d: %s", seed, yaml).isEqualTo(complete.kept());
      assertThat(rig.spans()).containsExactlyInAnyOrderElementsOf(complete.spans());
    }
  }

  private static void assertDecided(SamplerRig rig, World world, long seed) {
    assertThat(rig.kept()).as("seed %d: %s", seed, world.yaml("")).isEqualTo(world.expected());
    assertThat(rig.held()).isZero();
    List<Span> expected = new ArrayList<>();
    for (List<Seen> trace : world.traces) {
      if (RandomPolicy.keeps(world.policies, trace)) {
        trace.forEach(seen -> expected.add(seen.span()));
      }
    }
    assertThat(rig.spans()).containsExactlyInAnyOrderElementsOf(expected);
  }
}
