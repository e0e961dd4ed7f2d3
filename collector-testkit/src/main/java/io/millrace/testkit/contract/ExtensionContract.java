package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.testkit.FakeHost;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every extension has to keep to; the test supplies {@link #create}. */
public abstract class ExtensionContract {
  private final FakeHost host = new FakeHost(Clock.SYSTEM);

  /** Creates the extension under test, not started. */
  protected abstract Extension create(ComponentContext context);

  /** Returns what its factory promises that it is; nothing unless overridden. */
  protected Set<Class<? extends Extension>> kinds() {
    return Set.of();
  }

  @Test
  final void isWhatItsFactoryPromises() {
    Extension extension = create();

    assertThat(kinds()).allMatch(kind -> kind.isInstance(extension));
  }

  @Test
  final void shutsDownWithoutStart() {
    Extension extension = create();
    extension.shutdown();
    extension.shutdown();
  }

  @Test
  final void shutsDownTwice() throws Exception {
    Extension extension = create();
    extension.start();
    extension.shutdown();
    extension.shutdown();
  }

  /** Guarantees: shutdown frees everything, such as ports, so that a successor can start. */
  @Test
  final void makesRoomForItsSuccessor() throws Exception {
    for (int i = 0; i < 2; i++) {
      Extension extension = create();
      extension.start();
      extension.shutdown();
    }

    assertThat(host.fatalErrors()).isEmpty();
    assertThat(host.budget().used()).isZero();
  }

  private Extension create() {
    return create(host.context("contract"));
  }
}
