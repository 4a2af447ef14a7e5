package org.sparksbp.cli;

/** Shows how far a command has come. */
interface Progress extends AutoCloseable {

  /**
   * Work has gone on.
   *
   * @param stage what is being done; another stage than before starts anew
   * @param done units done in this stage
   * @param total units in all; 0 or less if not known
   * @param note said beside it, the running error, say; may be empty
   */
  void at(String stage, long done, long total, String note);

  @Override
  void close();
}
