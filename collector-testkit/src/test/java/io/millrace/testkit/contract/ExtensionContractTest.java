package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ExtensionContractTest {
  static final class Correct extends ExtensionContract {
    @Override
    protected Extension create(ComponentContext context) {
      return new Extension() {};
    }
  }

  static final class Broken {
    private Broken() {}

    @FailsIn("shutsDownWithoutStart")
    static final class FailsWithoutStart extends ExtensionContract {
      @Override
      protected Extension create(ComponentContext context) {
        AtomicBoolean started = new AtomicBoolean();
        return new Extension() {
          @Override
          public void start() {
            started.set(true);
          }

          @Override
          public void shutdown() {
            if (!started.get()) {
              throw new IllegalStateException("not started");
            }
          }
        };
      }
    }

    @FailsIn({"shutsDownTwice", "shutsDownWithoutStart"})
    static final class FailsWhenShutDownTwice extends ExtensionContract {
      @Override
      protected Extension create(ComponentContext context) {
        AtomicBoolean ended = new AtomicBoolean();
        return new Extension() {
          @Override
          public void shutdown() {
            if (ended.getAndSet(true)) {
              throw new IllegalStateException("shut down twice");
            }
          }
        };
      }
    }

    @FailsIn("isWhatItsFactoryPromises")
    static final class PromisesTooMuch extends ExtensionContract {
      @Override
      protected Extension create(ComponentContext context) {
        return new Extension() {};
      }

      @Override
      protected Set<Class<? extends Extension>> kinds() {
        return Set.of(ClientAuthenticator.class);
      }
    }

    @FailsIn("makesRoomForItsSuccessor")
    static final class KeepsItsPort extends ExtensionContract {
      private final AtomicBoolean taken = new AtomicBoolean();

      @Override
      protected Extension create(ComponentContext context) {
        return new Extension() {
          @Override
          public void start() {
            if (taken.getAndSet(true)) {
              throw new IllegalStateException("port in use");
            }
          }
        };
      }
    }
  }

  static Stream<Class<?>> broken() {
    return KitRun.kits(Broken.class, ExtensionContract.class);
  }

  @Test
  void passesAnExtensionThatKeepsTheContract() {
    assertThat(KitRun.failures(Correct.class)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void failsAnExtensionThatBreaksIt(Class<?> kit) {
    KitRun.assertFailsAsAnnotated(kit);
  }

  @Test
  void hasNoTestThatCannotFail() {
    KitRun.assertEveryTestCanFail(ExtensionContract.class, broken());
  }
}
