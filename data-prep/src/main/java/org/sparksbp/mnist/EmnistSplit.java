package org.sparksbp.mnist;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The six sets that EMNIST is published in, with their classes in the order of the labels.
 *
 * <p>Where upper and lower case are one class it is called by the upper case.
 */
enum EmnistSplit {
  BYCLASS(characters("09AZaz"), 0),
  BYMERGE(merged(), 0),
  BALANCED(merged(), 0),
  LETTERS(characters("AZ"), 1),
  DIGITS(characters("09"), 0),
  MNIST(characters("09"), 0);

  private final ImageClasses classes;

  EmnistSplit(List<String> names, int firstLabel) {
    classes = new ImageClasses(names, firstLabel);
  }

  ImageClasses classes() {
    return classes;
  }

  /** {@code letters}, as file names have it. */
  String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> names() {
    return Stream.of(values()).map(EmnistSplit::lowerCaseName).toList();
  }

  static EmnistSplit named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Letters that look alike in both cases are one class. */
  private static List<String> merged() {
    return Stream.concat(
            characters("09AZ").stream(),
            Stream.of("a", "b", "d", "e", "f", "g", "h", "n", "q", "r", "t"))
        .toList();
  }

  /** The characters from the first to the second, from the third to the fourth, and so on. */
  private static List<String> characters(String ranges) {
    return IntStream.range(0, ranges.length() / 2)
        .flatMap(
            range -> IntStream.rangeClosed(ranges.charAt(2 * range), ranges.charAt(2 * range + 1)))
        .mapToObj(Character::toString)
        .toList();
  }
}
