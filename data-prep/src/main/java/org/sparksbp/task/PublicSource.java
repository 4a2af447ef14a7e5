package org.sparksbp.task;

import java.util.List;

/**
 * Where the raw files of a data set are to be had.
 *
 * @param files to download, in the order in which they are told
 * @param byHand a sentence on how to get them, or their original form, without a download
 */
public record PublicSource(List<RemoteFile> files, String byHand) {
  public PublicSource {
    files = List.copyOf(files);
  }
}
