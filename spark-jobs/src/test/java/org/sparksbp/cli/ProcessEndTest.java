package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In processes of their own, as each ends one. */
class ProcessEndTest {

  @ParameterizedTest
  @CsvSource({"spark,1,Spark has ended the process", "program,3,''", "TERM,143,''", "INT,130,''"})
  void exitCodesOfSparkBecomeTheProgramsOthersStay(String by, int code, String said)
      throws Exception {
    Process process = start(by);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isEqualTo(code);
    assertThat(output).contains(said);
  }

  private static Process start(String by) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Ending.class.getName(),
                by))
        .redirectErrorStream(true)
        .start();
  }

  /** A program that ends by whose wish it is told. */
  static final class Ending {

    private Ending() {}

    public static void main(String[] arguments) throws InterruptedException, IOException {
      ProcessEnd.ownsProcess();
      ProcessEnd.watch();
      switch (arguments[0]) {
        case "spark" -> System.exit(53);
        case "program" -> {
          ProcessEnd.isProgrammed();
          System.exit(3);
        }
        default -> {
          String signal = "-" + arguments[0];
          String own = Long.toString(ProcessHandle.current().pid());
          new ProcessBuilder("kill", signal, own).start().waitFor();
          Thread.sleep(60_000);
        }
      }
    }
  }
}
