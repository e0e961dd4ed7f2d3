package io.millrace.transport.grpc;

import io.grpc.Grpc;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.millrace.transport.BodyFault;
import io.millrace.transport.BodyPace;
import io.millrace.transport.GrowingBody;
import io.millrace.transport.RpcStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One inbound call: reserves its message, reads it with one copy, hands it to the handler.
 *
 * <p>Events come on the call's event loop. Whoever <em>takes</em> the call answers for it: the
 * handler with the message, or else this class on account of a fault, or of time. One answer goes
 * out, also when whoever checks the caller gives theirs after the client has ended the call.
 */
final class InboundCall extends ServerCall.Listener<InputStream> implements UnaryCall {
  /** Where a {@link RpcStatus} travels. */
  static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private final ServerCall<InputStream, InputStream> call;
  private final Metadata headers;
  private final UnaryHandler handler;
  private final GrpcServer server;
  private final StreamCharge charge = StreamCharge.current();
  private final long startNanos = System.nanoTime();
  private volatile BodyPace pace;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final AtomicBoolean answered = new AtomicBoolean();

  InboundCall(
      ServerCall<InputStream, InputStream> call,
      Metadata headers,
      UnaryHandler handler,
      GrpcServer server) {
    this.call = call;
    this.headers = headers;
    this.handler = handler;
    this.server = server;
    pace = new BodyPace(server.config().pace(), startNanos);
  }

  long startNanos() {
    return startNanos;
  }

  /** Whether the message takes too long; for one thread, which asks every few seconds. */
  boolean isTooSlow(long nowNanos) {
    return pace.isTooSlow(nowNanos, charge.arrivedBytes());
  }

  /** Asks for the message, or ends before any of it is read. */
  void start() {
    handler.check(this, this::read);
  }

  /** Its time counts from now on, whatever it took to find out who calls. */
  private void read() {
    if (taken.get()) {
      return;
    }
    pace = new BodyPace(server.config().pace(), System.nanoTime());
    if (charge.start(server.slowCalls()::endOldest, this::refuse)) {
      server.slowCalls().add(this);
      call.request(1);
    } else {
      refuse();
    }
  }

  /** Ends the call for want of its message; from any thread. */
  void expire() {
    reject(GrpcCode.DEADLINE_EXCEEDED, "message did not arrive in time");
  }

  @Override
  public void onMessage(InputStream message) {
    try {
      if (message instanceof KnownLength) {
        readKnown(message, message.available());
      } else {
        readGrowing(message);
      }
    } catch (IOException e) {
      reject(GrpcCode.INVALID_ARGUMENT, "message does not decompress: " + e.getMessage());
    } catch (StatusRuntimeException e) { // the transport's own limit on decompressed bytes
      Status status = e.getStatus();
      reject(GrpcCode.of(status), String.valueOf(status.getDescription()));
    }
  }

  @Override
  public void onHalfClose() {
    charge.end();
    reject(GrpcCode.INVALID_ARGUMENT, "call without a message");
  }

  @Override
  public void onCancel() {
    take();
  }

  @Override
  public String peer() {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
            instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress() + ":" + address.getPort()
        : "";
  }

  @Override
  public Map<String, List<String>> metadata() {
    Map<String, List<String>> metadata = new HashMap<>();
    for (String name : headers.keys()) {
      if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        metadata.put(name, values(name));
      }
    }
    return metadata;
  }

  @Override
  public void succeed() {
    take();
    if (!answered.compareAndSet(false, true) || call.isCancelled()) {
      return;
    }
    call.sendHeaders(new Metadata());
    call.sendMessage(ByteRange.EMPTY);
    call.close(Status.OK, new Metadata());
  }

  @Override
  public void fail(GrpcCode code, String message, long retryAfterNanos) {
    take();
    if (!answered.compareAndSet(false, true) || call.isCancelled()) {
      return;
    }
    Metadata trailers = new Metadata();
    if (retryAfterNanos > 0) {
      trailers.put(DETAILS, new RpcStatus(code.number(), message, retryAfterNanos).encode());
    }
    call.close(code.status().withDescription(message), trailers);
  }

  private void readKnown(InputStream message, int length) throws IOException {
    if (!server.budget().tryReserve(length)) {
      refuse();
      return;
    }
    byte[] bytes = new byte[length];
    message.readNBytes(bytes, 0, length);
    hand(bytes);
  }

  private void readGrowing(InputStream message) throws IOException {
    GrowingBody body = new GrowingBody(server.budget(), server.config().messageBytesMax());
    try {
      BodyFault fault = body.readAll(message);
      if (fault == null) {
        hand(body.take());
      } else {
        fail(fault);
      }
    } finally {
      body.release();
    }
  }

  private void fail(BodyFault fault) {
    if (fault == BodyFault.NO_ROOM) {
      refuse();
    } else {
      int max = server.config().messageBytesMax();
      reject(
          GrpcCode.RESOURCE_EXHAUSTED,
          "decompressed message: over " + max + " bytes (expected: at most that)");
    }
  }

  private void hand(byte @Nullable [] bytes) {
    if (bytes == null) {
      refuse();
    } else if (take()) {
      handler.handle(this, bytes, bytes.length);
    } else {
      server.budget().release(bytes.length);
    }
  }

  private void refuse() {
    if (take()) {
      handler.refuse(this);
    }
  }

  private void reject(GrpcCode code, String message) {
    if (take()) {
      fail(code, message, 0);
    }
  }

  private boolean take() {
    if (!taken.compareAndSet(false, true)) {
      return false;
    }
    server.slowCalls().remove(this);
    return true;
  }

  private List<String> values(String name) {
    List<String> values = new ArrayList<>(1);
    Iterable<String> all = headers.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    if (all != null) {
      all.forEach(values::add);
    }
    return values;
  }
}
