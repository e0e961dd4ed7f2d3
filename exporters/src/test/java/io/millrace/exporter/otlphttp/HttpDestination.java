package io.millrace.exporter.otlphttp;

import com.sun.net.httpserver.HttpExchange;
import io.millrace.exporter.sending.ScriptedHttpServer;
import java.io.IOException;

/** An OTLP backend that answers by script. Thread safe. */
final class HttpDestination extends ScriptedHttpServer {
  HttpDestination() throws IOException {
    start();
  }

  @Override
  protected byte[] read(HttpExchange exchange) throws IOException {
    return FakeBackend.bodyOf(exchange);
  }

  @Override
  protected void accept(HttpExchange exchange, byte[] body) throws IOException {
    keep(body);
    answer(exchange, 200, "");
  }
}
