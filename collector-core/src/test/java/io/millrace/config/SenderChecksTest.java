package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentFactory;
import io.millrace.component.Consumer;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionFactory;
import io.millrace.component.ExtensionId;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.config.FakeComponents.FakeConnector;
import io.millrace.config.FakeComponents.FakeReceiver;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Processors that join what an exporter tells apart. */
class SenderChecksTest {
  interface Login extends Extension {}

  record JoinConfig(List<String> metadataKeys) {}

  record LoginConfig(List<String> headers, String user, @Nullable ExtensionId<Login> behind) {}

  record ApiConfig(String tenant, @Nullable ExtensionId<Login> auth) {}

  private record Joining() implements ProcessorFactory<JoinConfig> {
    @Override
    public String type() {
      return "join";
    }

    @Override
    public JoinConfig defaultConfig() {
      return new JoinConfig(List.of());
    }

    @Override
    public boolean keeps(JoinConfig config, ContextKeys keys) {
      return ContextKeys.ofMetadata(config.metadataKeys()).containsAll(keys);
    }

    @Override
    public Processor create(
        ComponentContext context, JoinConfig config, Signal signal, Consumer next) {
      return next::consume;
    }
  }

  private record Logins() implements ExtensionFactory<LoginConfig> {
    @Override
    public String type() {
      return "login";
    }

    @Override
    public LoginConfig defaultConfig() {
      return new LoginConfig(List.of(), "", null);
    }

    @Override
    public Set<Class<? extends Extension>> kinds(LoginConfig config) {
      return Set.of(Login.class);
    }

    @Override
    public ContextKeys reads(LoginConfig config) {
      Set<String> user = config.user().isEmpty() ? Set.of() : Set.of(config.user());
      return new ContextKeys(Set.copyOf(config.headers()), user);
    }

    @Override
    public Extension create(ComponentContext context, LoginConfig config) {
      return new Login() {};
    }
  }

  private record Apis() implements ExporterFactory<ApiConfig> {
    @Override
    public String type() {
      return "api";
    }

    @Override
    public ApiConfig defaultConfig() {
      return new ApiConfig("", null);
    }

    @Override
    public ContextKeys reads(ApiConfig config) {
      return config.tenant().isEmpty()
          ? ContextKeys.NONE
          : ContextKeys.ofMetadata(List.of(config.tenant()));
    }

    @Override
    public Exporter create(ComponentContext context, ApiConfig config, Signal signal) {
      return Apis::forget;
    }

    private static void forget(OtlpBatch batch) {}
  }

  private static final List<ComponentFactory<?>> FACTORIES =
      List.of(
          new FakeReceiver<>("nop", new FakeComponents.Empty()),
          new FakeConnector<>("forward", new FakeComponents.Empty()),
          new Joining(),
          new Logins(),
          new Apis());

  private static CollectorConfig load(String join, String api, String processors)
      throws ConfigException {
    String yaml =
        """
        processors: {join: %s}
        exporters: {api: %s}
        service:
          extensions: [login, login/inner]
          pipelines: {logs: {receivers: [nop], processors: %s, exporters: [api]}}
        receivers: {nop: }
        extensions: {login: {user: name, behind: login/inner}, login/inner: {headers: [Tenant]}}
        """
            .formatted(join, api, processors);
    return load(yaml);
  }

  private static CollectorConfig load(String yaml) throws ConfigException {
    return ConfigLoader.load(List.of("env:C"), List.of(), Map.of("C", yaml), FACTORIES);
  }

  private static List<String> heads(String join, String api, String processors) {
    return Loading.heads(
        catchThrowableOfType(ConfigException.class, () -> load(join, api, processors)).problems());
  }

  @Test
  void refusesWhatJoinsTheSendersThatAnExporterTellsApart() {
    assertThat(heads("{}", "{tenant: X-Tenant}", "[join]"))
        .containsExactly(
            "env:C:5:53: service.pipelines.logs.processors[0]: processor join joins what exporter"
                + " api keeps apart by metadata.x-tenant");
  }

  @Test
  void refusesWhatJoinsTheSendersThatAnExtensionTellsApart() {
    assertThat(heads("{metadata_keys: [other]}", "{auth: login/inner}", "[join]"))
        .containsExactly(
            "env:C:5:53: service.pipelines.logs.processors[0]: processor join joins what exporter"
                + " api keeps apart by metadata.tenant");
  }

  @Test
  void refusesWhatJoinsTheSendersThatAnExtensionBehindAnotherTellsApart() {
    assertThat(heads("{metadata_keys: [tenant]}", "{auth: login}", "[join]"))
        .containsExactly(
            "env:C:5:53: service.pipelines.logs.processors[0]: processor join joins what exporter"
                + " api keeps apart by metadata.tenant and auth.name");
  }

  @Test
  void refusesWhatJoinsTheSendersThatAnExporterBehindAConnectorTellsApart() {
    String yaml =
        """
        receivers: {nop: }
        processors: {join: }
        connectors: {forward: }
        exporters: {api: {tenant: t}}
        service:
          pipelines:
            logs/in: {receivers: [nop], processors: [join], exporters: [forward]}
            logs/out: {receivers: [forward], exporters: [api]}
        """;

    assertThat(
            Loading.heads(catchThrowableOfType(ConfigException.class, () -> load(yaml)).problems()))
        .containsExactly(
            "env:C:7:46: service.pipelines.logs/in.processors[0]: processor join joins what exporter"
                + " api keeps apart by metadata.t");
  }

  @Test
  void takesWhatKeepsThemApart() throws Exception {
    load("{metadata_keys: [x-Tenant]}", "{tenant: X-Tenant}", "[join]");
    load("{metadata_keys: [TENANT]}", "{auth: login/inner}", "[join]");
    load("{}", "{}", "[join]");
    load("{}", "{auth: login}", "[]");
  }
}
