package org.sparksbp.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sparksbp.shard.BadRecords;
import org.sparksbp.shard.BadRecords.BadRecord;
import org.sparksbp.shard.RawRecords;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.PrepareSettings;

/**
 * What of the raw files was lost: in all, of each file, and why.
 *
 * @param badRecords in all, with the first reasons
 * @param rawRecords of each file, in the order of their names
 */
record Losses(BadRecords badRecords, List<RawRecords> rawRecords) {

  static Losses of(List<SliceResult> results, InputNames names) {
    long count = 0;
    List<BadRecord> first = new ArrayList<>();
    // Slices of one file count their own parts of it.
    Map<String, RawRecords> records = new TreeMap<>();
    for (SliceResult result : results) {
      count += result.badCount();
      for (BadRecord bad : result.bad()) {
        if (first.size() < BadRecords.LISTED) {
          first.add(new BadRecord(names.of(bad.file()), bad.position(), bad.reason()));
        }
      }
      for (RawRecords part : result.records()) {
        String file = names.of(part.file());
        RawRecords named =
            new RawRecords(file, part.unit(), part.read(), part.kept(), part.dropped());
        records.merge(file + '\n' + part.unit(), named, Losses::sum);
      }
    }
    return new Losses(new BadRecords(count, first), List.copyOf(records.values()));
  }

  private static RawRecords sum(RawRecords a, RawRecords b) {
    return new RawRecords(
        a.file(), a.unit(), a.read() + b.read(), a.kept() + b.kept(), a.dropped() + b.dropped());
  }

  /**
   * @param input folder, for the message
   * @throws InvalidInputException if more is lost, of one file or of all, than the settings allow
   */
  void check(String input, PrepareSettings settings) throws InvalidInputException {
    if (badRecords.count() > settings.maxBadRecords()) {
      throw new InvalidInputException(
          "Invalid input "
              + input
              + ": "
              + badRecords.count()
              + " or more bad records, allowed are "
              + settings.maxBadRecords()
              + " (--max-bad-records):"
              + reasons(badRecords.first()));
    }
    List<RawRecords> beyond =
        rawRecords.stream()
            .filter(file -> file.dropped() > settings.maxLoss() * file.read())
            .toList();
    if (!beyond.isEmpty()) {
      String files =
          beyond.stream()
              .limit(BadRecords.LISTED)
              .map(file -> "\n  " + shown(file))
              .collect(Collectors.joining());
      List<String> names = beyond.stream().map(RawRecords::file).toList();
      throw new InvalidInputException(
          "Invalid input "
              + input
              + ": of "
              + beyond.size()
              + " of its files more is lost than "
              + percent(settings.maxLoss())
              + " (--max-loss):"
              + files
              + "\nwhy:"
              + reasons(
                  badRecords.first().stream().filter(bad -> names.contains(bad.file())).toList()));
    }
  }

  private static String reasons(List<BadRecord> records) {
    return records.stream().map(record -> "\n  " + record).collect(Collectors.joining());
  }

  private static String shown(RawRecords file) {
    return String.format(
        Locale.ROOT,
        "%s: %d of %d %s (%s)",
        file.file(),
        file.dropped(),
        file.read(),
        file.unit(),
        percent((double) file.dropped() / file.read()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.3g %%", 100 * share);
  }
}
