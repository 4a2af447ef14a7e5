package org.sparksbp.training;

/**
 * When to stop before the last epoch.
 *
 * @param patience epochs without a better test error after which training stops; 0 never stops
 * @param minDelta by how much an error must be lower than the best before it to count as better,
 *     from 0 to 1
 */
public record EarlyStopping(int patience, double minDelta) {

  public static final EarlyStopping NEVER = new EarlyStopping(0, 0);
}
