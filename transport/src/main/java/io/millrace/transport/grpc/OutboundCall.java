package io.millrace.transport.grpc;

import io.grpc.ClientCall;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.Status;
import io.millrace.transport.RpcStatus;
import io.millrace.wire.MalformedWireException;
import java.io.IOException;
import java.io.InputStream;

/** Waits for the answer to one outbound call. Confined to the call's event loop. */
final class OutboundCall extends ClientCall.Listener<InputStream> {
  private static final byte[] EMPTY = {};

  private final ClientCall<InputStream, InputStream> call;
  private final UnaryResponse response;
  private byte[] message = EMPTY;

  OutboundCall(ClientCall<InputStream, InputStream> call, UnaryResponse response) {
    this.call = call;
    this.response = response;
  }

  @Override
  public void onMessage(InputStream stream) {
    try {
      message = read(stream);
    } catch (IOException e) {
      call.cancel("response does not decompress", e);
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    if (status.isOk()) {
      response.succeeded(message);
      return;
    }
    response.failed(GrpcCode.of(status), describe(status), retryAfterNanos(trailers));
  }

  /** Reads as many bytes as there are; only a compressed message does not know how many. */
  private static byte[] read(InputStream stream) throws IOException {
    if (!(stream instanceof KnownLength)) {
      return stream.readAllBytes();
    }
    int length = stream.available();
    return length == 0 ? EMPTY : stream.readNBytes(length);
  }

  private static String describe(Status status) {
    String description = status.getDescription();
    Throwable cause = status.getCause();
    if (cause == null) {
      return description == null ? "" : description;
    }
    return description == null ? cause.toString() : description + ": " + cause.getMessage();
  }

  private static long retryAfterNanos(Metadata trailers) {
    byte[] details = trailers.get(InboundCall.DETAILS);
    if (details == null) {
      return 0;
    }
    try {
      return RpcStatus.decode(details).retryAfterNanos();
    } catch (MalformedWireException _) { // a peer that cannot spell its hint gave none
      return 0;
    }
  }
}
