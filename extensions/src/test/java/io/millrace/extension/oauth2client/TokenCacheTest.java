package io.millrace.extension.oauth2client;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ClientAuthenticator.Credentials;
import io.millrace.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration BUFFER = Duration.ofMinutes(5);

  private final ManualClock clock = new ManualClock();
  private final List<Consumer<TokenAnswer>> asked = new ArrayList<>();
  private final TokenCache cache = new TokenCache("oauth2client", clock, BUFFER, asked::add);

  private List<Credentials> find() {
    List<Credentials> found = new ArrayList<>();
    cache.find(found::add);
    return found;
  }

  private void grant(String header, Duration life) {
    asked.removeLast().accept(new TokenAnswer.Granted(header, life));
  }

  private void fail() {
    asked.removeLast().accept(new TokenAnswer.Failed("no"));
  }

  private static Credentials header(String value) {
    return new Credentials.Headers(Map.of("authorization", value));
  }

  private static final Credentials NONE = new Credentials.Unavailable("no");

  @Test
  void letsAllWaitForOneToken() {
    List<Credentials> first = find();
    List<Credentials> second = find();
    assertThat(first).isEmpty();
    assertThat(asked).hasSize(1);

    grant("Bearer a", HOUR);
    assertThat(first).containsExactly(header("Bearer a"));
    assertThat(second).containsExactly(header("Bearer a"));
    assertThat(find()).containsExactly(header("Bearer a"));
    assertThat(asked).isEmpty();
  }

  @Test
  void renewsATokenBeforeItExpiresAndGoesOnWithItMeanwhile() {
    find();
    grant("Bearer a", HOUR);
    clock.advance(HOUR.minus(BUFFER).minusNanos(1));
    assertThat(find()).containsExactly(header("Bearer a"));
    assertThat(asked).isEmpty();

    clock.advance(Duration.ofNanos(1));
    assertThat(find()).containsExactly(header("Bearer a"));
    assertThat(find()).containsExactly(header("Bearer a"));
    assertThat(asked).hasSize(1);
    grant("Bearer b", HOUR);
    assertThat(find()).containsExactly(header("Bearer b"));
  }

  @Test
  void letsNobodyGoOnWithATokenThatHasExpired() {
    find();
    grant("Bearer a", HOUR);
    clock.advance(HOUR);

    assertThat(find()).isEmpty();
    assertThat(asked).hasSize(1);
  }

  /** Scenario: tokens live for a minute, and the buffer is five. */
  @Test
  void doesNotAskForEveryRequestWhenTokensAreShortLived() {
    find();
    grant("Bearer a", Duration.ofMinutes(1));
    clock.advance(Duration.ofSeconds(29));
    assertThat(find()).hasSize(1);
    assertThat(asked).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    assertThat(find()).hasSize(1);
    assertThat(asked).hasSize(1);
  }

  @Test
  void keepsATokenForGoodWhenNobodySaysHowLongItIsGood() {
    find();
    grant("Bearer a", Duration.ZERO);
    clock.advance(Duration.ofDays(300));

    assertThat(find()).containsExactly(header("Bearer a"));
    assertThat(asked).isEmpty();
  }

  @Test
  void pausesLongerAndLongerWhileThereIsNoToken() {
    List<Credentials> waiting = find();
    fail();
    assertThat(waiting).containsExactly(NONE);
    assertThat(find()).containsExactly(NONE);
    assertThat(asked).isEmpty();

    for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      clock.advance(Duration.ofSeconds(seconds).minusNanos(1));
      assertThat(find()).containsExactly(NONE);
      assertThat(asked).isEmpty();
      clock.advance(Duration.ofNanos(1));
      assertThat(find()).isEmpty();
      assertThat(asked).hasSize(1);
      fail();
    }
  }

  @Test
  void goesOnWithAGoodTokenWhenItsRenewalFails() {
    find();
    grant("Bearer a", HOUR);
    clock.advance(HOUR.minus(BUFFER));
    find();
    fail();

    assertThat(find()).containsExactly(header("Bearer a"));
    assertThat(asked).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(find()).containsExactly(header("Bearer a"));
    assertThat(asked).hasSize(1);
  }

  @Test
  void asksForAnotherTokenWhenTheBackendRefusesAnOldOne() {
    find();
    grant("Bearer a", HOUR);
    cache.refused();
    assertThat(find()).as("a new one is as good as the next").hasSize(1);

    clock.advance(Duration.ofSeconds(10));
    cache.refused();
    assertThat(find()).isEmpty();
    grant("Bearer b", HOUR);
    assertThat(find()).containsExactly(header("Bearer b"));
  }
}
