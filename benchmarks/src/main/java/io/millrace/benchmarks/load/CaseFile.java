package io.millrace.benchmarks.load;

import io.millrace.benchmarks.payload.Payload;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** Reads {@code case.yaml}. */
@org.jspecify.annotations.NullUnmarked
final class CaseFile {
  static LoadCase read(Path folder) throws IOException {
    try (Reader reader = Files.newBufferedReader(folder.resolve("case.yaml"))) {
      Map<String, Object> m = new Yaml().load(reader);
      @SuppressWarnings("unchecked")
      List<String> contestants = (List<String>) m.get("contestants");
      return new LoadCase(
          folder,
          LoadTransport.named((String) m.get("transport")),
          Payload.named((String) m.get("payload")),
          (Integer) m.get("requests_per_second"),
          (Integer) m.get("in_flight_max"),
          Duration.ofSeconds((Integer) m.get("warmup")),
          Duration.ofSeconds((Integer) m.get("measure")),
          contestants.stream().map(Contestant::named).toList());
    }
  }

  private CaseFile() {}
}
