package io.millrace.pdata;

import java.util.function.Consumer;

/** An ack that tells one listener. Thread safe. */
final class ListenerAck extends Ack {
  private final Consumer<Settlement> listener;

  ListenerAck(Consumer<Settlement> listener) {
    this.listener = listener;
  }

  @Override
  protected void settled(Settlement settlement) {
    listener.accept(settlement);
  }
}
