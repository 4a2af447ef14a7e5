package org.sparksbp.mnist;

import java.util.List;

/** The clothes of Fashion-MNIST. */
public final class FashionMnistTask extends FourFilesTask {

  private static final long serialVersionUID = 1L;

  private static final List<String> CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  /** The task. */
  public FashionMnistTask() {
    super(
        "fashion-mnist",
        "FashionMNIST",
        CLASSES,
        "Fashion-MNIST, https://github.com/zalandoresearch/fashion-mnist",
        "pieces");
  }
}
