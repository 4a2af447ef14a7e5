package org.sparksbp.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChecksumTest {

  /** FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void aTextHasTheChecksumOfTheStandard() {
    assertThat(Checksum.sha256("abc")).isEqualTo(ABC);
    assertThat(Checksum.sha256("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(ABC);
    assertThat(Checksum.using(Checksum.Algorithm.MD5).add("abc").hex())
        .isEqualTo("900150983cd24fb0d6963f7d28e17f72");
  }

  @Test
  void piecesAndStreamsAddUp() throws IOException {
    byte[] bytes = "..abc.".getBytes(StandardCharsets.UTF_8);
    Checksum pieces = Checksum.sha256().add(bytes, 2, 1).add("b").add((byte) 'c');
    assertThat(pieces.bytes()).isEqualTo(3);
    assertThat(pieces.hex()).isEqualTo(ABC);
    byte[] zeros = new byte[200_000];
    assertThat(Checksum.sha256().addAll(new ByteArrayInputStream(zeros)).hex())
        .isEqualTo(Checksum.sha256(zeros));
  }
}
