package org.sparksbp.table;

import java.util.List;
import java.util.function.Function;

/**
 * What a row of the tables is of: the columns that {@code trials} and {@code epochs} begin with.
 *
 * @param number in the plan, from 0
 * @param trial identity of the run, hexadecimal
 * @param point number of the combination of varied keys
 * @param arm name of the arm
 * @param seed of the run
 * @param task name of the task
 * @param model name of the model
 */
public record TrialKey(
    long number, String trial, long point, String arm, long seed, String task, String model) {

  public static final Column<TrialKey, Long> NUMBER = Column.whole("number", TrialKey::number);
  public static final Column<TrialKey, String> TRIAL = Column.text("trial", TrialKey::trial);
  public static final Column<TrialKey, Long> POINT = Column.whole("point", TrialKey::point);
  public static final Column<TrialKey, String> ARM = Column.text("arm", TrialKey::arm);
  public static final Column<TrialKey, Long> SEED = Column.whole("seed", TrialKey::seed);
  public static final Column<TrialKey, String> TASK = Column.text("task", TrialKey::task);
  public static final Column<TrialKey, String> MODEL = Column.text("model", TrialKey::model);

  /** All columns, of rows that have a key. */
  static <R> List<Column<R, ?>> all(Function<R, TrialKey> key) {
    return List.of(
        NUMBER.of(key),
        TRIAL.of(key),
        POINT.of(key),
        ARM.of(key),
        SEED.of(key),
        TASK.of(key),
        MODEL.of(key));
  }

  /** Which trial alone, of rows that have a key. */
  static <R> List<Column<R, ?>> trialAlone(Function<R, TrialKey> key) {
    return List.of(NUMBER.of(key), TRIAL.of(key));
  }
}
