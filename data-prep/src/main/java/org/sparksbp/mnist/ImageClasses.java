package org.sparksbp.mnist;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The classes of a set of images.
 *
 * @param names in the order of the labels
 * @param firstLabel label of the first class, from which the others count on
 */
record ImageClasses(List<String> names, int firstLabel) {

  ImageClasses {
    names = List.copyOf(names);
  }

  /** Classes that are called by their labels, from 0 on. */
  static ImageClasses numbered(int count) {
    return new ImageClasses(IntStream.range(0, count).mapToObj(Integer::toString).toList(), 0);
  }

  /** The class that a label stands for, from 0, or -1 if for none. */
  int indexOf(int label) {
    return isLabel(label) ? label - firstLabel : -1;
  }

  private boolean isLabel(int label) {
    return label >= firstLabel && label - firstLabel < names.size();
  }

  /** {@code from 0 to 9}, for messages. */
  String range() {
    return "from " + firstLabel + " to " + (firstLabel + names.size() - 1);
  }
}
