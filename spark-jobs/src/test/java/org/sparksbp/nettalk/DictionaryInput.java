package org.sparksbp.nettalk;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** Reads the files of the corpus for tests of other packages. */
public final class DictionaryInput {

  private DictionaryInput() {}

  /** Reads all lines of a dictionary. */
  public static void dictionary(Configuration hadoop, String file) throws IOException {
    NettalkDictionary.read(
        hadoop,
        file,
        new NettalkDictionary.Visitor() {
          @Override
          public void entry(DictionaryEntry entry) {}

          @Override
          public void malformed(int line, String reason) {}
        });
  }

  /** Reads all words of a list. */
  public static void words(Configuration hadoop, String file) throws IOException {
    NettalkDictionary.readWordList(hadoop, file);
  }
}
