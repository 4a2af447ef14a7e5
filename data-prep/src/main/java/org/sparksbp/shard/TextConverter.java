package org.sparksbp.shard;

import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Keeps the text of the current row; texts of a dictionary are decoded once. */
final class TextConverter extends PrimitiveConverter {

  private String[] dictionary;
  private String value;

  String value() {
    return value;
  }

  @Override
  public boolean hasDictionarySupport() {
    return true;
  }

  @Override
  public void setDictionary(Dictionary pages) {
    dictionary = new String[pages.getMaxId() + 1];
    for (int entry = 0; entry < dictionary.length; entry++) {
      dictionary[entry] = pages.decodeToBinary(entry).toStringUsingUTF8();
    }
  }

  @Override
  public void addValueFromDictionary(int entry) {
    value = dictionary[entry];
  }

  @Override
  public void addBinary(Binary text) {
    value = text.toStringUsingUTF8();
  }
}
