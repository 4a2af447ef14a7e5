package org.sparksbp.shard;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;

import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** Names, types and places of a shard's columns. */
final class ShardSchema {

  static final int ID = 0;
  static final int SPLIT = 1;
  static final int STEPS = 2;
  static final int CHANNELS = 3;
  static final int EVENTS = 4;
  static final int LABEL = 5;
  static final int TARGET = 6;
  static final int GROUP = 7;

  static final MessageType MESSAGE =
      Types.buildMessage()
          .required(BINARY)
          .as(stringType())
          .named("id")
          .required(BINARY)
          .as(stringType())
          .named("split")
          .required(INT32)
          .named("steps")
          .required(INT32)
          .named("channels")
          .required(BINARY)
          .named("events")
          .required(INT32)
          .named("label")
          .requiredList()
          .requiredElement(INT32)
          .named("target")
          .required(BINARY)
          .as(stringType())
          .named("group")
          .named("sample");

  private ShardSchema() {}
}
