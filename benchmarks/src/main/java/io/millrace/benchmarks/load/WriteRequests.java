package io.millrace.benchmarks.load;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Reads the samples of remote write 1.0, and is as strict with labels as Prometheus: in order, each
 * once, one of them the name.
 *
 * <p>It stands on protobuf-java's cursor and not on Millrace's, so that a mistake there cannot hide
 * itself here. Confined to one call.
 */
final class WriteRequests {
  /** What becomes of a sample. */
  @FunctionalInterface
  interface Samples {
    /**
     * Takes one.
     *
     * @param series {@code name=value name=value}
     * @throws IOException when the backend would refuse it
     */
    void sample(String series, long millis, double value) throws IOException;
  }

  private static final int TIMESERIES = (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int LABELS = (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int SAMPLES = (2 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int NAME = (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int VALUE = (2 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int SAMPLE_VALUE = (1 << 3) | WireFormat.WIRETYPE_FIXED64;
  private static final int TIMESTAMP = (2 << 3) | WireFormat.WIRETYPE_VARINT;

  private final CodedInputStream in;
  private final Samples samples;
  private final StringBuilder series = new StringBuilder();
  private String lastName = "";
  private boolean isNamed;

  private WriteRequests(byte[] request, Samples samples) {
    this.in = CodedInputStream.newInstance(request);
    this.samples = samples;
  }

  /**
   * Reads a request that is not compressed.
   *
   * @throws IOException when it is none, or the backend would refuse it
   */
  static void read(byte[] request, Samples samples) throws IOException {
    new WriteRequests(request, samples).readRequest();
  }

  private void readRequest() throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != TIMESERIES) {
        in.skipField(tag);
        continue;
      }
      int outer = in.pushLimit(in.readUInt32());
      readSeries();
      in.popLimit(outer);
    }
  }

  private void readSeries() throws IOException {
    series.setLength(0);
    lastName = "";
    isNamed = false;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != LABELS && tag != SAMPLES) {
        in.skipField(tag);
        continue;
      }
      int outer = in.pushLimit(in.readUInt32());
      if (tag == LABELS) {
        readLabel();
      } else {
        readSample();
      }
      in.popLimit(outer);
    }
  }

  private void readLabel() throws IOException {
    String name = "";
    String value = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case NAME -> name = in.readString();
        case VALUE -> value = in.readString();
        default -> in.skipField(tag);
      }
    }
    require(name.compareTo(lastName) > 0, "labels out of order");
    lastName = name;
    isNamed |= name.equals("__name__");
    series.append(series.isEmpty() ? "" : " ").append(name).append('=').append(value);
  }

  private void readSample() throws IOException {
    require(isNamed, "a series without a name");
    double value = 0;
    long millis = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case SAMPLE_VALUE -> value = in.readDouble();
        case TIMESTAMP -> millis = in.readInt64();
        default -> in.skipField(tag);
      }
    }
    samples.sample(series.toString(), millis, value);
  }

  private static void require(boolean isSo, String problem) throws IOException {
    if (!isSo) {
      throw new IOException(problem);
    }
  }
}
