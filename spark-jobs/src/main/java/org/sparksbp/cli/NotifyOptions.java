package org.sparksbp.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparksbp.http.WebAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Who is told of a command's end, and what there is to tell. */
final class NotifyOptions {

  @Option(
      names = "--notify",
      paramLabel = "URL|FILE",
      converter = Checked.class,
      description =
          "At the command's end, whatever it is, POST a summary in JSON to a URL or write it to a"
              + " file; any number of times.")
  List<String> targets = new ArrayList<>();

  private String message;
  private Map<String, Object> result;

  /** Notes what the command says that went wrong. */
  void failed(String said) {
    message = said;
  }

  /** Notes what the command's last line has. */
  void came(Map<String, Object> fields) {
    result = fields;
  }

  /** What was noted; null if nothing was. */
  String message() {
    return message;
  }

  /** What was noted; null if nothing was. */
  Map<String, Object> result() {
    return result;
  }

  /** Takes paths as they are, and refuses what is meant as an address and is none. */
  private static final class Checked implements ITypeConverter<String> {
    @Override
    public String convert(String written) {
      if (WebAddress.isMeant(written)) {
        var unused = new WebAddressConverter().convert(written);
      }
      return written;
    }
  }
}
