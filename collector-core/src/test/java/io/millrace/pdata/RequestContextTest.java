package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestContextTest {
  private static final RequestContext REQUEST =
      new RequestContext(
          Map.of("authorization", List.of("Bearer secret"), "x-tenant", List.of("a", "b")),
          Map.of("username", "anna", "raw", "token"),
          "127.0.0.1:4711");

  @Test
  void showsNoValueThatMayBeSecret() {
    assertThat(REQUEST)
        .hasToString(
            "RequestContext[metadata=[authorization, x-tenant], auth=[raw, username],"
                + " clientAddress=127.0.0.1:4711]");
  }

  @Test
  void keepsWhatIsNamedAndNothingElse() {
    ContextKeys keys = new ContextKeys(Set.of("X-Tenant", "absent"), Set.of("username", "absent"));

    assertThat(REQUEST.project(keys))
        .isEqualTo(
            new RequestContext(
                Map.of("x-tenant", List.of("a", "b")), Map.of("username", "anna"), ""));
    assertThat(REQUEST.project(ContextKeys.NONE)).isSameAs(RequestContext.EMPTY);
    assertThat(REQUEST.project(ContextKeys.ofMetadata(List.of("absent"))))
        .isSameAs(RequestContext.EMPTY);
  }

  @Test
  void keysAreJoinedWhateverTheirCase() {
    ContextKeys both =
        ContextKeys.ofMetadata(List.of("B", "a")).with(new ContextKeys(Set.of("b"), Set.of("c")));

    assertThat(both).hasToString("metadata.a and metadata.b and auth.c");
    assertThat(both.containsAll(ContextKeys.ofMetadata(List.of("A")))).isTrue();
    assertThat(both.containsAll(new ContextKeys(Set.of(), Set.of("a")))).isFalse();
    assertThat(ContextKeys.NONE.isEmpty()).isTrue();
  }
}
