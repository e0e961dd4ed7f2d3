package io.millrace.extension.zpages;

import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentError;
import io.millrace.component.Extension;
import io.millrace.component.Listener;
import io.millrace.component.ServiceStatus;
import io.millrace.component.ServiceStatus.Group;
import io.millrace.component.ServiceStatus.Member;
import io.millrace.extension.serving.OperatorServer;
import io.millrace.extension.serving.OperatorServer.Page;
import io.millrace.transport.http.HttpAnswer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Shows what runs. Methods are the control thread's; answers have their own. */
final class ZpagesExtension implements Extension {
  private static final String EXTENSIONS = "extensions";

  private final ComponentContext context;
  private final ZpagesConfig config;
  private volatile @Nullable ServiceStatus status;
  private @Nullable OperatorServer server;

  ZpagesExtension(ComponentContext context, ZpagesConfig config) {
    this.context = context;
    this.config = config;
  }

  @Override
  public void watch(ServiceStatus service) {
    status = service;
  }

  @Override
  public void start() throws IOException {
    server = OperatorServer.start(context, config.endpoint(), pages());
  }

  @Override
  public List<Listener> listeners() {
    return server == null ? List.of() : List.of(server.listener());
  }

  /** Returns where it listens, with its port. */
  InetSocketAddress address() {
    return Objects.requireNonNull(server, "not started").address();
  }

  @Override
  public void shutdown() {
    if (server != null) {
      server.shutdown();
      server = null;
    }
  }

  private Map<String, Page> pages() {
    return Map.of(
        "/debug/servicez",
        page("Service", ZpagesExtension::service),
        "/debug/pipelinez",
        page("Pipelines", service -> groups(service, group -> !isOfExtensions(group))),
        "/debug/extensionz",
        page("Extensions", service -> groups(service, ZpagesExtension::isOfExtensions)),
        "/debug/featurez",
        page("Feature gates", service -> "<p>Millrace has no feature gates.</p>"));
  }

  private static boolean isOfExtensions(Group group) {
    return group.name().equals(EXTENSIONS);
  }

  private Page page(String title, Function<ServiceStatus, String> body) {
    return query -> {
      ServiceStatus service = status;
      return service == null
          ? HttpAnswer.text(404, "not found\n")
          : html(title, body.apply(service));
    };
  }

  private static HttpAnswer html(String title, String body) {
    String html =
        """
        <!DOCTYPE html>
        <html><head><title>%1$s</title></head><body>
        <h1>%1$s</h1>
        %2$s
        </body></html>
        """
            .formatted(title, body);
    return HttpAnswer.of(200, "text/html; charset=utf-8", html);
  }

  private static String service(ServiceStatus service) {
    return """
    <p>%s since %s</p>
    <p><a href="pipelinez">pipelines</a> <a href="extensionz">extensions</a>
    <a href="featurez">feature gates</a></p>\
    """
        .formatted(
            service.phase().name().toLowerCase(Locale.ROOT),
            Instant.EPOCH.plusNanos(service.phaseUnixNanos()));
  }

  private static String groups(ServiceStatus service, Predicate<Group> which) {
    StringBuilder tables = new StringBuilder();
    for (Group group : service.groups()) {
      if (which.test(group)) {
        tables.append("<h2>").append(escaped(group.name())).append("</h2>\n<table>\n");
        group.members().forEach(member -> tables.append(row(member)));
        tables.append("</table>\n");
      }
    }
    return tables.toString();
  }

  private static String row(Member member) {
    ComponentError error = member.error();
    String state = error == null ? "ok" : error.message();
    return "<tr><td>%s</td><td>%s</td></tr>%n".formatted(escaped(member.name()), escaped(state));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
