package io.millrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class OrderingSinkTest {
  private static final String OUT_OF_ORDER = "requests out of order that were not stored before: 1";

  private final HttpClient client = HttpClient.newHttpClient();
  private final OrderingSink sink;

  OrderingSinkTest() throws IOException {
    sink = new OrderingSink();
    sink.recover();
  }

  @AfterEach
  void close() {
    client.close();
    sink.close();
  }

  @Test
  void refusesAndReportsASampleThatIsOlderThanItsSeries() throws Exception {
    assertThat(post(7, 1000)).isEqualTo(204);
    assertThat(post(8, 999)).isEqualTo(400);

    assertThat(sink.count("__name__=")).isOne();
    assertThat(broken()).contains(OUT_OF_ORDER);
  }

  @Test
  void takesWhatComesAgainAndCountsItOnce() throws Exception {
    assertThat(post(7, 1000)).isEqualTo(204);
    assertThat(post(7, 1000)).isEqualTo(204);
    assertThat(post(8, 1001)).isEqualTo(204);

    assertThat(sink.count("__name__=")).isEqualTo(2);
    assertThat(broken()).doesNotContain(OUT_OF_ORDER);
  }

  private List<String> broken() {
    DrillReport report = new DrillReport("order");
    sink.report(report);
    return report.broken();
  }

  private int post(double value, long millis) throws IOException, InterruptedException {
    byte[] body = Snappy.compress(WriteRequestSamples.request(value, millis, "__name__"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sink.port()))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
