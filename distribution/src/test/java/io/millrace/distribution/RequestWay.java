package io.millrace.distribution;

import com.google.protobuf.Message;
import io.millrace.pdata.RandomOtlp;
import io.millrace.pdata.RequestOracle;
import io.millrace.pdata.Signal;
import io.millrace.pdata.WireMutation;
import io.millrace.testkit.json.JsonMutation;
import io.millrace.testkit.json.JsonOracle;
import io.millrace.testkit.json.JsonPrinter;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A transport, an encoding and whether it is compressed. Immutable. */
enum RequestWay {
  GRPC(true, false, false),
  GRPC_GZIP(true, false, true),
  HTTP_PROTOBUF(false, false, false),
  HTTP_PROTOBUF_GZIP(false, false, true),
  HTTP_JSON(false, true, false),
  HTTP_JSON_GZIP(false, true, true);

  final boolean isGrpc;
  final boolean isJson;
  final boolean isGzip;

  RequestWay(boolean isGrpc, boolean isJson, boolean isGzip) {
    this.isGrpc = isGrpc;
    this.isJson = isJson;
    this.isGzip = isGzip;
  }

  /** Returns a request that was damaged; equal seeds give equal requests. */
  byte[] mutatedRequest(Signal signal, int seed) {
    Random random = new Random(seed);
    RandomOtlp otlp = new RandomOtlp(seed);
    Message request = otlp.request(signal, 1 + seed % 12);
    if (isJson) {
      String json = JsonMutation.mutate(new JsonPrinter(random).print(request), random);
      return json.getBytes(StandardCharsets.UTF_8);
    }
    return WireMutation.mutate(
        random.nextBoolean() ? request.toByteArray() : otlp.bytes(request), random);
  }

  /** Returns whether the oracle takes the request. */
  boolean isTakenByOracle(Signal signal, byte[] request) {
    if (!isJson) {
      return RequestOracle.takes(signal, request);
    }
    try {
      JsonOracle.read(signal, new String(request, StandardCharsets.UTF_8));
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
