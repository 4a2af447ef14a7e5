package org.sparksbp.checkpoint;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.sparksbp.measure.Measure;

/** The sums of a measure as JSON: its fields, which are numbers, arrays and objects of these. */
public final class MeasureJson {

  private static final ObjectMapper JSON = mapper();

  private MeasureJson() {}

  public static JsonNode of(Measure measure) {
    return JSON.valueToTree(measure);
  }

  /**
   * Fills an empty measure.
   *
   * @throws IOException if the sums are not those of such a measure
   */
  public static Measure fill(Measure empty, JsonNode sums) throws IOException {
    return JSON.readerForUpdating(empty).readValue(sums);
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.setVisibility(PropertyAccessor.ALL, Visibility.NONE);
    mapper.setVisibility(PropertyAccessor.FIELD, Visibility.ANY);
    mapper.setDefaultMergeable(true);
    for (Class<?> array :
        List.of(
            long[].class,
            int[].class,
            double[].class,
            float[].class,
            long[][].class,
            int[][].class,
            double[][].class,
            float[][].class)) {
      mapper.configOverride(array).setMergeable(false);
    }
    return mapper;
  }
}
