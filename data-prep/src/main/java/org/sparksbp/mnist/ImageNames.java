package org.sparksbp.mnist;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.sparksbp.task.Split;

/**
 * What the files of a set of images are called, in any case, plain or {@code .gz}.
 *
 * @param task that they are of
 * @param folders that they may lie in, beside the input itself: {@code MNIST/raw}
 * @param idx how the names of IDX files begin, as a regular expression: {@code train}
 * @param csv names of tables without their {@code .csv}, as a regular expression
 * @param wanted what is looked for, for messages
 */
record ImageNames(
    String task,
    List<String> folders,
    Map<Split, String> idx,
    Map<Split, String> csv,
    String wanted) {

  ImageNames {
    folders = List.copyOf(folders);
    idx = Map.copyOf(idx);
    csv = Map.copyOf(csv);
  }

  /** Those of MNIST, which some of its relatives have, too; tables are called by the task. */
  static ImageNames likeMnist(String task, String torchvision) {
    String table = "(?:" + task.replace("-", "[-_]?") + "[-_])?";
    return new ImageNames(
        task,
        List.of(task, "raw", torchvision, torchvision + "/raw"),
        Map.of(Split.TRAIN, "train", Split.TEST, "t10k"),
        Map.of(Split.TRAIN, table + "train", Split.TEST, table + "test"),
        "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and"
            + " t10k-labels-idx1-ubyte (plain or .gz), or the tables "
            + task
            + "_train.csv and "
            + task
            + "_test.csv");
  }

  Pattern images(Split split) {
    // Some mirrors write the dot of "idx3-ubyte" where others write a hyphen.
    return pattern(idx.get(split) + "-images[-.]idx[13]-ubyte(\\.gz)?");
  }

  Pattern labels(Split split) {
    return pattern(idx.get(split) + "-labels[-.]idx(?:[13]-ubyte|2-int)(\\.gz)?");
  }

  Pattern table(Split split) {
    return pattern(csv.get(split) + "\\.csv(\\.gz)?");
  }

  private static Pattern pattern(String name) {
    return Pattern.compile(name, Pattern.CASE_INSENSITIVE);
  }
}
