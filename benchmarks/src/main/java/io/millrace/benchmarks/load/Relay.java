package io.millrace.benchmarks.load;

import io.millrace.benchmarks.traffic.Protocol;
import io.millrace.benchmarks.traffic.RequestSender;
import io.millrace.benchmarks.traffic.RequestServer;
import io.millrace.benchmarks.traffic.Response;
import io.millrace.pdata.Signal;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * The least that a forwarder can do: what the server has read goes to the client, on the same
 * thread. Neither ring nor queue, no validation, no retry, and success is promised at once.
 */
final class Relay {
  private Relay() {}

  /** Relays until the process ends. */
  static void run(Protocol protocol, int port, int sinkPort)
      throws IOException, InterruptedException {
    try (RequestSender sender = protocol.sender(Signal.TRACES, sinkPort);
        RequestServer _ =
            protocol.server(
                Signal.TRACES, port, (request, response) -> relay(sender, request, response))) {
      new CountDownLatch(1).await();
    }
  }

  private static void relay(RequestSender sender, byte[] request, Response response) {
    sender.send(request, answer -> {});
    response.accept();
  }
}
