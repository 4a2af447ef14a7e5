package org.sparksbp.mnist;

import java.util.List;

/** The cursive characters of Kuzushiji-MNIST. */
public final class KmnistTask extends FourFilesTask {

  private static final long serialVersionUID = 1L;

  private static final List<String> CLASSES =
      List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo");

  /** The task. */
  public KmnistTask() {
    super(
        "kmnist",
        "KMNIST",
        CLASSES,
        "Kuzushiji-MNIST, https://github.com/rois-codh/kmnist",
        "characters");
  }
}
