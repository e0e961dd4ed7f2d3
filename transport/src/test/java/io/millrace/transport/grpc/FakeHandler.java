package io.millrace.transport.grpc;

import io.millrace.component.ByteBudget;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Keeps messages, gives their reservations back, and answers by script. Thread safe. */
final class FakeHandler implements UnaryHandler {
  final List<byte[]> messages = new CopyOnWriteArrayList<>();
  final List<UnaryCall> refused = new CopyOnWriteArrayList<>();
  private final ByteBudget budget;
  volatile Consumer<UnaryCall> answer = UnaryCall::succeed;
  volatile BiConsumer<UnaryCall, Runnable> check = (call, read) -> read.run();

  FakeHandler(ByteBudget budget) {
    this.budget = budget;
  }

  @Override
  public void handle(UnaryCall call, byte[] bytes, long reservedBytes) {
    messages.add(bytes);
    budget.release(reservedBytes);
    answer.accept(call);
  }

  @Override
  public void check(UnaryCall call, Runnable read) {
    check.accept(call, read);
  }

  @Override
  public void refuse(UnaryCall call) {
    refused.add(call);
    call.fail(GrpcCode.UNAVAILABLE, "full", 1_500_000_000L);
  }
}
