package io.millrace.extension.zpages;

import com.sun.net.httpserver.HttpExchange;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentError;
import io.millrace.component.ComponentId;
import io.millrace.component.Extension;
import io.millrace.component.ServiceStatus;
import io.millrace.component.ServiceStatus.Group;
import io.millrace.component.ServiceStatus.Member;
import io.millrace.extension.serving.OperatorServer;
import io.millrace.extension.serving.OperatorServer.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Shows what runs. Methods are the control thread's; answers have their own. */
final class ZpagesExtension implements Extension {
  private static final String EXTENSIONS = "extensions";

  private final ComponentId id;
  private final ZpagesConfig config;
  private volatile @Nullable ServiceStatus status;
  private @Nullable OperatorServer server;

  ZpagesExtension(ComponentContext context, ZpagesConfig config) {
    this.id = context.id();
    this.config = config;
  }

  @Override
  public void watch(ServiceStatus service) {
    status = service;
  }

  @Override
  public void start() throws IOException {
    server = OperatorServer.start(id, config.endpoint(), this::answer);
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

  private Answer answer(HttpExchange exchange) {
    ServiceStatus service = status;
    if (service == null) {
      return Answer.NOT_FOUND;
    }
    return switch (exchange.getRequestURI().getPath()) {
      case "/debug/servicez" -> page("Service", service(service));
      case "/debug/pipelinez" ->
          page("Pipelines", groups(service, group -> !group.name().equals(EXTENSIONS)));
      case "/debug/extensionz" ->
          page("Extensions", groups(service, group -> group.name().equals(EXTENSIONS)));
      case "/debug/featurez" -> page("Feature gates", "<p>Millrace has no feature gates.</p>");
      default -> Answer.NOT_FOUND;
    };
  }

  private static Answer page(String title, String body) {
    String html =
        """
        <!DOCTYPE html>
        <html><head><title>%1$s</title></head><body>
        <h1>%1$s</h1>
        %2$s
        </body></html>
        """
            .formatted(title, body);
    return Answer.of(200, "text/html; charset=utf-8", html);
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
