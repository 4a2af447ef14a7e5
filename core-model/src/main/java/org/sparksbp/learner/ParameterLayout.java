package org.sparksbp.learner;

import java.util.List;

/**
 * How a learner's flat vector is divided into named arrays.
 *
 * @param blocks in the order of the vector
 */
public record ParameterLayout(List<Block> blocks) {

  /** What an array is for: averaging treats all alike, reports and model files tell them apart. */
  public enum Role {
    WEIGHT,
    BIAS,
    OPTIMISER
  }

  /**
   * One array.
   *
   * @param name file name of the array in a model folder, for example {@code weights-0}
   * @param role what it is for
   * @param shape rows and columns, or a single length; row by row in the vector
   * @param offset of its first element in the vector
   */
  public record Block(String name, Role role, List<Integer> shape, int offset) {
    public Block {
      shape = List.copyOf(shape);
    }

    public int size() {
      return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
    }
  }

  public ParameterLayout {
    blocks = List.copyOf(blocks);
  }

  /** Number of elements of the flat vector. */
  public int size() {
    return blocks.isEmpty() ? 0 : last().offset() + last().size();
  }

  /**
   * Checks that a flat vector has this layout's length.
   *
   * @throws IllegalArgumentException if it has another
   */
  public void check(float[] parameters) {
    if (parameters.length != size()) {
      throw new IllegalArgumentException(
          "Invalid parameters: "
              + parameters.length
              + " numbers, this network has "
              + size()
              + "; take them from a model of the same layers and rule");
    }
  }

  private Block last() {
    return blocks.get(blocks.size() - 1);
  }

  /** Lays out arrays one behind the other. */
  public static final class Builder {
    private final java.util.ArrayList<Block> blocks = new java.util.ArrayList<>();
    private int offset;

    public Builder add(String name, Role role, Integer... shape) {
      Block block = new Block(name, role, List.of(shape), offset);
      blocks.add(block);
      offset += block.size();
      return this;
    }

    public ParameterLayout build() {
      return new ParameterLayout(blocks);
    }
  }
}
