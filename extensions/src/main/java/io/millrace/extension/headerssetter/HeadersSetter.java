package io.millrace.extension.headerssetter;

import io.millrace.component.ClientAuthenticator;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.RequestContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies its headers one after the other, to those of another authenticator first. Thread safe.
 */
final class HeadersSetter implements ClientAuthenticator {
  private final List<HeaderSource> sources;
  private final ContextKeys reads;
  private final @Nullable ClientAuthenticator first;

  HeadersSetter(HeadersSetterConfig config, @Nullable ClientAuthenticator first) {
    sources = config.headers().stream().map(HeaderSource::new).toList();
    reads = first == null ? config.reads() : config.reads().with(first.reads());
    this.first = first;
  }

  @Override
  public void start() throws IOException {
    for (HeaderSource source : sources) {
      source.credential().start();
    }
  }

  @Override
  public void shutdown() {
    sources.forEach(source -> source.credential().shutdown());
  }

  @Override
  public ContextKeys reads() {
    return reads;
  }

  @Override
  public void authenticate(RequestContext context, Consumer<Credentials> result) {
    if (first == null) {
      result.accept(onTopOf(Map.of(), context));
      return;
    }
    first.authenticate(
        context,
        found ->
            result.accept(
                found instanceof Credentials.Headers headers
                    ? onTopOf(headers.byName(), context)
                    : found));
  }

  @Override
  public void refused() {
    if (first != null) {
      first.refused();
    }
  }

  private Credentials onTopOf(Map<String, String> before, RequestContext context) {
    Map<String, String> headers = new HashMap<>();
    before.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    try {
      sources.forEach(source -> source.apply(headers, context));
    } catch (IllegalArgumentException e) {
      return new Credentials.Impossible(String.valueOf(e.getMessage()));
    }
    return new Credentials.Headers(headers);
  }
}
