package io.millrace.processor.tailsampling;

import io.millrace.pdata.ByteRange;
import io.millrace.pdata.EnvelopeWalker;
import io.millrace.pdata.RequestContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The requests, resources and scopes that the held spans came in, each header once: the same few
 * come with every batch. One without spans is forgotten. Confined to the ring thread.
 */
final class Origins {
  private final Function<ByteRange, long[]> resourceTests;
  private final Map<HeaderKey, RequestOrigin> requests = new HashMap<>();
  private final Map<HeaderKey, ResourceOrigin> resources = new HashMap<>();
  private final Map<HeaderKey, Origin> scopes = new HashMap<>();
  private final List<@Nullable Origin> byNumber = new ArrayList<>();
  private final List<Integer> freeNumbers = new ArrayList<>();
  private long bytes;

  /**
   * Starts empty.
   *
   * @param resourceTests finds the tests that a resource passes, by its header
   */
  Origins(Function<ByteRange, long[]> resourceTests) {
    this.resourceTests = resourceTests;
  }

  /**
   * Returns the origin of the spans that the walker is in front of, for a sender with this context;
   * the caller must {@link #release} it.
   */
  Origin find(RequestContext context, EnvelopeWalker walker) {
    Origin origin = known(context, walker);
    retain(origin);
    return origin;
  }

  private Origin known(RequestContext context, EnvelopeWalker walker) {
    RequestOrigin request = request(context, walker.requestHeader());
    ResourceOrigin resource = resource(request, walker.resourceHeader());
    HeaderKey key = HeaderKey.of(resource, walker.scopeHeader());
    Origin known = scopes.get(key);
    if (known != null) {
      return known;
    }
    int number = freeNumbers.isEmpty() ? byNumber.size() : freeNumbers.removeLast();
    Origin scope = new Origin(number, resource, keep(key));
    if (number == byNumber.size()) {
      byNumber.add(scope);
    } else {
      byNumber.set(number, scope);
    }
    scopes.put(scope.key, scope);
    resource.scopes++;
    return scope;
  }

  private RequestOrigin request(RequestContext context, ByteRange header) {
    HeaderKey key = HeaderKey.of(context, header);
    RequestOrigin known = requests.get(key);
    if (known != null) {
      return known;
    }
    RequestOrigin request = new RequestOrigin(context, keep(key));
    requests.put(request.key, request);
    return request;
  }

  private ResourceOrigin resource(RequestOrigin request, ByteRange header) {
    HeaderKey key = HeaderKey.of(request, header);
    ResourceOrigin known = resources.get(key);
    if (known != null) {
      return known;
    }
    ResourceOrigin resource = new ResourceOrigin(request, keep(key), resourceTests.apply(header));
    resources.put(resource.key, resource);
    request.resources++;
    return resource;
  }

  private HeaderKey keep(HeaderKey key) {
    HeaderKey kept = key.keep();
    bytes += kept.memoryBytes();
    return kept;
  }

  /** Returns the origin of that number, which has spans. */
  Origin get(int number) {
    return Objects.requireNonNull(byNumber.get(number));
  }

  /** Counts a span that refers to the origin. */
  void retain(Origin origin) {
    origin.spans++;
  }

  /** Uncounts a span that referred to the origin; after the last one it is forgotten. */
  void release(Origin origin) {
    if (--origin.spans > 0) {
      return;
    }
    scopes.remove(origin.key);
    bytes -= origin.key.memoryBytes();
    byNumber.set(origin.number, null);
    freeNumbers.add(origin.number);
    ResourceOrigin resource = origin.resource;
    if (--resource.scopes > 0) {
      return;
    }
    resources.remove(resource.key);
    bytes -= resource.key.memoryBytes();
    if (--resource.request.resources == 0) {
      requests.remove(resource.request.key);
      bytes -= resource.request.key.memoryBytes();
    }
  }

  /** Returns the memory in use, objects counted roughly. */
  long bytes() {
    return bytes;
  }
}
