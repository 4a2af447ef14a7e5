package org.sparksbp.fetch;

/** Is told how downloads go. */
public interface FetchProgress {

  /** Ignores everything. */
  FetchProgress NONE =
      new FetchProgress() {
        @Override
        public void bytes(String file, long done, long total) {}

        @Override
        public void note(String message) {}
      };

  /**
   * Some more bytes have come.
   *
   * @param done bytes of the file that are here, those of earlier attempts included
   * @param total bytes of the file, or -1 if the server does not say
   */
  void bytes(String file, long done, long total);

  /** Something worth a line: a file is there already, a mirror failed, an archive is unpacked. */
  void note(String message);
}
