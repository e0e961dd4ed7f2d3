package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs kits inside a test, over components that keep the contract and ones that break it. */
final class KitRun {
  private KitRun() {}

  /** Returns the kits that are nested in {@code holder}. */
  static Stream<Class<?>> kits(Class<?> holder, Class<?> contract) {
    return Arrays.stream(holder.getDeclaredClasses()).filter(contract::isAssignableFrom);
  }

  /** Returns the names of the kit's methods that fail. */
  static Set<String> failures(Class<?> kit) {
    Events tests =
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(kit)).execute().testEvents();
    assertThat(tests.started().count()).as("tests in %s", kit).isPositive();
    assertThat(tests.skipped().count()).as("skipped tests in %s", kit).isZero();
    return tests
        .failed()
        .map(Event::getTestDescriptor)
        .map(test -> test.getDisplayName().replace("()", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Fails unless the kit fails exactly where it says. */
  static void assertFailsAsAnnotated(Class<?> kit) {
    FailsIn expected = kit.getAnnotation(FailsIn.class);
    assertThat(expected).as("@FailsIn of %s", kit).isNotNull();
    assertThat(failures(kit)).containsExactlyInAnyOrder(expected.value());
  }

  /** Fails if the contract has a test that none of the broken components fails in. */
  static void assertEveryTestCanFail(Class<?> contract, Stream<Class<?>> broken) {
    Set<String> canFail =
        broken
            .flatMap(kit -> Arrays.stream(kit.getAnnotation(FailsIn.class).value()))
            .collect(Collectors.toSet());
    assertThat(contract.getDeclaredMethods())
        .filteredOn(method -> method.isAnnotationPresent(Test.class))
        .allSatisfy(method -> assertThat(canFail).contains(method.getName()));
  }
}
