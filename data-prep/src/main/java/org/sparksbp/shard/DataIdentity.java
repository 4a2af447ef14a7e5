package org.sparksbp.shard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.task.PrepareSettings;

/**
 * All that decides the content of a data set, as sorted names and values: the schema version, the
 * task, the settings, and name, size and hash of every input file. Folders are left out, and so are
 * the settings that let a preparation fail but do not change what it yields.
 */
public final class DataIdentity {

  private static final Pattern CLASS = Pattern.compile("[0-9]{1,3}");

  private final Map<String, String> values;

  private DataIdentity(Map<String, String> values) {
    this.values = values;
  }

  /**
   * @param inputs raw files in any order
   */
  public static DataIdentity of(
      int schemaVersion, String task, PrepareSettings settings, List<InputFile> inputs) {
    Map<String, String> values = new TreeMap<>();
    values.put("schema version", Integer.toString(schemaVersion));
    values.put("task", task);
    ObjectNode fields = ManifestJson.MAPPER.valueToTree(settings);
    fields.remove(List.of("maxBadRecords", "maxLoss", "verify"));
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      values.put("setting " + field.getKey(), field.getValue().asText());
    }
    List<InputFile> sorted = new ArrayList<>(inputs);
    sorted.sort(
        Comparator.comparing((InputFile file) -> tellingName(file.name()))
            .thenComparing(InputFile::sha256));
    Map<String, Integer> seen = new TreeMap<>();
    for (InputFile file : sorted) {
      // Files of one name may lie in several folders.
      int number = seen.merge(tellingName(file.name()), 1, Integer::sum);
      values.put(
          "input " + tellingName(file.name()) + (number > 1 ? " (" + number + ")" : ""),
          file.bytes() + " bytes, SHA-256 " + file.sha256());
    }
    return new DataIdentity(values);
  }

  /** Says in which points {@code asked} is another data set than this one; empty if in none. */
  public List<String> differencesTo(DataIdentity asked) {
    List<String> differences = new ArrayList<>();
    TreeMap<String, String> names = new TreeMap<>(values);
    names.putAll(asked.values);
    for (String name : names.keySet()) {
      String here = values.getOrDefault(name, "absent");
      String there = asked.values.getOrDefault(name, "absent");
      if (!here.equals(there)) {
        differences.add(name + " is " + here + " there but " + there + " now");
      }
    }
    return differences;
  }

  String fingerprint(List<ShardEntry> shards) {
    StringBuilder text = new StringBuilder();
    values.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    for (ShardEntry shard : shards) {
      text.append("rows ").append(shard.split()).append('=').append(shard.rows()).append('\n');
    }
    return Checksum.sha256(text.toString());
  }

  /**
   * A file's last name, whatever the folders it lies in; where that folder is called by a number,
   * it is the class of what lies in it, and that one's the split: they count, too.
   */
  private static String tellingName(String name) {
    List<String> parts = List.of(name.split("/"));
    int last = parts.size() - 1;
    boolean isInClass = last > 0 && CLASS.matcher(parts.get(last - 1)).matches();
    return String.join("/", parts.subList(isInClass ? Math.max(0, last - 2) : last, last + 1));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DataIdentity that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
