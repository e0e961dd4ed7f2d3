package io.millrace.exporter.debug;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.OtlpBatch;
import org.junit.jupiter.api.Test;

class RecordTextTest {
  private static String text(OtlpBatch batch) {
    StringBuilder out = new StringBuilder();
    new RecordText().append(batch, out);
    return out.toString();
  }

  @Test
  void writesALinePerSpan() {
    assertThat(text(Requests.spans()))
        .isEqualTo(
            """

            Resource #0 service.name=checkout
            Scope #0 lib@1.0 a=b
            GET / 0102030405060708090a0b0c0d0e0f10 a1a2a3a4a5a6a7a8 http.method=GET\
            """);
  }

  @Test
  void writesALinePerLogRecord() {
    assertThat(text(Requests.logs()))
        .isEqualTo(
            """

            Resource #0 service.name=checkout
            Scope #0 lib@1.0 a=b
            {s=x, list=[-1, true]} double=1.5 bytes=AP8= empty=\
            """);
  }

  @Test
  void writesALinePerDataPoint() {
    assertThat(text(Requests.metrics()))
        .isEqualTo(
            """

            Resource #0 service.name=checkout
            Scope #0 lib@1.0 a=b
            temp{room=a} 21.5
            requests{} 3
            latency{} count=6 sum=12.5 min=1.0 max=9.0 le2.0=1 le5.0=2
            size{} count=4 sum=8.0
            old{} count=2 sum=3.0 q0.5=1.25\
            """);
  }
}
