package org.sparksbp.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloatArrayFileTest {

  @Test
  void anArrayHasTheBytesThatNumPyPrescribes() throws IOException {
    byte[] bytes = written(List.of(2, 1), 9, 1, -2);
    assertThat(bytes).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0).hasSize(128 + 8);
    assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }")
        .endsWith(" \n");
    assertThat(Arrays.copyOfRange(bytes, 128, 136))
        .containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0);
  }

  @Test
  void whatWasWrittenIsReadToItsPlace() throws IOException {
    float[] values = new float[4];
    FloatArrayFile.read(
        new ByteArrayInputStream(written(List.of(2), 9, 1, -2)), List.of(2), values, 1);
    assertThat(values).containsExactly(0, 1, -2, 0);
  }

  @Test
  void anotherKindOfArrayIsRefusedWithTheReason() throws IOException {
    String whole = new String(written(List.of(2), 9, 1, -2), StandardCharsets.ISO_8859_1);
    assertRefused(whole.replace("<f4", ">f4"), "little-endian single precision, row by row");
    assertRefused(whole.replace("<f4", "<i4"), "little-endian single precision, row by row");
    assertRefused(whole.replace("<f4", "<c8"), "its numbers are of type '<c8'");
    assertRefused(whole.replace("'<f4'", "[('x', '<f4')]"), "single precision, row by row");
    assertRefused(whole.replace("False", "True"), "single precision, row by row");
    assertRefused(whole.replace("(2,)", "(3,)"), "its shape is [3], [2] is needed");
    assertRefused(whole.substring(0, 60), "it ends within its header");
    assertRefused(whole.substring(0, 9), "impossible header length");
    assertRefused(whole.substring(0, whole.length() - 1), "it ends early");
    assertRefused(whole + "!", "it goes on behind its last value");
    assertRefused("PK" + whole, "it does not start with \\x93NUMPY");
  }

  private static void assertRefused(String content, String reason) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(
            () -> FloatArrayFile.read(new ByteArrayInputStream(bytes), List.of(2), new float[2], 0))
        .isInstanceOf(InvalidNpyException.class)
        .hasMessageContaining(reason);
  }

  /** From the second value on. */
  private static byte[] written(List<Integer> shape, float... values) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FloatArrayFile.write(out, shape, values, 1);
    return out.toByteArray();
  }
}
