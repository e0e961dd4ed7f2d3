package io.millrace.processor.tailsampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a sampler, and what it must have done then, line by line.
 *
 * <pre>
 *   with:       a line of its configuration
 *   policies:   its policies, in flow style
 *   component:  its id, unless it is tail_sampling
 *
 *   send:       batches between bars, each of spans: the number of the trace (or 1..9 for one span of
 *               each), letters for what is special about the span, and *n for n of them
 *   pass:       time passes, with a tick every 100 ms
 *   wait:       so much time that everything is decided
 *   stall:      time passes without a tick
 *   shutdown:
 *
 *   out:        the trace numbers of the spans that have come out so far, in order, or - for none
 *   held:       how many spans are held
 *   door:       open or closed
 *   count:      a metric without its prefix, labels, and = the sum of those series
 * </pre>
 *
 * The letters: <i>e</i> status ERROR, <i>o</i> status OK, <i>r</i> a root, <i>f</i> the flag
 * sampled, <i>p</i> an attribute {@code a} that is a text, <i>x</i> another upper half of the id.
 * After the last line everything is given back. Confined to one thread.
 */
final class SamplerScript {
  private static final Pattern SPANS =
      Pattern.compile("(\\d+)(?:\\.\\.(\\d+))?([a-z]*)(?:\\*(\\d+))?");
  private static final ByteString OTHER_UPPER_HALF = ByteString.copyFrom(new byte[8]);

  private final List<String> lines;
  private final StringBuilder settings = new StringBuilder();
  private String component = "tail_sampling";
  private @Nullable SamplerRig rig;
  private int checks;

  SamplerScript(List<String> lines) {
    this.lines = lines;
  }

  /** Does what the lines say, and fails where they do not hold. */
  void run() {
    for (String line : lines) {
      String[] parts = line.split(":", 2);
      run(parts[0], parts[1].strip());
    }
    assertThat(checks).as("checks").isPositive();
    SamplerRig last = rig();
    last.processor.shutdown();
    last.assertConservation();
    assertThat(last.held()).isZero();
    assertThat(last.host.budget().used()).isZero();
  }

  private void run(String command, String value) {
    switch (command) {
      case "with" -> settings.append(value).append('\n');
      case "policies" -> settings.append("policies: [").append(value).append("]\n");
      case "component" -> component = value;
      case "send" -> send(value);
      case "pass" -> rig().pass(duration(value));
      case "wait" -> rig().decide();
      case "stall" -> rig().clock.advance(duration(value));
      case "shutdown" -> rig().processor.shutdown();
      default -> check(command, value);
    }
  }

  private void send(String batches) {
    for (String batch : batches.split("\\|", -1)) {
      rig().send(batch(batch));
    }
  }

  private SamplerRig rig() {
    if (rig == null) {
      rig = new SamplerRig(component, settings.toString());
    }
    return rig;
  }

  private static Duration duration(String value) {
    return Duration.parse("PT" + value);
  }

  private Span.Builder[] batch(String words) {
    List<Span.Builder> spans = new ArrayList<>();
    for (String word : words.strip().split(" ", -1)) {
      Matcher parts = SPANS.matcher(word);
      assertThat(parts.matches()).as(word).isTrue();
      long first = Long.parseLong(parts.group(1));
      long last = parts.group(2) == null ? first : Long.parseLong(parts.group(2));
      int times = parts.group(4) == null ? 1 : Integer.parseInt(parts.group(4));
      for (long trace = first; trace <= last; trace++) {
        for (int i = 0; i < times; i++) {
          spans.add(span(trace, parts.group(3)));
        }
      }
    }
    return spans.toArray(Span.Builder[]::new);
  }

  private static Span.Builder span(long trace, String letters) {
    Span.Builder span = Traces.span(trace);
    for (int letter : letters.chars().toArray()) {
      switch (letter) {
        case 'e' -> span.setStatus(status(Status.StatusCode.STATUS_CODE_ERROR));
        case 'o' -> span.setStatus(status(Status.StatusCode.STATUS_CODE_OK));
        case 'r' -> span.clearParentSpanId();
        case 'f' -> span.setFlags(1);
        case 'p' -> span.addAttributes(Traces.text("a", "no map"));
        case 'x' -> span.setTraceId(OTHER_UPPER_HALF.concat(Traces.id(trace).substring(8)));
        default -> throw new AssertionError("letter: " + (char) letter);
      }
    }
    return span;
  }

  private static Status status(Status.StatusCode code) {
    return Status.newBuilder().setCode(code).build();
  }

  private void check(String command, String value) {
    checks++;
    switch (command) {
      case "out" -> assertThat(traces()).as(command).isEqualTo(value);
      case "held" -> assertThat(rig().held()).as(command).isEqualTo(Long.parseLong(value));
      case "door" -> assertThat(door()).as(command).isEqualTo(value);
      case "count" -> checkMetric(value);
      default -> throw new AssertionError("line: " + command);
    }
  }

  private String traces() {
    List<String> numbers = new ArrayList<>();
    rig().spans().forEach(span -> numbers.add(String.valueOf(Traces.number(span))));
    return numbers.isEmpty() ? "-" : String.join(" ", numbers);
  }

  private String door() {
    Object refusal = rig().processor.admission().reserve(Signal.TRACES, 1, 1, RequestContext.EMPTY);
    return refusal == null ? "open" : "closed";
  }

  private void checkMetric(String value) {
    String[] sides = value.split(" = ", 2);
    String[] words = sides[0].split(" ", -1);
    String name =
        words[0].startsWith("millrace_") ? words[0] : TailSamplingMetrics.PREFIX + words[0];
    String[] labels = Arrays.copyOfRange(words, 1, words.length);
    assertThat(rig().series(name, labels)).as(sides[0]).isNotEmpty();
    assertThat(rig().metric(name, labels)).as(sides[0]).isEqualTo(Long.parseLong(sides[1]));
  }
}
