package io.millrace.config;

import io.millrace.component.ComponentId;
import io.millrace.pdata.Signal;
import java.util.Arrays;
import java.util.List;

/**
 * The name of a pipeline: {@code signal} or {@code signal/name}. Immutable.
 *
 * @param name tells several of one signal apart; empty for the only one
 */
public record PipelineId(Signal signal, String name) {
  static final List<String> SIGNALS = Arrays.stream(Signal.values()).map(Signal::id).toList();

  /**
   * Reads {@code signal[/name]}; blanks around either part are dropped.
   *
   * @throws IllegalArgumentException when the text is not an id; the message names the part
   */
  public static PipelineId parse(String text) {
    ComponentId id = ComponentId.parse(text);
    return Arrays.stream(Signal.values())
        .filter(signal -> signal.id().equals(id.type()))
        .findFirst()
        .map(signal -> new PipelineId(signal, id.name()))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "signal \"%s\" (expected: %s)".formatted(id.type(), String.join(", ", SIGNALS))));
  }

  @Override
  public String toString() {
    return name.isEmpty() ? signal.id() : signal.id() + "/" + name;
  }
}
