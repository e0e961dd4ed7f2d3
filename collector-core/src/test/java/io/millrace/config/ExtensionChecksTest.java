package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentFactory;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionFactory;
import io.millrace.component.ExtensionId;
import io.millrace.config.FakeComponents.FakeExporter;
import io.millrace.config.FakeComponents.FakeExtension;
import io.millrace.config.FakeComponents.FakeReceiver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a component may name as the extension it uses. */
class ExtensionChecksTest {
  private static final List<ComponentFactory<?>> FACTORIES =
      List.of(
          new FakeReceiver<>("nop", new FakeComponents.Empty()),
          new FakeExporter<>("api", Set.of(), new ApiConfig(null, List.of())),
          new FakeExtension<>("clock", new FakeComponents.Empty()),
          new Guards());

  interface SideDoor extends Extension {}

  record ApiConfig(@Nullable ExtensionId<SideDoor> door, List<Step> steps) {}

  record Step(ExtensionId<SideDoor> id) {}

  record GuardConfig(@Nullable ExtensionId<SideDoor> behind) {}

  private record Guards() implements ExtensionFactory<GuardConfig> {
    @Override
    public String type() {
      return "guard";
    }

    @Override
    public GuardConfig defaultConfig() {
      return new GuardConfig(null);
    }

    @Override
    public Set<Class<? extends Extension>> kinds(GuardConfig config) {
      return Set.of(SideDoor.class);
    }

    @Override
    public Extension create(ComponentContext context, GuardConfig config) {
      return new SideDoor() {};
    }
  }

  private static CollectorConfig load(String api, String extensions, String listed)
      throws ConfigException {
    String yaml =
        """
        exporters: {api: %s}
        extensions: %s
        receivers: {nop: }
        service: {extensions: %s, pipelines: {traces: {receivers: [nop], exporters: [api]}}}
        """
            .formatted(api, extensions, listed);
    return ConfigLoader.load(List.of("env:C"), List.of(), Map.of("C", yaml), FACTORIES);
  }

  private static List<String> heads(String api, String extensions, String listed) {
    return Loading.heads(
        catchThrowableOfType(ConfigException.class, () -> load(api, extensions, listed))
            .problems());
  }

  @Test
  void bindsTheNameOfAnExtensionOfTheRightKind() throws Exception {
    CollectorConfig config =
        load("{door: guard/a, steps: [{id: guard/a}]}", "{guard/a: }", "[guard/a]");

    ApiConfig api = (ApiConfig) config.exporters().values().iterator().next().config();
    assertThat(api.door()).hasToString("guard/a");
    assertThat(api.steps()).hasSize(1);
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void refusesAnUnknownNameWhereItStands() {
    assertThat(heads("{door: guard/b, steps: [{id: guard/c}]}", "{guard/a: }", "[guard/a]"))
        .containsExactly(
            "env:C:1:25: exporters.api.door: extension \"guard/b\" is not configured,"
                + " did you mean \"guard/a\"?",
            "env:C:1:47: exporters.api.steps[0].id: extension \"guard/c\" is not configured,"
                + " did you mean \"guard/a\"?");
  }

  @Test
  void refusesAnExtensionOfAnotherKind() {
    assertThat(heads("{door: clock}", "{clock: }", "[clock]"))
        .containsExactly("env:C:1:25: exporters.api.door: extension clock is no side door");
  }

  @Test
  void refusesAnExtensionThatIsNotStarted() {
    assertThat(heads("{door: guard}", "{guard: , clock: }", "[clock]"))
        .containsExactly("env:C:1:25: exporters.api.door: extension guard is not started");
  }

  @Test
  void refusesACircle() {
    assertThat(
            heads(
                "{door: guard/a}",
                "{guard/a: {behind: guard/b}, guard/b: {behind: guard/a}}",
                "[guard/a, guard/b]"))
        .containsExactly(
            "env:C:2:32: extensions.guard/a.behind: extension guard/a uses itself in the end",
            "env:C:2:60: extensions.guard/b.behind: extension guard/b uses itself in the end");
  }

  @Test
  void saysWhatIsNoIdAtAll() {
    assertThat(heads("{door: 7/}", "{guard: }", "[guard]"))
        .containsExactly("env:C:1:25: exporters.api.door: found \"7/\"");
  }

  @Test
  void leavesAComponentAloneThatNobodyUses() throws Exception {
    CollectorConfig config = load("{}, api/2: {door: guard/x}", "{guard: }", "[guard]");

    assertThat(Loading.heads(config.warnings()))
        .containsExactly("env:C:1:22: exporters.api/2: configured, but not used");
  }
}
