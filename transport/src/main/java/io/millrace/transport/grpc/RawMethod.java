package io.millrace.transport.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.InputStream;

/**
 * A unary method whose messages are the transport's streams, handed through as they are: an inbound
 * one is lent for the time of {@code onMessage}.
 *
 * <p>Reading belongs there and not into the marshaller: a marshaller that throws is answered
 * UNKNOWN by grpc-java.
 */
final class RawMethod {
  private static final MethodDescriptor.Marshaller<InputStream> STREAM =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(InputStream value) {
          return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
          return stream;
        }
      };

  private RawMethod() {}

  /**
   * Describes a method.
   *
   * @param fullName {@code package.Service/Method}
   */
  static MethodDescriptor<InputStream, InputStream> of(String fullName) {
    return MethodDescriptor.newBuilder(STREAM, STREAM)
        .setType(MethodType.UNARY)
        .setFullMethodName(fullName)
        .build();
  }
}
