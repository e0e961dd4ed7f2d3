package io.millrace.transport.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request of an HTTP/1.1 connection. */
final class Http1Exchange implements HttpExchange {
  private final Http1Connection connection;
  private final Channel channel;
  private final HttpRequest request;
  private final String path;
  private final AtomicBoolean answered = new AtomicBoolean();

  Http1Exchange(Http1Connection connection, Channel channel, HttpRequest request) {
    this.connection = connection;
    this.channel = channel;
    this.request = request;
    path = HeaderMap.path(request.uri());
  }

  HttpRequest request() {
    return request;
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    return HeaderMap.query(request.uri());
  }

  @Override
  public String header(String name) {
    return request.headers().get(name, "");
  }

  @Override
  public Map<String, List<String>> headers() {
    return HeaderMap.of(request.headers().iteratorCharSequence());
  }

  @Override
  public String peer() {
    return HeaderMap.peer(channel.remoteAddress());
  }

  @Override
  public void answer(HttpAnswer answer) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    if (channel.eventLoop().inEventLoop()) {
      connection.write(this, answer);
    } else {
      channel.eventLoop().execute(() -> connection.write(this, answer));
    }
  }
}
