package io.millrace.extension;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks an extension over HTTP. */
public final class Get {
  private Get() {}

  /** Returns the answer as a text. */
  public static HttpResponse<String> text(InetSocketAddress address, String path)
      throws IOException, InterruptedException {
    return send(address, path, "GET", BodyHandlers.ofString());
  }

  /** Returns the answer, whatever the method. */
  public static <T> HttpResponse<T> send(
      InetSocketAddress address, String path, String method, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + address.getPort() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
          handler);
    }
  }
}
